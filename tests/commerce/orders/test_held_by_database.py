"""What the database refuses, whatever the code above it does (rules 2.4, 2.5)."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from commerce.orders.models import Allocation, Order, OrderLine, Parcel, ParcelLine, Purchase
from community.foundation import clock
from tests.factories.catalog import a_variant
from tests.factories.orders import PICKUP, a_purchase, an_order

pytestmark = pytest.mark.django_db


def refused(constraint, rows, **values):
    """Whether writing these values breaks the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows.update(**values)
    assert constraint in str(error.value)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("orders_purchase_adds_up", {"total": 1}),
        ("orders_purchase_adds_up", {"points_worth": -1}),
        ("orders_refunded_at_most_what_was_paid", {"refunded": -1}),
        ("orders_refunded_at_most_what_was_paid", {"refunded": 13_001}),
        ("orders_refunded_at_most_what_was_paid", {"points_returned": 1}),
    ],
)
def test_of_a_purchase(constraint, values):
    purchase = a_purchase()
    assert purchase.total == 13_000
    refused(constraint, Purchase.objects.filter(pk=purchase.pk), **values)


def test_a_cart_is_bought_once_at_a_time():
    first, second = (a_purchase(placed=False, cart_id=uuid.uuid4()) for _number in range(2))
    refused("orders_one_purchase_a_cart_at_a_time", Purchase.objects.filter(pk=second.pk), cart_id=first.cart_id)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("orders_order_adds_up", {"total": 1}),
        ("orders_order_adds_up", {"points_worth": -1, "total": 13_001}),
        ("orders_order_refunded_within_total", {"refunded": 13_001}),
        ("orders_order_refunded_within_total", {"refunded": -1}),
        ("orders_placed_has_a_day", {"placed_at": None}),
    ],
)
def test_of_an_order(constraint, values):
    refused(constraint, Order.objects.filter(pk=an_order().pk), **values)


def test_a_vendor_has_one_order_in_a_purchase():
    one, two = a_purchase(a_variant(), a_variant()).orders.all()
    refused("orders_one_order_a_vendor", Order.objects.filter(pk=two.pk), vendor=one.vendor)


def test_a_code_opens_one_order_of_a_vendor():
    variant = a_variant()
    one, two = (an_order(variant, method=PICKUP) for _number in range(2))
    refused("orders_pickup_code_once_a_vendor", Order.objects.filter(pk=two.pk), pickup_code=one.pickup_code)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("orders_line_not_empty", {"quantity": 0, "amount": 0}),
        ("orders_line_amount_is_price_times_quantity", {"quantity": 3}),
        ("orders_line_takes_off_at_most_its_amount", {"discount": 20_001}),
        ("orders_line_takes_off_at_most_its_amount", {"discount": -1}),
        ("orders_line_takes_off_at_most_its_amount", {"points_worth": -1}),
        ("orders_line_takes_off_at_most_its_amount", {"points_worth": 10_000, "discount": 10_001}),
        ("orders_line_counts_within_quantity", {"cancelled": 3}),
        ("orders_line_counts_within_quantity", {"cancelled": 1, "shipped": 2}),
        ("orders_line_counts_within_quantity", {"returned": 1}),
        ("orders_line_is_goods_or_delivery", {"variant": None}),
        ("orders_line_is_goods_or_delivery", {"kind": "delivery"}),
    ],
)
def test_of_a_line(constraint, values):
    line = an_order((a_variant(), 2)).lines.get(kind="item")
    refused(constraint, OrderLine.objects.filter(pk=line.pk), **values)


def test_an_order_is_delivered_once():
    order, other = an_order(), an_order()
    refused("orders_one_delivery_an_order", order.lines.filter(kind="delivery"), order=other)


def test_nothing_taken_off_is_no_allocation():
    an_order(off=100)
    refused("orders_allocation_takes_something", Allocation.objects.all(), amount=0)


def test_a_parcel_is_in_an_order_once_and_holds_something_once():
    order = an_order()
    line = order.lines.get(kind="item")
    one, two = (
        Parcel.objects.create(order=order, carrier="cj", tracking=number, shipped_at=clock.now()) for number in "12"
    )
    refused("orders_parcel_once_an_order", Parcel.objects.filter(pk=two.pk), tracking="1")
    kept = [ParcelLine.objects.create(parcel=parcel, line=line, quantity=1) for parcel in (one, two)]
    refused("orders_parcel_line_not_empty", ParcelLine.objects.filter(pk=kept[0].pk), quantity=0)
    refused("orders_parcel_line_once", ParcelLine.objects.filter(pk=kept[1].pk), parcel=one)
