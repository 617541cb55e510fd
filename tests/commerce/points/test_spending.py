"""Points in a purchase: reserved, then spent or given back, once each, exactly to their lots."""

import datetime as dt

import pytest

from commerce.ledger.auditing import audit
from commerce.ledger.errors import ExceedsSpent, InsufficientBalance
from commerce.ledger.models import AccountKind, Lot, Transaction
from commerce.points.balances import balance_of
from commerce.points.errors import AlreadySettled, WrongPoints
from commerce.points.spending import commit, give_back, release, reserve
from community.foundation import clock
from community.foundation.ids import uuid7
from tests.factories.members import a_member
from tests.factories.points import granted, on_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _adds_up():
    yield
    assert audit() == []


@pytest.fixture
def member():
    member = a_member()
    granted(member, 60, days_valid=90)
    granted(member, 40, days_valid=9)
    return member


def remaining() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("remaining", flat=True))


def test_what_is_reserved_is_set_aside_the_first_expiring_first(member):
    reserve(member=member, points=50, purchase_id=uuid7())
    assert balance_of(member).available == 50
    assert on_account(member, AccountKind.RESERVED) == 50
    assert remaining() == [50, 0]


def test_a_purchase_reserves_once(member):
    purchase = uuid7()
    first, again = (reserve(member=member, points=50, purchase_id=purchase) for _time in range(2))
    assert first == again
    assert balance_of(member).available == 50


def test_more_than_there_is_cannot_be_reserved(member):
    with pytest.raises(InsufficientBalance):
        reserve(member=member, points=101, purchase_id=uuid7())
    assert remaining() == [60, 40]


@pytest.mark.parametrize("points", [0, -5])
def test_less_than_a_point_cannot_be_reserved(member, points):
    with pytest.raises(WrongPoints) as refused:
        reserve(member=member, points=points, purchase_id=uuid7())
    assert (refused.value.status, refused.value.code) == (400, "invalid_points")


def test_a_commit_spends_once(member):
    purchase = uuid7()
    reserve(member=member, points=50, purchase_id=purchase)
    assert commit(purchase) == commit(purchase)
    assert on_account(member, AccountKind.RESERVED) == 0
    assert balance_of(member).available == 50


def test_a_release_gives_back_to_the_lots_once(member):
    purchase = uuid7()
    reserve(member=member, points=50, purchase_id=purchase)
    assert release(purchase) == release(purchase)
    assert remaining() == [60, 40]
    assert balance_of(member).available == 100


def test_what_was_released_cannot_be_spent_nor_the_other_way_round(member):
    freed, spent = uuid7(), uuid7()
    reserve(member=member, points=30, purchase_id=freed)
    reserve(member=member, points=30, purchase_id=spent)
    release(freed)
    commit(spent)
    with pytest.raises(AlreadySettled):
        commit(freed)
    with pytest.raises(AlreadySettled):
        release(spent)
    assert balance_of(member).available == 70


def test_a_purchase_without_points_has_nothing_to_settle():
    assert commit(uuid7()) is None
    assert release(uuid7()) is None
    assert not Transaction.objects.exists()


def test_a_refund_gives_back_in_parts_up_to_what_was_spent(member):
    purchase = uuid7()
    reserve(member=member, points=50, purchase_id=purchase)
    commit(purchase)
    give_back(purchase, 20, "refund-1")
    give_back(purchase, 20, "refund-1")
    assert remaining() == [60, 10]
    with pytest.raises(ExceedsSpent):
        give_back(purchase, 31, "refund-2")
    give_back(purchase, 30, "refund-3")
    assert remaining() == [60, 40]


def test_only_what_was_spent_can_be_refunded(member):
    purchase = uuid7()
    reserve(member=member, points=50, purchase_id=purchase)
    for unknown in (purchase, uuid7()):
        with pytest.raises(AlreadySettled):
            give_back(unknown, 10, "refund")
    release(purchase)
    with pytest.raises(AlreadySettled):
        give_back(purchase, 10, "refund")
    with pytest.raises(WrongPoints):
        give_back(purchase, 0, "refund")


def test_points_whose_time_ran_out_while_they_were_spent_come_back_with_grace(member):
    purchase = uuid7()
    reserve(member=member, points=50, purchase_id=purchase)
    commit(purchase)
    with clock.shifted(dt.timedelta(days=20)):
        give_back(purchase, 50, "refund")
        now = balance_of(member)
        assert (now.available, now.next_points) == (100, 40)
        assert abs(now.next_at - clock.now() - dt.timedelta(days=30)) < dt.timedelta(minutes=1)
