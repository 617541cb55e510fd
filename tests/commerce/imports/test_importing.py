"""What another shop sold goes in once, with its returns, at its days; what cannot be taken is named (items 2.35, 2.43)."""

import datetime as dt

import pytest
from django.core.management import CommandError
from django.db import connection

from commerce.catalog.models import PricePoint, Product, Variant
from commerce.checkout.booking import SALE, release_key
from commerce.imports import running
from commerce.imports.booking import SETTLED
from commerce.imports.checking import read_rate
from commerce.imports.models import ImportedInvoice
from commerce.imports.running import _alone
from commerce.ledger.auditing import audit
from commerce.ledger.models import Account, Entry, Transaction
from commerce.orders import machines
from commerce.orders.models import Order, OrderEvent, OrderLine, Purchase
from commerce.stock.models import Stock
from community.foundation import clock
from community.members.models import Member
from community.outbox.models import Delivery
from tests.factories.catalog import a_product, a_shop
from tests.factories.imports import line, run, shop, written
from tests.factories.members import a_member
from tests.factories.orders import an_order

pytestmark = pytest.mark.django_db


def test_an_order_is_over_at_its_days_and_booked(tmp_path):
    last, code, refused = run(tmp_path, line(), line(sku="71053", quantity=2, price="3.399"), name="in.csv.gz")
    assert (last, code, refused) == ("imported 2, refused 0", 0, {})
    order = Order.objects.select_related("purchase__member").get()
    at = dt.datetime(2010, 12, 1, 8, 26, tzinfo=dt.UTC)
    assert [(one.sku, one.quantity, one.unit_price, one.amount) for one in order.lines.order_by("position")] == [
        ("85123A", 6, 4845, 29070),
        ("71053", 2, 6458, 12916),
    ]
    assert (order.state, order.fulfilment, order.settlement) == ("closed", "purchase_confirmed", "paid")
    assert (order.placed_at, order.shipped_at, order.delivered_at) == (at, at, at)
    assert (order.returnable_until, order.confirmed_at) == (at + dt.timedelta(7), at + dt.timedelta(8))
    assert order.closed_at == order.confirmed_at
    purchase = order.purchase
    assert (purchase.payment, purchase.total, purchase.paid_at, purchase.made_at) == ("captured", 41986, at, at)
    assert purchase.number.startswith("101201-")
    assert order.number == f"{purchase.number}-1"
    assert (purchase.member.username, purchase.member.email) == ("customer-17850", None)
    line_of = order.lines.get(sku="85123A")
    assert (line_of.shipped, line_of.tax, line_of.commission) == (6, 2643, 0)
    assert {
        one.kind: {leg.account.kind: leg.amount for leg in one.entries.all()} for one in Transaction.objects.all()
    } == {
        SALE: {"cash": -41986, "pending": 41986},
        SETTLED: {"pending": -41986, "paid_out": 41986},
    }
    assert Transaction.objects.get(kind=SALE).at == at
    assert Transaction.objects.filter(key=release_key(order), at=order.closed_at).exists()
    assert Account.objects.get(kind="pending", team=order.vendor.team).balance == 0
    assert audit() == []


def test_its_history_follows_the_tables_and_nobody_is_told(tmp_path):
    run(tmp_path, line(), line("536366", price="0"), line("C536379", quantity=-1, at="2010-12-02T08:00:00Z"))
    for order in Order.objects.all():
        axes: dict[str, str] = {"return": "requested"}
        for step in OrderEvent.objects.filter(purchase=order.purchase).order_by("pk"):
            rules = machines.rules_from(step.axis, step.before)
            assert (step.event, step.after) in [(rule.event, rule.after) for rule in rules]
            assert axes.setdefault(step.axis, step.before) == step.before
            axes[step.axis] = step.after
        ends = {"order": order.state, "fulfilment": order.fulfilment, "settlement": order.settlement}
        assert {**axes, **ends, "payment": order.purchase.payment} == axes
    assert set(Delivery.objects.values_list("topic", flat=True)) <= {"product.listed"}
    assert not Stock.objects.exists()


def test_unknown_skus_become_products_at_the_last_price_and_known_ones_stay(tmp_path):
    known = a_product("Lantern", price=9_000, vendor=shop())
    Variant.objects.filter(product=known).update(sku="71053")
    run(
        tmp_path,
        line(price="2.55", title="OLD TITLE"),
        line("536366", price="2.95", title="NEW TITLE"),
        line("536367", price="0", title="NEW TITLE"),
        line("536368", sku="71053", price="3.39"),
    )
    made = Variant.objects.select_related("product__category", "product__subject").get(sku="85123A")
    assert (made.price, made.product.title, made.product.state) == (5605, "NEW TITLE", "listed")
    assert (made.product.vendor, made.product.category.slug) == (shop(), "goods")
    assert made.product.subject.slug == f"{shop().slug}-85123a"
    assert not made.product.available
    assert Variant.objects.get(sku="71053").price == 9_000
    assert OrderLine.objects.get(sku="71053").product == known
    assert Product.objects.count() == 2
    assert PricePoint.objects.filter(variant=made).count() == 1


def test_returns_go_back_to_what_was_bought_at_the_same_price_first_and_the_newest(tmp_path):
    last, code, _refused = run(
        tmp_path,
        line("1", quantity=5, price="3", at="2010-12-01T08:00:00Z"),
        line("2", quantity=5, price="2", at="2010-12-02T08:00:00Z"),
        line("3", quantity=5, price="3", at="2010-12-03T08:00:00Z"),
        line("C4", quantity=-6, price="2", at="2010-12-04T08:00:00Z"),
        line("C5", quantity=-4, price="3", at="2010-12-05T08:00:00Z"),
        rate="1000",
    )
    assert (last, code) == ("imported 5, refused 0", 0)
    orders = {one.imported_from.number: one for one in Order.objects.select_related("purchase", "imported_from")}
    back = {number: order.lines.get().returned for number, order in orders.items()}
    assert back == {"1": 0, "2": 5, "3": 5}
    assert {number: order.refunded for number, order in orders.items()} == {"1": 0, "2": 10_000, "3": 14_000}
    assert [orders[number].purchase.payment for number in "123"] == ["captured", "refunded", "partially_refunded"]
    steps = OrderEvent.objects.filter(order=orders["2"], axis="return").order_by("pk")
    assert [step.event for step in steps] == ["accepted", "received", "refunded"]
    assert {step.reference for step in steps} == {ImportedInvoice.objects.get(number="C4").pk}
    assert sum(Entry.objects.filter(account__kind="cash").values_list("amount", flat=True)) == -40_000 + 24_000
    assert Account.objects.get(kind="pending", team=shop().team).balance == 0
    assert audit() == []


def test_what_was_never_bought_here_cannot_come_back(tmp_path):
    last, code, refused = run(
        tmp_path,
        line("1", quantity=2, price="3"),
        line("C2", quantity=-3, price="3", at="2010-12-02T08:00:00Z"),
        line("C2", quantity=-1, price="3.01", at="2010-12-02T08:00:00Z"),
        line("C2", quantity=-1, price="3", at="2010-12-02T08:00:00Z"),
        line("C3", quantity=-1, price="3", at="2010-11-30T08:00:00Z"),
        line("C4", quantity=-1, price="3", member="somebody", at="2010-12-02T08:00:00Z"),
        line("C5", sku="D", quantity=-1, price="27.5", title="Discount", at="2010-12-02T08:00:00Z"),
    )
    assert (last, code, sorted(refused)) == ("imported 2, refused 5", 3, [3, 4, 6, 7, 8])
    assert all("bought no such number of it before" in reason for reason in refused.values())
    assert OrderLine.objects.get().returned == 1
    assert not Variant.objects.filter(sku="D").exists()
    assert set(ImportedInvoice.objects.values_list("number", flat=True)) == {"1", "C2"}


def test_a_second_run_doubles_nothing_and_takes_what_was_refused_before(tmp_path):
    vendor = shop()
    back = line("C9", quantity=-1, at="2010-12-09T08:00:00Z")
    run(tmp_path, line("2"), back, line("C9", sku="71053", quantity=-1, at="2010-12-09T08:00:00Z"), vendor=vendor)
    counts = (Order.objects.count(), Transaction.objects.count(), OrderEvent.objects.count())
    last, code, _refused = run(tmp_path, line("2"), back, vendor=vendor, rate="2000")
    assert (last, code) == ("imported 0, refused 0", 0)
    assert (Order.objects.count(), Transaction.objects.count(), OrderEvent.objects.count()) == counts
    last, code, _refused = run(
        tmp_path,
        line("1", sku="71053"),
        back,
        line("C9", sku="71053", quantity=-1, at="2010-12-09T08:00:00Z"),
        vendor=vendor,
    )
    assert (last, code) == ("imported 2, refused 0", 0)
    assert len(ImportedInvoice.objects.get(number="C9").lines) == 2
    assert [one.returned for one in OrderLine.objects.order_by("sku")] == [1, 1]
    assert audit() == []


def test_a_booked_order_does_not_change(tmp_path):
    vendor = shop()
    run(tmp_path, line("1"), line("C2", quantity=-1), vendor=vendor)
    last, code, refused = run(tmp_path, line("1", quantity=7), line("C2", quantity=-2), vendor=vendor)
    assert (last, code) == ("imported 0, refused 2", 3)
    assert set(refused.values()) == {"it was taken over before with other lines, and what is booked does not change"}
    assert OrderLine.objects.get().quantity == 6


def test_each_vendor_has_numbers_of_its_own(tmp_path):
    first, second = a_shop(), a_shop()
    run(tmp_path, line(), vendor=first)
    assert run(tmp_path, line(), vendor=second)[0] == "imported 1, refused 0"
    assert set(Order.objects.values_list("vendor", flat=True)) == {first.pk, second.pk}
    assert Member.objects.filter(username="customer-17850").count() == 1


def test_lines_of_an_order_need_not_stand_together(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    last, _code, _refused = run(tmp_path, line("1"), line("2"), line("1", sku="71053"), line("2", sku="71053"))
    assert last == "imported 4, refused 0"
    assert sorted(order.lines.count() for order in Order.objects.all()) == [2, 2]


def test_killed_half_way_it_is_simply_run_again(tmp_path, monkeypatch):
    vendor = shop()
    lines = [line(str(number)) for number in range(4)] + [line("C5", quantity=-20, at="2010-12-02T08:00:00Z")]
    file = written(tmp_path, *lines)
    monkeypatch.setattr(running, "BATCH", 2)
    done = []

    def dying(*args, **kwargs):
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(args)
        return store_sales(*args, **kwargs)

    store_sales = running.store_sales
    with monkeypatch.context() as patch:
        patch.setattr(running, "store_sales", dying)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, vendor=vendor, file=file)
    assert Order.objects.count() == 2
    last, code, _refused = run(tmp_path, vendor=vendor, file=file)
    assert (last, code) == ("imported 3, refused 0", 0)
    assert Order.objects.count() == Transaction.objects.filter(kind=SALE).count() == 4
    assert sum(OrderLine.objects.values_list("returned", flat=True)) == 20
    assert audit() == []


def test_an_order_of_yesterday_is_over_too_and_nothing_lies_ahead(tmp_path):
    yesterday = (clock.now() - dt.timedelta(days=1)).isoformat()
    run(tmp_path, line(at=yesterday))
    order = Order.objects.get()
    assert order.state == "closed"
    assert max(order.confirmed_at, order.returnable_until, order.closed_at) <= clock.now()


def test_decimal_rates_are_exact(tmp_path):
    run(tmp_path, line(price="0.01", quantity=1), line(sku="B", price="2.55", quantity=1), rate="1750.5")
    assert dict(OrderLine.objects.values_list("sku", "unit_price")) == {"85123A": 18, "B": 4464}
    assert read_rate("1712.35").denominator == 20


def test_a_member_who_buys_here_too_keeps_that_apart(tmp_path):
    """A return of the file never touches what was bought on this site."""
    member = a_member("customer-17850")
    own = an_order(by=member)
    line_here = own.lines.get(kind="item")
    last, _code, _refused = run(
        tmp_path, line("C1", sku=line_here.sku, quantity=-1, price="0", at=clock.now().isoformat()), vendor=own.vendor
    )
    assert last == "imported 0, refused 1"
    assert Purchase.objects.get(member=member).orders.get() == own


def test_one_import_of_a_vendor_at_a_time(tmp_path):
    vendor = shop()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", _alone(vendor).keys)
        with pytest.raises(CommandError, match="Another import of orders for this vendor is running"):
            run(tmp_path, line(), vendor=vendor)
        assert not Order.objects.exists()
    finally:
        other.close()
