"""Receiving, counting, correcting, returning: each change of the count has a movement with its reason (2.20)."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from commerce.stock import counting, holding, reading, returning
from commerce.stock.errors import NotCounted, NotYourStock, StockHeld, WrongQuantity
from commerce.stock.models import Hold, Movement, MovementReason, Stock
from community.foundation.problems import NotThere
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.stock import a_source, a_stock, numbers, soon, wanted

pytestmark = pytest.mark.django_db


def vendor_of(stock):
    return seller_of(stock.variant.product.vendor)


def test_what_is_received_is_on_hand_and_written_down():
    variant = a_variant()
    by = seller_of(variant.product.vendor)
    counting.receive(by=by, variant=variant, quantity=12, note="From the potter")
    movement = Movement.objects.get()
    assert (movement.change, movement.reason, movement.note, movement.by) == (12, "received", "From the potter", by)
    assert numbers(movement.stock) == (12, 0, 12)


def test_a_count_sets_the_number_and_the_movement_is_the_difference():
    stock = a_stock(10)
    counting.set_on_hand(by=vendor_of(stock), variant=stock.variant, on_hand=7, note="Counted on Monday")
    assert numbers(stock) == (7, 0, 7)
    assert Movement.objects.get(reason="counted").change == -3


def test_the_same_number_again_leaves_no_movement():
    stock = a_stock(10)
    counting.set_on_hand(by=vendor_of(stock), variant=stock.variant, on_hand=10)
    assert Movement.objects.count() == 1


def test_a_count_below_what_is_held_is_refused():
    stock = a_stock(10)
    holding.hold(lines=wanted((stock, 4)), source=a_source(), until=soon())
    with pytest.raises(StockHeld) as refused:
        counting.set_on_hand(by=vendor_of(stock), variant=stock.variant, on_hand=3)
    assert (refused.value.code, refused.value.status) == ("stock_held", 409)
    counting.set_on_hand(by=vendor_of(stock), variant=stock.variant, on_hand=4)
    assert numbers(stock) == (4, 4, 0)


def test_damage_is_written_down_as_such():
    stock = a_stock(10)
    counting.correct(by=vendor_of(stock), variant=stock.variant, change=-2, reason="damaged", note="Fell")
    assert numbers(stock) == (8, 0, 8)
    assert Movement.objects.get(reason="damaged").change == -2


@pytest.mark.parametrize("change", [0, True, 1.5, "3", -1_000_000])
def test_changes_that_are_none_are_refused(change):
    stock = a_stock(10)
    with pytest.raises(WrongQuantity):
        counting.correct(by=vendor_of(stock), variant=stock.variant, change=change)
    assert numbers(stock) == (10, 0, 10)


@pytest.mark.parametrize("on_hand", [-1, True, 1.5, "3", 1_000_000, 10**30])
def test_counts_that_are_none_are_refused(on_hand):
    stock = a_stock(10)
    with pytest.raises(WrongQuantity):
        counting.set_on_hand(by=vendor_of(stock), variant=stock.variant, on_hand=on_hand)
    assert numbers(stock) == (10, 0, 10)


def test_no_more_is_received_than_anyone_could_have():
    stock = a_stock(10)
    with pytest.raises(WrongQuantity):
        counting.receive(by=vendor_of(stock), variant=stock.variant, quantity=999_990)
    assert numbers(stock) == (10, 0, 10)


def test_members_and_staff_of_other_vendors_count_nothing():
    stock = a_stock(10)
    for stranger in (a_member(), seller_of(a_shop())):
        with pytest.raises(NotYourStock):
            counting.receive(by=stranger, variant=stock.variant, quantity=1)
    assert numbers(stock) == (10, 0, 10)


def test_a_variant_that_is_not_on_sale_does_not_exist_for_strangers():
    stock = a_stock(10, variant=a_product(listed=False).variants.get())
    with pytest.raises(NotThere):
        counting.receive(by=a_member(), variant=stock.variant, quantity=1)


def test_files_are_not_counted():
    variant = a_product(kind="digital").variants.get()
    with pytest.raises(NotCounted):
        counting.set_on_hand(by=seller_of(variant.product.vendor), variant=variant, on_hand=3)
    assert not Stock.objects.exists()


def test_what_came_back_is_added_once_a_source():
    stock, source = a_stock(10), a_source("return_line")
    for _time in range(2):
        returning.restock(variant_id=stock.variant_id, quantity=2, source=source)
    assert numbers(stock) == (12, 0, 12)
    assert Movement.objects.filter(reason="returned").count() == 1


def test_what_nobody_counts_is_not_restocked():
    variant = a_product(kind="digital").variants.get()
    assert returning.restock(variant_id=variant.pk, quantity=2, source=a_source()) is None


def test_on_hand_is_the_sum_of_the_movements():
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 4)), source=source, until=soon())
    holding.sell(source)
    counting.correct(by=vendor_of(stock), variant=stock.variant, change=-1)
    counting.set_on_hand(by=vendor_of(stock), variant=stock.variant, on_hand=20)
    returning.restock(variant_id=stock.variant_id, quantity=1, source=a_source())
    assert Movement.objects.aggregate(sum=Sum("change"))["sum"] == 21 == numbers(stock)[0]


def test_available_is_told_for_many_at_once(django_assert_num_queries):
    counted, never, file = a_stock(5).variant, a_variant(), a_product(kind="digital").variants.get()
    made = a_product(kind="made_to_order").variants.get()
    with django_assert_num_queries(1):
        found = reading.available([counted.pk, never.pk, file.pk, made.pk])
    assert found == {counted.pk: 5, never.pk: 0, file.pk: 999_999, made.pk: 999_999}


@pytest.mark.parametrize("change", [{"held": -1}, {"held": 11}, {"on_hand": -1}])
def test_the_database_refuses_impossible_numbers(change):
    stock = a_stock(10)
    with pytest.raises(IntegrityError, match="stock_held"), transaction.atomic():
        Stock.objects.filter(pk=stock.pk).update(**change)


def test_the_database_refuses_movements_of_nothing():
    with pytest.raises(IntegrityError, match="stock_movement_moves_something"), transaction.atomic():
        Movement.objects.create(stock=a_stock(), change=0, reason="counted")


@pytest.mark.breaks_invariants
def test_the_database_refuses_a_second_movement_of_a_source():
    stock = a_stock()
    row = {"stock": stock, "change": 1, "reason": "returned", "source_kind": "return", "source_id": stock.pk}
    Movement.objects.create(**row)
    with pytest.raises(IntegrityError, match="stock_movement_once_a_source"), transaction.atomic():
        Movement.objects.create(**row)


def test_the_database_refuses_to_change_or_delete_a_movement():
    movements = Movement.objects.filter(stock=a_stock(5))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        movements.update(change=4)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        movements.update(by=a_member())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        movements._raw_delete("default")
    assert list(movements.values_list("change", flat=True)) == [5]


def test_who_counted_may_be_forgotten_with_the_member():
    movements = Movement.objects.filter(stock=a_stock(5))
    movements.update(by=None)
    assert list(movements.values_list("change", "by")) == [(5, None)]


@pytest.mark.parametrize(("quantity", "name"), [(0, "stock_hold_not_empty"), (1, "stock_hold_once_a_source")])
def test_the_database_refuses_impossible_holds(quantity, name):
    stock = a_stock()
    holding.hold(lines=wanted((stock, 1)), source=("purchase", stock.pk), until=soon())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Hold.objects.create(
            stock=stock, quantity=quantity, source_kind="purchase", source_id=stock.pk, expires_at=soon()
        )


def test_many_that_were_never_counted_are_received_together(django_assert_max_num_queries):
    vendor = a_shop()
    by = seller_of(vendor)
    variants = [a_product(vendor=vendor).variants.select_related("product").get() for _ in range(12)]
    on_hand = {variant: number for number, variant in enumerate(variants)}
    with django_assert_max_num_queries(14):
        counting.set_on_hand_of_many(by=by, on_hand=on_hand)
    for number, variant in enumerate(variants):
        stock = Stock.objects.get(variant=variant)
        found = list(stock.movements.values_list("change", "reason"))
        assert (stock.on_hand, found) == (number, [(number, MovementReason.RECEIVED)] if number else [])
        variant.product.refresh_from_db()
        assert variant.product.available is (number > 0)


def test_one_that_a_rival_counted_meanwhile_is_counted_and_not_received_twice(monkeypatch):
    vendor = a_shop()
    by = seller_of(vendor)
    variant = a_product(vendor=vendor).variants.select_related("product").get()
    look = counting._require_countable

    def rival(by, on_hand):
        look(by, on_hand)
        counting.set_on_hand(by=by, variant=variant, on_hand=5)

    monkeypatch.setattr(counting, "_require_countable", rival)  # between what was looked up and what is written
    counting.set_on_hand_of_many(by=by, on_hand={variant: 8})
    stock = Stock.objects.get(variant=variant)
    assert stock.on_hand == 8
    assert list(stock.movements.order_by("pk").values_list("change", "reason")) == [
        (5, MovementReason.RECEIVED),
        (3, MovementReason.COUNTED),
    ]


def test_many_are_refused_before_any_is_counted():
    vendor = a_shop()
    by = seller_of(vendor)
    mine = a_product(vendor=vendor).variants.select_related("product").get()
    digital = a_product(vendor=vendor, kind="digital").variants.select_related("product").get()
    foreign = a_product().variants.select_related("product").get()
    for asked, problem in (
        ({mine: 1, foreign: 1}, NotYourStock),
        ({mine: 1, digital: 1}, NotCounted),
        ({mine: -1}, WrongQuantity),
        ({mine: True}, WrongQuantity),
    ):
        with pytest.raises(problem):
            counting.set_on_hand_of_many(by=by, on_hand=asked)
    assert not Stock.objects.exists()
