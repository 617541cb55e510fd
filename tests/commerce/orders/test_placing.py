"""From a quote to rows, and from rows to placed orders (2.25; commission frozen in the line, 2.09)."""

import datetime as dt
import re
import uuid

import pytest
from django.db import IntegrityError, transaction

from commerce.commissions.errors import NoPlan
from commerce.commissions.models import Plan
from commerce.orders import numbering, placing, stepping
from commerce.orders.errors import IllegalStep
from commerce.orders.models import Allocation, Axis, Order, OrderLine, Purchase
from community.foundation import clock
from tests.factories.catalog import a_product, a_shop, a_variant
from tests.factories.commissions import a_plan
from tests.factories.members import a_member
from tests.factories.orders import ADDRESS, PICKUP, a_purchase, an_order, pay
from tests.factories.quotes import a_quote, an_asked
from tests.factories.specifications import VALUES, a_schema

pytestmark = pytest.mark.django_db


def test_one_order_a_vendor_with_the_lines_as_quoted():
    shop = a_shop("Moon lamps")
    lamp = a_product("Moon lamp", vendor=shop, price=30_000, warranty_months=24, return_days=14).variants.get()
    shade, kettle = a_product("Shade", vendor=shop, price=7_000).variants.get(), a_variant(price=12_000)
    member = a_member()
    note = {shop.pk: "  Please wrap it.  "}
    purchase = a_purchase((lamp, 2), shade, kettle, by=member, placed=False, off=1_000, points=500, notes=note)
    assert (purchase.member, purchase.payment, purchase.currency) == (member, "none", "KRW")
    assert purchase.amount == 30_000 * 2 + 7_000 - 1_000 + 3_000 + 12_000 - 1_000 + 3_000
    assert (purchase.points, purchase.points_worth, purchase.total) == (500, 500, purchase.amount - 500)
    assert purchase.address == ADDRESS
    mine = purchase.orders.get(vendor=shop)
    assert (mine.state, mine.method_kind, mine.method_name, mine.note) == (
        "draft",
        "parcel",
        "Parcel",
        "Please wrap it.",
    )
    assert sorted(order.number for order in purchase.orders.all()) == [f"{purchase.number}-1", f"{purchase.number}-2"]
    assert sum(order.amount for order in purchase.orders.all()) == purchase.amount
    lines = list(mine.lines.all())
    assert [(line.kind, line.title, line.quantity, line.unit_price) for line in lines] == [
        ("item", "Moon lamp", 2, 30_000),
        ("item", "Shade", 1, 7_000),
        ("delivery", "Parcel", 1, 3_000),
    ]
    assert (lines[0].warranty_months, lines[0].return_days, lines[0].sku) == (24, 14, lamp.sku)
    assert sum(line.net for line in lines) == mine.amount
    assert sum(line.to_pay for line in lines) == mine.total


def test_what_was_specified_is_kept_with_the_version_it_was_specified_in():
    schema = a_schema()
    asked = an_asked(
        schema.product.variants.get(), unit_price=150_000, specification=VALUES, schema=schema, label="Mina"
    )
    line = an_order(asked).lines.get(kind="item")
    assert (line.specification, line.schema, line.label, line.unit_price) == (VALUES, schema, "Mina", 150_000)
    assert line.cart_line_id == asked.key


def test_every_amount_taken_off_is_kept_by_unit():
    order = an_order((a_variant(price=1_000), 3), off=500, points=100)
    line = order.lines.get(kind="item")
    coupon, points = line.allocations.order_by("stage")
    assert (coupon.stage, coupon.source_kind, coupon.funder, coupon.amount) == (3, "coupon", "vendor", 500)
    assert coupon.units == [167, 167, 166]
    assert (points.stage, points.source_kind, points.funder, sum(points.units)) == (7, "points", "site", points.amount)
    assert (line.discount, line.points_worth) == (500, points.amount)


def test_the_commission_is_frozen_with_its_tax_and_its_plan():
    lamp = a_product(price=11_111)
    plan = a_plan(900, product=lamp)
    order = an_order((lamp.variants.get(), 2), off=222)
    line = order.lines.get(kind="item")
    assert (line.commission_plan, line.commission_rate) == (plan, 900)
    assert (line.net, line.commission, line.commission_tax) == (22_000, 1_980, 180)
    Plan.objects.filter(pk=plan.pk).update(rate=1_500)
    line.refresh_from_db()
    assert (line.commission_rate, line.commission) == (900, 1_980)


def test_delivery_pays_no_commission():
    delivery = an_order().lines.get(kind="delivery")
    assert (delivery.commission_plan, delivery.commission_rate, delivery.commission) == (None, 0, 0)
    assert (delivery.tax_rate, delivery.tax) == (1000, 273)


@pytest.mark.parametrize("lines", [1, 3])
def test_a_purchase_is_written_in_one_statement_a_table(lines, django_assert_num_queries):
    shop = a_shop()
    asked = [
        an_asked(a_product(vendor=shop).variants.select_related("product", "vendor").get()) for _line in range(lines)
    ]
    quote, member = a_quote(*asked, points=100), a_member()
    with transaction.atomic(), django_assert_num_queries(9):  # of which four open and end savepoints
        placing.make(
            member=member,
            quote=quote,
            address=ADDRESS,
            cart_id=None,
            claim=uuid.uuid4(),
            language="en",
            expires_at=clock.now(),
            notes={},
        )


def test_a_number_that_is_taken_is_drawn_again(monkeypatch):
    drawn = iter(["261231-AAAAAA", "261231-AAAAAA", "261231-BBBBBB"])
    monkeypatch.setattr(numbering, "purchase_number", lambda: next(drawn))
    assert [a_purchase(placed=False).number for _time in range(2)] == ["261231-AAAAAA", "261231-BBBBBB"]


def test_numbers_have_the_day_and_no_symbols_that_look_alike():
    number = numbering.purchase_number()
    assert re.fullmatch(r"\d{6}-[2-9A-HJKMNP-Z]{6}", number)
    assert len({numbering.pickup_code() for _code in range(100)}) == 100


def test_a_claim_has_one_purchase():
    purchase = a_purchase(placed=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Purchase.objects.create(
            number="x", member=purchase.member, claim=purchase.claim, currency="KRW", amount=0, total=0,
            expires_at=clock.now(),
        )  # fmt: skip


def test_a_cart_has_one_purchase_under_way_and_is_free_when_it_expired():
    cart_id = uuid.uuid4()
    first = a_purchase(placed=False, cart_id=cart_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_purchase(placed=False, cart_id=cart_id)
    placing.expire(first, reason="abandoned")
    assert a_purchase(placed=False, cart_id=cart_id).pk != first.pk


def test_paid_orders_are_placed():
    purchase = a_purchase()
    order = purchase.orders.get()
    purchase.refresh_from_db()
    assert (order.state, order.fulfilment, order.settlement) == ("placed", "waiting", "accrued")
    assert order.placed_at == purchase.paid_at
    assert not order.pickup_code
    steps = purchase.events.order_by("pk").values_list("axis", "event")
    assert list(steps) == [("payment", "begun"), ("payment", "captured"), ("order", "placed")]


def test_placing_asks_no_more_for_more_orders(django_assert_num_queries):
    purchase = a_purchase(*[a_variant() for _vendor in range(3)], placed=False)
    stepping.step(purchase, Axis.PAYMENT, "begun")
    stepping.step(purchase, Axis.PAYMENT, "captured")
    with transaction.atomic(), django_assert_num_queries(6):
        placing.place(purchase, paid_at=clock.now())
    assert {order.state for order in purchase.orders.all()} == {"placed"}


def test_an_order_to_pick_up_gets_its_code_when_it_is_paid():
    purchase = a_purchase(method=PICKUP, placed=False)
    assert not purchase.orders.get().pickup_code
    pay(purchase)
    order = purchase.orders.get()
    assert len(order.pickup_code) == 8
    assert order.method_place == PICKUP.place


def test_what_is_made_to_order_is_promised_for_the_last_of_its_days():
    shop = a_shop()
    one, two, three = (a_product(vendor=shop) for _number in range(3))
    purchase = a_purchase(*[product.variants.get() for product in (one, two, three)], placed=False)
    day = dt.date(2031, 3, 1)
    pay(purchase, promised={one.pk: day, two.pk: day + dt.timedelta(days=2)})
    assert purchase.orders.get().promised_on == dt.date(2031, 3, 3)


def test_files_are_delivered_at_once():
    pattern = a_product("Knitting pattern", kind="digital").variants.get()
    order = an_order(pattern, address=None)
    assert (order.method_kind, order.state, order.fulfilment, order.settlement) == (
        "",
        "confirmed",
        "delivered",
        "held",
    )
    assert order.delivered_at == order.placed_at
    assert order.returnable_until == order.delivered_at + dt.timedelta(days=7)


def test_an_unpaid_purchase_expires_and_its_payment_is_given_up():
    purchase = a_purchase(placed=False)
    placing.expire(purchase, reason="payment_declined")
    purchase.refresh_from_db()
    assert (purchase.payment, purchase.orders.get().state) == ("voided", "expired")
    assert set(purchase.events.values_list("event", "reason")) == {
        ("expired", "payment_declined"),
        ("voided", "payment_declined"),
    }
    placing.expire(purchase, reason="again")
    assert purchase.events.count() == 2


def test_a_failed_payment_stays_failed_when_the_purchase_expires():
    purchase = a_purchase(placed=False)
    stepping.step(purchase, Axis.PAYMENT, "begun")
    stepping.step(purchase, Axis.PAYMENT, "failed", reason="declined")
    placing.expire(purchase, reason="declined")
    assert (purchase.payment, purchase.orders.get().state) == ("failed", "expired")


def test_a_paid_purchase_does_not_expire():
    purchase = a_purchase()
    with pytest.raises(IllegalStep):
        placing.expire(purchase)


def test_money_that_comes_late_places_an_expired_order_after_all():
    purchase = a_purchase(placed=False)
    placing.expire(purchase, reason="abandoned")
    stepping.step(purchase, Axis.PAYMENT, "captured")
    placing.place(purchase, paid_at=clock.now())
    assert purchase.orders.get().state == "placed"


def test_nothing_is_placed_twice():
    purchase = a_purchase()
    with pytest.raises(IllegalStep):
        placing.place(purchase, paid_at=clock.now())


def test_nothing_is_left_of_a_purchase_that_could_not_be_made():
    Plan.objects.all().delete()
    a_plan(product=a_product())
    with pytest.raises(NoPlan):
        a_purchase(placed=False)
    assert [model.objects.count() for model in (Purchase, Order, OrderLine, Allocation)] == [0, 0, 0, 0]
