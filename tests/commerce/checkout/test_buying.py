"""From a cart to a paid purchase (2.22, 2.25, 2.30): what is set aside, sold, booked, and what stays as it was."""

import datetime as dt
import uuid

import pytest

from commerce.cart.models import CartLine
from commerce.catalog import variants
from commerce.checkout import expiring, paying
from commerce.checkout.errors import CannotBeBought, EmptyCart, PaymentDeclined, PaymentRunning, PriceRose
from commerce.checkout.giving_up import give_up, let_go
from commerce.ledger.accounts import site_account, team_account
from commerce.ledger.auditing import audit
from commerce.ledger.models import AccountKind, Entry
from commerce.orders.models import Purchase
from commerce.orders.stepping import step
from commerce.payments.applying import apply_event
from commerce.payments.models import Attempt
from commerce.payments.providers import Outcome
from commerce.stock import holding
from community.foundation import clock
from tests.factories.catalog import seller_of
from tests.factories.checkout import a_choice, a_full_cart, bought, goods
from tests.factories.commissions import a_plan
from tests.factories.delivery import a_method
from tests.factories.members import a_member
from tests.factories.points import granted, on_account
from tests.factories.stock import numbers, soon, wanted

pytestmark = pytest.mark.django_db


def won(kind: str) -> int:
    """What the site's account of this kind holds."""
    entries = Entry.objects.filter(account=site_account(kind, "KRW"))
    return sum(entries.values_list("amount", flat=True))


def of_vendor(vendor, kind: str = AccountKind.PENDING) -> int:
    return team_account(vendor.team, kind, "KRW").balance or 0


def test_what_was_paid_is_sold_placed_and_booked() -> None:
    a_plan(1000)
    cup = goods(10_000, on_hand=5)
    a_method(cup.product.vendor, fee=3_000)
    purchase = bought((cup, 2))
    order = purchase.orders.get()
    assert (purchase.payment, purchase.total, order.state) == ("captured", 23_000, "placed")
    assert numbers(cup.stock) == (3, 0, 3)
    assert of_vendor(cup.product.vendor) == 21_000  # 23,000 less 10 % of the goods
    assert (won(AccountKind.CASH), won(AccountKind.COMMISSION)) == (-23_000, 2_000)
    assert not CartLine.objects.exists()
    assert audit() == []


def test_two_vendors_are_one_purchase_and_two_orders() -> None:
    one, two = goods(10_000), goods(20_000)
    purchase = bought(one, (two, 2))
    totals = {order.vendor_id: order.total for order in purchase.orders.all()}
    assert totals == {one.product.vendor_id: 10_000, two.product.vendor_id: 40_000}
    assert purchase.total == 50_000


def test_points_pay_their_part_and_the_site_bears_it() -> None:
    a_plan(1000)
    cup = goods(10_000)
    member = a_member()
    granted(member, 4_000)
    purchase = bought(cup, by=member, points=4_000)
    assert (purchase.total, purchase.points, on_account(member)) == (6_000, 4_000, 0)
    assert (won(AccountKind.CASH), won(AccountKind.PROMOTION), of_vendor(cup.product.vendor)) == (-6_000, -4_000, 9_000)
    assert audit() == []


def test_what_is_paid_in_points_alone_asks_no_provider() -> None:
    cup, member = goods(5_000), a_member()
    granted(member, 5_000)
    purchase = bought(cup, by=member, points=5_000)
    assert (purchase.payment, purchase.total, Attempt.objects.count()) == ("captured", 0, 0)
    assert purchase.orders.get().state == "placed"


def test_a_declined_payment_gives_everything_back_and_leaves_the_cart() -> None:
    cup, member = goods(on_hand=3), a_member()
    granted(member, 1_000)
    with pytest.raises(PaymentDeclined):
        bought(cup, by=member, payment_method="sandbox-declined", points=1_000)
    purchase = Purchase.objects.get()
    assert (purchase.payment, purchase.orders.get().state) == ("failed", "expired")
    assert numbers(cup.stock) == (3, 0, 3)
    assert on_account(member) == 1_000
    assert CartLine.objects.get().variant == cup
    assert paying.check_out(member=member, choice=a_choice()).status == "paid"


def test_a_dearer_price_is_never_charged_without_asking() -> None:
    cup = goods(10_000)
    member = a_full_cart(cup)
    variants.change_price(by=seller_of(cup.product.vendor), variant=cup, price=10_001)
    with pytest.raises(PriceRose):
        paying.check_out(member=member, choice=a_choice())
    assert not Purchase.objects.exists()
    assert numbers(cup.stock) == (10, 0, 10)


def test_a_lower_price_is_taken_as_it_is() -> None:
    cup = goods(10_000)
    member = a_full_cart(cup)
    variants.change_price(by=seller_of(cup.product.vendor), variant=cup, price=9_000)
    assert paying.check_out(member=member, choice=a_choice()).purchase.total == 9_000


def test_more_than_the_sum_that_was_shown_is_not_charged() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000)
    member = a_full_cart(cup)
    with pytest.raises(PriceRose):
        paying.check_out(member=member, choice=a_choice(agreed=12_999))
    assert paying.check_out(member=member, choice=a_choice(agreed=13_000)).status == "paid"


def test_what_is_gone_meanwhile_is_said_and_nothing_is_charged() -> None:
    cup = goods(on_hand=1)
    member = a_full_cart((cup, 2))
    with pytest.raises(CannotBeBought):
        paying.check_out(member=member, choice=a_choice())
    assert not Purchase.objects.exists()


def test_an_empty_cart_cannot_be_bought() -> None:
    with pytest.raises(EmptyCart):
        paying.check_out(member=a_member(), choice=a_choice())


def test_of_one_claim_there_is_one_purchase() -> None:
    member, claim = a_full_cart(goods()), uuid.uuid4()
    first = paying.check_out(member=member, choice=a_choice(), claim=claim)
    again = paying.check_out(member=member, choice=a_choice(), claim=claim)
    assert (first.purchase, again.status) == (again.purchase, "paid")
    assert Attempt.objects.count() == 1


def test_a_cart_that_is_being_paid_is_not_paid_twice() -> None:
    member = a_full_cart(goods())
    waiting = paying.check_out(member=member, choice=a_choice(payment_method="sandbox-3ds"))
    assert waiting.status == "action_required"
    assert waiting.action_url
    with pytest.raises(PaymentRunning):
        paying.check_out(member=member, choice=a_choice())


def test_what_was_not_paid_in_time_gives_everything_back() -> None:
    cup, member = goods(on_hand=3), a_member()
    granted(member, 500)
    a_full_cart(cup, by=member)
    paying.check_out(member=member, choice=a_choice(payment_method="sandbox-3ds", points=500))
    assert numbers(cup.stock) == (3, 1, 2)
    with clock.shifted(dt.timedelta(minutes=16)):
        assert expiring.expire_due()["expired"] == 1
    assert (Purchase.objects.get().payment, numbers(cup.stock), on_account(member)) == ("voided", (3, 0, 3), 500)


def test_a_late_payment_sells_what_is_still_there(late) -> None:
    cup, purchase, capture = late
    capture()
    purchase.refresh_from_db()
    assert (purchase.payment, purchase.orders.get().state, numbers(cup.stock)) == ("captured", "placed", (0, 0, 0))


def test_a_late_payment_goes_back_whole_where_nothing_is_left(late) -> None:
    cup, purchase, capture = late
    holding.hold(lines=wanted((cup.stock, 1)), source=("purchase", uuid.uuid4()), until=soon(60))
    capture()
    purchase.refresh_from_db()
    attempt = purchase.attempts.get()
    assert (purchase.payment, purchase.orders.get().state) == ("refunded", "expired")
    assert (attempt.captured, attempt.refunded, attempt.refunds.get().amount) == (10_000, 10_000, 10_000)
    assert numbers(cup.stock) == (1, 1, 0)
    assert audit() == []


@pytest.fixture
def late():
    """(variant, purchase that ran out of time, an act by which its money comes after all)."""
    cup = goods(10_000, on_hand=1)
    member = a_full_cart(cup)
    purchase = paying.check_out(member=member, choice=a_choice(payment_method="sandbox-3ds")).purchase

    step(purchase, "payment", "voided", reason="expired")
    let_go(purchase, reason="expired")
    attempt = purchase.attempts.get()

    def capture() -> None:

        apply_event(
            attempt_id=attempt.pk,
            outcome=Outcome(
                "captured",
                currency="KRW",
                reference=attempt.reference,
                amount=attempt.amount,
                sequence=attempt.sequence + 1,
            ),
            event_id="late-1",
            provider=attempt.provider,
        )

    return cup, purchase, capture


def test_what_is_still_being_paid_is_not_given_up() -> None:
    cup = goods(on_hand=1)
    purchase = paying.check_out(member=a_full_cart(cup), choice=a_choice(payment_method="sandbox-3ds")).purchase
    assert not give_up(purchase_id=purchase.pk, reason="superseded")
    assert numbers(cup.stock) == (1, 1, 0)


def test_what_is_paid_twice_goes_back_once() -> None:
    cup = goods(10_000, on_hand=3)
    member = a_full_cart(cup)
    first = paying.check_out(member=member, choice=a_choice(payment_method="sandbox-3ds")).purchase.attempts.get()
    Attempt.objects.filter(pk=first.pk).update(state="failed")
    second = Attempt.objects.create(
        purchase=first.purchase, provider=first.provider, method="sandbox-3ds", currency="KRW", amount=10_000
    )
    for number, attempt in enumerate((second, first)):
        paid = Outcome(
            "captured", reference=f"r-{number}", amount=10_000, currency="KRW", sequence=attempt.sequence + 1
        )
        apply_event(attempt_id=attempt.pk, outcome=paid, event_id=f"e-{number}", provider=attempt.provider)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.refunded, first.refunded, numbers(cup.stock)) == (0, 10_000, (2, 0, 2))
    assert first.refunds.get().amount == 10_000
    assert audit() == []
