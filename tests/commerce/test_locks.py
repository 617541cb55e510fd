"""The lock order is declared once and held at run time (rule 2.0, item 2.03)."""

import pytest
from django.db import connection, transaction

from commerce import locks
from commerce.ledger.models import Account, AccountKind
from commerce.vendors.models import Vendor
from community.members.models import Team
from tests.concurrency.kit import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _places(monkeypatch):
    monkeypatch.setattr(locks, "_models", {"account": "commerce_ledger.Account", "stock": "community_members.Team"})


def accounts(number: int) -> list[Account]:
    teams = [Team.objects.create(slug=f"t{n}", name=f"T{n}") for n in range(number)]
    return [Account.objects.create(team=team, kind=AccountKind.PAYABLE, unit="KRW", balance=0) for team in teams]


def test_rows_come_back_by_key_and_once_each():
    one, two = accounts(2)
    with transaction.atomic():
        taken = locks.take("account", [two.pk, one.pk, two.pk])
    assert list(taken) == [one.pk, two.pk]


def test_a_row_that_is_not_there_is_left_out():
    with transaction.atomic():
        assert locks.take_one("account", Vendor().pk) is None


def test_outside_a_transaction_nothing_can_be_locked():
    with pytest.raises(RuntimeError, match="inside the act's transaction"):
        locks.take("account", [])


def test_an_earlier_place_after_a_later_one_is_refused():
    (account,) = accounts(1)
    with transaction.atomic():
        locks.take("account", [account.pk])
        with pytest.raises(locks.OutOfOrder, match="'stock' is to be locked before 'account'"):
            locks.take("stock", [account.team_id])


def test_rows_of_one_place_are_taken_at_once_but_may_be_taken_again():
    first, second = accounts(2)
    with transaction.atomic():
        locks.take("account", [second.pk])
        locks.take("account", [second.pk])
        with pytest.raises(locks.OutOfOrder, match="at once"):
            locks.take("account", [first.pk])


def test_the_order_starts_anew_with_each_transaction():
    (account,) = accounts(1)
    with transaction.atomic():
        locks.take("account", [account.pk])
    with transaction.atomic():
        assert list(locks.take("stock", [account.team_id])) == [account.team_id]


def test_who_waits_too_long_is_told_so_and_nothing_is_taken(monkeypatch):
    (account,) = accounts(1)
    monkeypatch.setattr(locks, "PATIENCE", "100ms")

    def hold_for_a_second():
        with transaction.atomic():
            locks.take("account", [account.pk])
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(1)")

    outcomes = race(hold_for_a_second, hold_for_a_second)
    refused = [outcome.raised for outcome in outcomes if outcome.raised]
    assert [type(error) for error in refused] == [locks.Busy]
    assert (refused[0].status, refused[0].code) == (409, "busy")


def test_only_declared_places_can_be_registered():
    with pytest.raises(ValueError, match="not in the lock order"):
        locks.register("cellar", "commerce_ledger.Account")
    with pytest.raises(ValueError, match="'account' is"):
        locks.register("account", "commerce_stock.Stock")
