"""What cancellations and goodwill give back (rules 2.3, 2.5, 2.6): all parts add up, and nothing goes back twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commerce.checkout.errors import NothingToRefund, RefundTooLarge
from commerce.checkout.giving_back import Back, give_goodwill, worth_of
from commerce.ledger.accounts import site_account, team_account
from commerce.ledger.auditing import audit
from commerce.ledger.models import AccountKind, Entry
from commerce.orders.cancelling import cancel_lines
from commerce.orders.models import Order, OrderLine, Purchase
from commerce.payments.models import Refund
from commerce.points import earning
from community.foundation import clock
from tests.factories.catalog import seller_of
from tests.factories.checkout import bought, goods
from tests.factories.commissions import a_plan
from tests.factories.delivery import a_method
from tests.factories.members import a_member
from tests.factories.orders import an_order
from tests.factories.points import a_rule, granted, on_account
from tests.factories.quotes import FREE
from tests.factories.stock import numbers

pytestmark = pytest.mark.django_db


def on_books(vendor) -> dict[str, int]:
    """What stands on the ledger in money, the vendor's pending balance beside the site's sums."""
    entries = Entry.objects.filter(account__unit="KRW")
    site = {
        kind: sum(entries.filter(account=site_account(kind, "KRW")).values_list("amount", flat=True))
        for kind in (AccountKind.CASH, AccountKind.PROMOTION, AccountKind.COMMISSION)
    }
    return {**site, "vendor": team_account(vendor.team, AccountKind.PENDING, "KRW").balance or 0}


def test_a_whole_cancellation_gives_everything_back() -> None:
    a_plan(1000)
    cup, member = goods(10_000, on_hand=5), a_member()
    a_method(cup.product.vendor, fee=3_000)
    granted(member, 2_000)
    purchase = bought((cup, 2), by=member, points=2_000)
    cancel_lines(order_id=purchase.orders.get().pk, by=member, reason="changed my mind")
    purchase.refresh_from_db()
    assert (purchase.payment, purchase.refunded, purchase.points_returned) == ("refunded", 21_000, 2_000)
    assert (numbers(cup.stock), on_account(member)) == ((5, 0, 5), 2_000)
    assert set(on_books(cup.product.vendor).values()) == {0}
    assert Refund.objects.get().amount == 21_000
    assert audit() == []


def test_a_part_gives_back_its_part_and_the_rest_later() -> None:
    a_plan(1000)
    cup, member = goods(3_333, on_hand=5), a_member()
    granted(member, 1_000)
    purchase = bought((cup, 3), by=member, points=1_000)
    order = purchase.orders.get()
    line, seller = order.lines.get(), seller_of(cup.product.vendor)
    cancel_lines(order_id=order.pk, by=seller, reason="one is broken", lines={line.pk: 1})
    purchase.refresh_from_db()
    assert (purchase.payment, numbers(cup.stock)) == ("partially_refunded", (3, 0, 3))
    assert purchase.refunded + purchase.points_returned == 3_333
    cancel_lines(order_id=order.pk, by=seller, reason="all are", lines={line.pk: 2})
    purchase.refresh_from_db()
    assert (purchase.refunded, purchase.points_returned) == (8_999, 1_000)
    assert set(on_books(cup.product.vendor).values()) == {0}
    assert audit() == []


def test_goodwill_is_the_vendors_and_comes_off_what_goes_back_later() -> None:
    a_plan(1000)
    cup, member = goods(10_000), a_member()
    purchase = bought(cup, by=member)
    order = _locked(purchase)
    give_goodwill(
        order=order, purchase=purchase, amount=4_000, key="goodwill-1", reason="late", by=seller_of(order.vendor)
    )
    assert on_books(order.vendor) == {"cash": -6_000, "promotion": 0, "commission": 1_000, "vendor": 5_000}
    cancel_lines(order_id=order.pk, by=member, reason="too late")
    purchase.refresh_from_db()
    assert (purchase.refunded, purchase.payment) == (10_000, "refunded")
    assert on_books(order.vendor)["cash"] == 0
    assert audit() == []


@pytest.mark.parametrize(("amount", "error"), [(0, NothingToRefund), (-5, NothingToRefund), (10_001, RefundTooLarge)])
def test_goodwill_of_nothing_or_too_much_is_refused(amount, error) -> None:
    purchase = bought(goods(10_000))
    order = _locked(purchase)
    with pytest.raises(error):
        give_goodwill(order=order, purchase=purchase, amount=amount, key="g", reason="", by=None)
    assert not Refund.objects.exists()


def test_points_that_the_order_earned_go_back_with_its_money() -> None:
    a_rule("purchase", points=0, rate=1_000)
    cup, member = goods(10_000), a_member()
    purchase = bought(cup, by=member)
    order = _locked(purchase)
    earning.earn(member=member, act="purchase", key=f"purchase:{order.pk}", paid=10_000, available_at=clock.now())
    assert on_account(member) == 1_000
    give_goodwill(order=order, purchase=purchase, amount=2_500, key="g", reason="late", by=None)
    assert on_account(member) == 750


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(1, 99_999),
    quantity=st.integers(1, 7),
    off=st.integers(0, 5_000),
    points=st.integers(0, 3_000),
    steps=st.lists(st.integers(1, 3), max_size=5),
    rate=st.integers(0, 3_000),
)
def test_whatever_the_steps_the_units_add_up_to_the_line(price, quantity, off, points, steps, rate) -> None:
    whole = price * quantity
    off = min(off, whole)
    cup = goods(price, on_hand=quantity)
    a_plan(rate, vendor=cup.product.vendor)
    order = an_order((cup, quantity), off=off, funder="site", points=min(points, whole - off), method=FREE)
    line = OrderLine.objects.get(order=order, kind="item")
    back, already = Back(), 0
    for step in [*steps, quantity]:
        count = min(step, quantity - already)
        if count:
            back += worth_of(line, count, already=already)
            already += count
    assert back == Back(line.to_pay, line.points_worth, line.discount, line.commission)


def _locked(purchase: Purchase) -> Order:
    return purchase.orders.select_related("vendor__team").get()
