"""Money, points, commission and delivery of what came back, and goodwill (rules 2.5, 2.6, 2.11)."""

import pytest

from commerce.checkout.errors import NothingToRefund, RefundTooLarge
from commerce.ledger.accounts import site_account, team_account
from commerce.ledger.auditing import audit
from commerce.ledger.models import AccountKind, Entry, Transaction
from commerce.orders.errors import NotYourOrder, TooManyUnits, UnknownLine
from commerce.orders.models import Order, Purchase
from commerce.payments.models import Refund
from commerce.returns import refunding
from commerce.returns.errors import GoodwillByManagers, NothingReceived, ReturnNeeded
from commerce.returns.models import Return
from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere
from tests.factories.catalog import seller_of
from tests.factories.checkout import goods
from tests.factories.commissions import a_plan
from tests.factories.delivery import a_method
from tests.factories.members import a_member
from tests.factories.points import granted, on_account
from tests.factories.returns import a_received_return, a_return, an_arrived_order, goods_of
from tests.factories.vendors import a_clerk

pytestmark = pytest.mark.django_db


def on_books(vendor: Vendor) -> dict[str, int]:
    """In money: the site's sums beside what the vendor has on each account."""
    entries = Entry.objects.filter(account__unit="KRW")
    site = {
        kind: sum(entries.filter(account=site_account(kind, "KRW")).values_list("amount", flat=True))
        for kind in (AccountKind.CASH, AccountKind.PROMOTION, AccountKind.COMMISSION)
    }
    kinds = (AccountKind.PENDING, AccountKind.PAYABLE, AccountKind.DEBT)
    return site | {kind: team_account(vendor.team, kind, "KRW").balance or 0 for kind in kinds}


def refund(row, **told):
    return refunding.refund_return(by=seller_of(row.order.vendor), return_id=row.pk, **told)


def whole_refunds(row, *counts):
    line = goods_of(row.order)[0]
    return [refund(row, lines={line.pk: count}) for count in counts]


def test_everything_back_for_a_fault_brings_the_delivery_back_too() -> None:
    a_plan(1000)
    cup, member = goods(10_000, on_hand=5), a_member()
    a_method(cup.product.vendor, fee=3_000)
    granted(member, 2_000)
    order = an_arrived_order((cup, 2), by=member, points=2_000)
    given = refund(a_received_return(order, 2))
    purchase = Purchase.objects.get()
    assert (given.money, given.points_worth, given.refund.amount) == (21_000, 2_000, 21_000)
    assert (purchase.payment, purchase.refunded, purchase.points_returned) == ("refunded", 21_000, 2_000)
    assert on_account(member) == 2_000
    assert set(on_books(order.vendor).values()) == {0}
    assert set(order.lines.values_list("kind", "returned")) == {("item", 2), ("delivery", 1)}
    assert audit() == []


def test_who_changed_their_mind_has_had_the_delivery() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000)
    order = an_arrived_order(cup)
    assert refund(a_received_return(order, reason="changed_mind")).money == 10_000
    assert Order.objects.get().refunded == 10_000


def test_one_thing_back_for_another_reason_keeps_the_delivery() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000)
    order = an_arrived_order((cup, 2))
    refund(a_received_return(order, 1, reason="changed_mind"))
    assert refund(a_received_return(order, 1, reason="damaged")).money == 10_000
    assert not order.lines.get(kind="delivery").returned


def test_the_last_unit_for_a_fault_brings_the_delivery_whatever_came_before() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000)
    order = an_arrived_order((cup, 2))
    assert refund(a_received_return(order, 1)).money == 10_000
    assert refund(a_received_return(order, 1)).money == 13_000


def test_parts_add_up_to_what_was_paid_to_the_last_unit() -> None:
    a_plan(1000)
    cup, member = goods(3_333, on_hand=5), a_member()
    granted(member, 1_000)
    order = an_arrived_order((cup, 3), by=member, points=1_000)
    row = a_received_return(order, 3)
    first, rest = whole_refunds(row, 1, 2)
    assert first.money + first.points_worth == 3_333
    assert (first.money + rest.money, first.points_worth + rest.points_worth) == (8_999, 1_000)
    assert Return.objects.get().state == "refunded"
    assert set(on_books(order.vendor).values()) == {0}
    assert Refund.objects.count() == 2
    assert audit() == []


def test_a_refund_in_part_leaves_the_rest_waiting() -> None:
    row = a_received_return(an_arrived_order((goods(), 2)), 2)
    line = row.lines.get().line_id
    refund(row, lines={line: 1})
    assert (Return.objects.get().state, Return.objects.get().lines.get().waiting) == ("received", 1)
    with pytest.raises(TooManyUnits):
        refund(row, lines={line: 2})
    refund(row)
    with pytest.raises(NothingReceived):
        refund(row)


def test_lines_of_others_are_no_lines_of_this_return() -> None:
    row, other = a_received_return(), a_received_return()
    with pytest.raises(UnknownLine):
        refund(row, lines={other.lines.get().line_id: 1})
    assert not Refund.objects.exists()


def test_nothing_is_refunded_before_it_arrived() -> None:
    row = a_return()
    with pytest.raises(NothingReceived):
        refund(row)
    with pytest.raises(NothingReceived):
        refunding.refund_order(
            by=seller_of(row.order.vendor), order_id=row.order_id, lines={row.lines.get().line_id: 1}
        )
    with pytest.raises(NothingToRefund):
        refunding.refund_order(by=seller_of(row.order.vendor), order_id=row.order_id)
    assert not Refund.objects.exists()


def test_of_several_returns_one_is_named() -> None:
    order = an_arrived_order((goods(), 2))
    a_received_return(order, 1)
    a_received_return(order, 1)
    with pytest.raises(ReturnNeeded):
        refunding.refund_order(by=seller_of(order.vendor), order_id=order.pk)


def test_goodwill_is_the_vendors_and_told_apart_on_the_ledger() -> None:
    a_plan(1000)
    order = an_arrived_order(goods(10_000))
    given = refunding.goodwill(by=seller_of(order.vendor), order_id=order.pk, amount=2_500, reason="Late")
    assert (given.money, given.refund.reason) == (2_500, "Late")
    assert on_books(order.vendor) | {"payable": 0} == {
        "cash": -7_500,
        "promotion": 0,
        "commission": 1_000,
        "pending": 6_500,
        "payable": 0,
        "debt": 0,
    }
    assert Transaction.objects.filter(kind="sale.goodwill", source_id=order.pk).count() == 1


def test_goodwill_beyond_the_vendors_share_is_owed_and_what_comes_back_later_pays_for_it() -> None:
    a_plan(1000)
    order = an_arrived_order((goods(10_000), 2))
    refunding.goodwill(by=seller_of(order.vendor), order_id=order.pk, amount=20_000)
    assert (on_books(order.vendor)["pending"], on_books(order.vendor)["debt"]) == (0, -2_000)
    given = refund(a_received_return(order, 2))
    assert (given.money, given.refund, Purchase.objects.get().payment) == (0, None, "refunded")
    assert set(on_books(order.vendor).values()) == {0}
    assert audit() == []


@pytest.mark.parametrize(("amount", "problem"), [(0, NothingToRefund), (-1, NothingToRefund), (10_001, RefundTooLarge)])
def test_goodwill_of_nothing_or_more_than_was_paid_is_refused(amount, problem) -> None:
    order = an_arrived_order(goods(10_000))
    with pytest.raises(problem):
        refunding.goodwill(by=seller_of(order.vendor), order_id=order.pk, amount=amount)
    assert not Refund.objects.exists()


def test_goodwill_is_for_managers_and_not_for_who_bought_it() -> None:
    order = an_arrived_order()
    with pytest.raises(GoodwillByManagers):
        refunding.goodwill(by=a_clerk(order.vendor), order_id=order.pk, amount=100)
    with pytest.raises(NotYourOrder):
        refunding.goodwill(by=order.purchase.member, order_id=order.pk, amount=100)
    with pytest.raises(NotThere):
        refunding.goodwill(by=a_member(), order_id=order.pk, amount=100)
    assert not Refund.objects.exists()


def test_a_clerk_refunds_what_came_back() -> None:
    row = a_received_return()
    assert refunding.refund_return(by=a_clerk(row.order.vendor), return_id=row.pk).money == 10_000
