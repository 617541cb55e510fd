"""Rivals at the checkout: nothing is sold twice, nothing is paid twice, nothing is held for ever (2.30, 2.41, 2.51)."""

import uuid
from collections import Counter

import pytest

from commerce.checkout import giving_up, paying, starting
from commerce.checkout.errors import CannotBeBought, EmptyCart, PaymentRunning
from commerce.ledger.accounts import team_account
from commerce.ledger.auditing import audit
from commerce.ledger.models import AccountKind
from commerce.orders.cancelling import cancel_lines
from commerce.orders.errors import IllegalStep
from commerce.orders.models import Order, Purchase
from commerce.payments.applying import apply_event
from commerce.payments.models import Attempt, Refund
from commerce.payments.providers import Outcome
from commerce.stock.errors import OutOfStock
from tests.concurrency.kit import race, rival_before
from tests.factories.checkout import a_choice, a_full_cart, bought, goods
from tests.factories.commissions import a_plan
from tests.factories.members import a_member
from tests.factories.points import granted, on_account
from tests.factories.stock import numbers

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (OutOfStock, CannotBeBought)


@pytest.fixture(autouse=True)
def _plan() -> None:
    a_plan(1000)  # the one of the migration went with the rows of the test before


def buying(member, **said):
    return lambda: paying.check_out(member=member, choice=a_choice(**said), claim=uuid.uuid4()).status


def test_rivals_for_the_last_units_buy_exactly_what_there_is() -> None:
    cup = goods(on_hand=3)
    members = [a_full_cart(cup) for _rival in range(8)]
    outcomes = race(*[buying(member) for member in members])
    assert Counter(outcome.value for outcome in outcomes) == {"paid": 3, None: 5}
    assert all(isinstance(outcome.raised, REFUSED) for outcome in outcomes if outcome.raised)
    assert (numbers(cup.stock), Order.objects.filter(state="placed").count()) == ((0, 0, 0), 3)
    assert audit() == []


def test_two_tabs_pay_one_cart_once() -> None:
    cup = goods(on_hand=5)
    member = a_full_cart(cup)
    outcomes = race(*[buying(member) for _tab in range(4)])
    assert Counter(outcome.value for outcome in outcomes) == {"paid": 1, None: 3}
    assert {type(outcome.raised) for outcome in outcomes if outcome.raised} <= {EmptyCart, PaymentRunning}
    assert (numbers(cup.stock), Purchase.objects.exclude(paid_at=None).count()) == ((4, 0, 4), 1)


def test_one_claim_from_many_is_one_purchase() -> None:
    cup = goods(on_hand=9)
    member, claim = a_full_cart(cup), uuid.uuid4()
    outcomes = race(
        *[lambda: paying.check_out(member=member, choice=a_choice(), claim=claim).purchase.pk for _click in range(6)]
    )
    assert len({outcome.value for outcome in outcomes}) == 1
    assert (Attempt.objects.count(), numbers(cup.stock)) == (1, (8, 0, 8))


def test_two_vendors_in_either_order_do_not_wait_for_each_other_for_ever() -> None:
    one, two = goods(on_hand=50), goods(on_hand=50)
    members = [a_full_cart(*pair) for _rival in range(4) for pair in ((one, two), (two, one))]
    outcomes = race(*[buying(member) for member in members])
    assert [outcome.value for outcome in outcomes] == ["paid"] * 8
    assert (numbers(one.stock), numbers(two.stock)) == ((42, 0, 42), (42, 0, 42))
    assert audit() == []


def test_points_are_spent_once_however_many_carts_want_them() -> None:
    member = a_member()
    granted(member, 5_000)
    bought(goods(5_000), by=member, points=5_000)
    a_full_cart(goods(5_000), by=member)
    outcomes = race(*[buying(member, points=5_000) for _tab in range(3)])
    assert [outcome.value for outcome in outcomes] == [None] * 3
    assert on_account(member) == 0


def test_the_news_of_a_payment_told_by_many_at_once_sells_once() -> None:
    cup = goods(10_000, on_hand=4)
    member = a_full_cart(cup)
    purchase = paying.check_out(member=member, choice=a_choice(payment_method="sandbox-3ds")).purchase
    attempt = purchase.attempts.get()
    outcome = Outcome("captured", reference=attempt.reference, amount=10_000, currency="KRW", sequence=7)

    def news(event_id):
        return lambda: (
            apply_event(attempt_id=attempt.pk, outcome=outcome, event_id=event_id, provider=attempt.provider).became
        )

    outcomes = race(news("e-1"), news("e-1"), news("e-2"), news("e-3"))
    assert Counter(outcome.value for outcome in outcomes)["applied"] == 1
    assert (numbers(cup.stock), team_account(cup.product.vendor.team, AccountKind.PENDING, "KRW").balance) == (
        (3, 0, 3),
        9_000,
    )


def test_paid_in_the_moment_in_which_it_is_given_up() -> None:
    cup = goods(10_000, on_hand=1)
    member = a_full_cart(cup)
    purchase = paying.check_out(member=member, choice=a_choice(payment_method="sandbox-3ds")).purchase
    attempt = purchase.attempts.get()
    outcome = Outcome("captured", reference=attempt.reference, amount=10_000, currency="KRW", sequence=7)
    race(
        lambda: apply_event(attempt_id=attempt.pk, outcome=outcome, event_id="e", provider=attempt.provider),
        lambda: giving_up.give_up(purchase_id=purchase.pk, reason="expired"),
    )
    purchase.refresh_from_db()
    assert (purchase.payment, purchase.orders.get().state, numbers(cup.stock)) == ("captured", "placed", (0, 0, 0))


def test_two_cancellations_at_once_give_back_once() -> None:
    cup, member = goods(10_000, on_hand=2), a_member()
    order = bought(cup, by=member).orders.get()
    outcomes = race(*[lambda: cancel_lines(order_id=order.pk, by=member, reason="").state for _click in range(3)])
    assert Counter(outcome.value for outcome in outcomes) == {"cancelled": 1, None: 2}
    assert {type(outcome.raised) for outcome in outcomes if outcome.raised} == {IllegalStep}
    assert (numbers(cup.stock), Refund.objects.count()) == ((2, 0, 2), 1)


def test_a_rival_between_the_check_and_the_purchase_changes_nothing(monkeypatch) -> None:
    cup = goods(on_hand=1)
    one, other = a_full_cart(cup), a_full_cart(cup)
    rival_before(monkeypatch, starting.placing, "make", buying(other))
    with pytest.raises(REFUSED):
        buying(one)()
    assert (numbers(cup.stock), Order.objects.filter(state="placed").count()) == ((0, 0, 0), 1)
