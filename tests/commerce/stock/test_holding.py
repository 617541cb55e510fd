"""Holds of units: all or nothing, summed, idempotent by source (rule 2.3)."""

import datetime as dt
from uuid import uuid4

import pytest

from commerce.stock import holding
from commerce.stock.errors import HeldOtherwise, OutOfStock, WrongQuantity
from commerce.stock.holding import Wanted
from commerce.stock.models import Hold, Movement
from community.foundation import clock
from community.outbox.models import Delivery
from tests.factories.catalog import a_product, a_variant
from tests.factories.stock import a_source, a_stock, numbers, soon, wanted

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(minutes=16)


def test_a_hold_lowers_what_is_available_and_not_what_is_there():
    stock = a_stock(10)
    holding.hold(lines=wanted((stock, 3)), source=a_source(), until=soon())
    assert numbers(stock) == (10, 3, 7)


def test_lines_of_one_variant_are_one_demand():
    stock = a_stock(5)
    with pytest.raises(OutOfStock) as refused:
        holding.hold(lines=wanted((stock, 3), (stock, 3)), source=a_source(), until=soon())
    assert refused.value.short == [(stock.variant_id, 6, 5)]
    assert (refused.value.code, refused.value.status) == ("out_of_stock", 409)
    assert numbers(stock) == (5, 0, 5)


def test_a_short_line_leaves_no_hold_of_the_others():
    plenty, few = a_stock(10), a_stock(1)
    with pytest.raises(OutOfStock) as refused:
        holding.hold(lines=wanted((plenty, 2), (few, 2)), source=a_source(), until=soon())
    assert refused.value.short == [(few.variant_id, 2, 1)]
    assert (numbers(plenty), numbers(few), Hold.objects.count()) == ((10, 0, 10), (1, 0, 1), 0)


def test_every_short_line_is_named():
    one, two = a_stock(1), a_stock(2)
    with pytest.raises(OutOfStock) as refused:
        holding.hold(lines=wanted((one, 5), (two, 6)), source=a_source(), until=soon())
    assert sorted(refused.value.short) == sorted([(one.variant_id, 5, 1), (two.variant_id, 6, 2)])


def test_the_same_source_again_holds_nothing_more_only_longer():
    stock, source, end = a_stock(10), a_source(), soon(30)
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon(15))
    holding.hold(lines=wanted((stock, 1), (stock, 2)), source=source, until=end)
    assert numbers(stock) == (10, 3, 7)
    assert Hold.objects.get().expires_at == end


@pytest.mark.parametrize("quantity", [2, 4])
def test_the_same_source_with_other_numbers_is_refused(quantity):
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon())
    with pytest.raises(HeldOtherwise):
        holding.hold(lines=wanted((stock, quantity)), source=source, until=soon())
    assert numbers(stock) == (10, 3, 7)


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000, 10**30, 1.5, True, "2", None])
def test_quantities_that_are_none_are_refused(quantity):
    stock = a_stock(10)
    with pytest.raises(WrongQuantity):
        holding.hold(lines=wanted((stock, quantity)), source=a_source(), until=soon())
    assert numbers(stock) == (10, 0, 10)


def test_a_sum_beyond_the_most_is_refused():
    stock = a_stock(10)
    with pytest.raises(WrongQuantity):
        holding.hold(lines=wanted((stock, 999_999), (stock, 1)), source=a_source(), until=soon())


def test_goods_that_were_never_counted_are_out_of_stock():
    variant = a_variant()
    with pytest.raises(OutOfStock) as refused:
        holding.hold(lines=[Wanted(variant.pk, 1)], source=a_source(), until=soon())
    assert refused.value.short == [(variant.pk, 1, 0)]


def test_a_variant_that_does_not_exist_is_out_of_stock():
    with pytest.raises(OutOfStock):
        holding.hold(lines=[Wanted(uuid4(), 1)], source=a_source(), until=soon())


@pytest.mark.parametrize("kind", ["digital", "made_to_order"])
def test_what_nobody_counts_needs_no_hold(kind):
    variant, source = a_product(kind=kind).variants.get(), a_source()
    holding.hold(lines=[Wanted(variant.pk, 500)], source=source, until=soon())
    holding.sell(source)
    assert (Hold.objects.count(), Movement.objects.count()) == (0, 0)


def test_a_sale_lowers_both_columns_and_leaves_a_movement():
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon())
    holding.sell(source)
    assert numbers(stock) == (7, 0, 7)
    sold = Movement.objects.get(reason="sold")
    assert (sold.stock_id, sold.change, (sold.source_kind, sold.source_id)) == (stock.pk, -3, source)


def test_a_sale_of_the_same_source_happens_once():
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon())
    holding.sell(source)
    holding.sell(source)
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon())
    assert numbers(stock) == (7, 0, 7)
    assert Movement.objects.filter(reason="sold").count() == 1


def test_a_release_gives_the_units_back_once():
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon())
    holding.release(source)
    holding.release(source)
    assert numbers(stock) == (10, 0, 10)
    assert Hold.objects.get().state == "released"


def test_a_release_does_not_undo_a_sale():
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 3)), source=source, until=soon())
    holding.sell(source)
    holding.release(source)
    assert numbers(stock) == (7, 0, 7)


def test_acts_of_a_source_that_holds_nothing_change_nothing():
    stock = a_stock(10)
    for act in (holding.sell, holding.release):
        act(a_source())
    holding.extend(a_source(), soon())
    assert (numbers(stock), Hold.objects.count()) == ((10, 0, 10), 0)


def test_expired_holds_of_others_are_reclaimed_before_anyone_is_refused():
    stock, late = a_stock(3), a_source()
    holding.hold(lines=wanted((stock, 2)), source=late, until=soon())
    with clock.shifted(LATER):
        holding.hold(lines=wanted((stock, 3)), source=a_source(), until=soon())
    assert numbers(stock) == (3, 3, 0)
    assert Hold.objects.of(late).get().state == "released"


def test_live_holds_of_others_are_not_reclaimed():
    stock = a_stock(3)
    holding.hold(lines=wanted((stock, 2)), source=a_source(), until=soon())
    with pytest.raises(OutOfStock) as refused:
        holding.hold(lines=wanted((stock, 2)), source=a_source(), until=soon())
    assert refused.value.short == [(stock.variant_id, 2, 1)]


def test_a_late_sale_holds_again_what_ran_out():
    stock, source = a_stock(3), a_source()
    holding.hold(lines=wanted((stock, 2)), source=source, until=soon())
    with clock.shifted(LATER):
        holding.release(source)
        holding.sell(source)
    assert numbers(stock) == (1, 0, 1)
    assert Hold.objects.get().state == "sold"


def test_a_late_sale_of_what_others_took_is_refused_and_sells_nothing():
    plenty, scarce, late, other = a_stock(9), a_stock(2), a_source(), a_source()
    holding.hold(lines=wanted((plenty, 1), (scarce, 2)), source=late, until=soon())
    with clock.shifted(LATER):
        holding.hold(lines=wanted((scarce, 1)), source=other, until=soon())
        with pytest.raises(OutOfStock) as refused:
            holding.sell(late)
    assert refused.value.short == [(scarce.variant_id, 2, 1)]
    assert (numbers(plenty), numbers(scarce)) == ((9, 1, 8), (2, 1, 1))
    assert not Movement.objects.filter(reason="sold").exists()


def test_an_expired_hold_that_nobody_reclaimed_is_sold_as_it_is():
    stock, source = a_stock(3), a_source()
    holding.hold(lines=wanted((stock, 2)), source=source, until=soon())
    with clock.shifted(LATER):
        holding.sell(source)
    assert numbers(stock) == (1, 0, 1)


def test_extending_keeps_longer_and_never_shorter():
    stock, source, end = a_stock(3), a_source(), soon(40)
    holding.hold(lines=wanted((stock, 2)), source=source, until=soon())
    holding.extend(source, end)
    holding.extend(source, soon(1))
    assert Hold.objects.get().expires_at == end


def test_extending_what_ran_out_tries_to_hold_it_again():
    stock, source = a_stock(3), a_source()
    holding.hold(lines=wanted((stock, 2)), source=source, until=soon())
    holding.release(source)
    holding.extend(source, soon())
    assert numbers(stock) == (3, 2, 1)
    holding.release(source)
    holding.hold(lines=wanted((stock, 2)), source=a_source(), until=soon())
    with pytest.raises(OutOfStock):
        holding.extend(source, soon())


def events(topic):
    return Delivery.objects.filter(topic=topic).count()


def test_crossing_the_line_is_told_both_ways_and_once():
    stock, source = a_stock(2), a_source()
    back = events("stock.back")
    holding.hold(lines=wanted((stock, 1)), source=a_source(), until=soon())
    assert (events("stock.out"), events("stock.back")) == (0, back)
    holding.hold(lines=wanted((stock, 1)), source=source, until=soon())
    assert (events("stock.out"), events("stock.back")) == (1, back)
    holding.release(source)
    holding.release(source)
    assert (events("stock.out"), events("stock.back")) == (1, back + 1)


def test_lists_say_whether_it_can_be_bought(relay):
    stock, source = a_stock(1), a_source()
    product = stock.variant.product
    relay()
    product.refresh_from_db()
    assert product.available is True
    holding.hold(lines=wanted((stock, 1)), source=source, until=soon())
    relay()
    product.refresh_from_db()
    assert product.available is False
    holding.release(source)
    relay()
    product.refresh_from_db()
    assert product.available is True
