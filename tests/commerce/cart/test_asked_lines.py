"""Lines as they would be bought now: today's price, and what stands in the way (2.22)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from commerce.cart.models import Cart, CartLine
from commerce.cart.reading import asked_lines, current_prices
from commerce.catalog import offering, variants
from commerce.catalog.models import Product
from commerce.specifications.defining import define
from commerce.stock import holding
from commerce.vendors.models import Vendor
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.specifications import VALUES, WIDTH, WOOD, a_schema
from tests.factories.stock import a_source, a_stock, soon, wanted
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


def _only(line: CartLine):
    [asked] = asked_lines(line.cart_id)
    return asked


def _code(line: CartLine) -> str:
    asked = _only(line)
    return asked.hindrance.code if asked.hindrance else ""


class TestPrices:
    def test_the_price_is_todays_and_the_one_seen_stays_until_it_is_shown(self) -> None:
        line = a_cart_line(quantity=3)
        variants.change_price(by=seller_of(line.variant.vendor), variant=line.variant, price=12_000)

        asked = _only(line)

        assert (asked.unit_price, asked.seen_price, asked.amount, asked.hindrance) == (12_000, 10_000, 36_000, None)
        assert current_prices(line.cart_id) == {line.pk: 12_000}

    def test_what_is_specified_adds_to_it_under_the_schema_in_force(self) -> None:
        schema = a_schema()
        line = a_cart_line(variant=schema.product.variants.get(), **VALUES)
        assert _only(line).unit_price == line.seen_price == 90_000 + 30_000 + 20_813 + 5_000

        dearer = {**WOOD, "choices": [{"value": "walnut", "label": "Walnut", "price": 40_000}]}
        define(by=seller_of(schema.product.vendor), product=schema.product, fields=[dearer, WIDTH])

        asked = _only(line)
        assert asked.hindrance is not None
        assert asked.hindrance.code == "invalid_specification"

    def test_a_dearer_wood_is_a_price_that_rose(self) -> None:
        schema = a_schema(WOOD)
        line = a_cart_line(variant=schema.product.variants.get(), wood="walnut")
        dearer = {**WOOD, "choices": [{"value": "walnut", "label": "Walnut", "price": 40_000}]}
        newer = define(by=seller_of(schema.product.vendor), product=schema.product, fields=[dearer])

        asked = _only(line)

        assert (asked.seen_price, asked.unit_price, asked.schema, asked.hindrance) == (120_000, 130_000, newer, None)


class TestHindrances:
    def test_nothing_hinders_what_is_there(self) -> None:
        assert _code(a_cart_line(quantity=100)) == ""

    def test_paused_closed_and_hidden_is_not_sold(self) -> None:
        paused, closed, hidden = a_cart_line(), a_cart_line(), a_cart_line()
        offering.pause_product(by=seller_of(paused.variant.vendor), product=paused.variant.product)
        Vendor.objects.filter(pk=closed.variant.vendor_id).update(state="closed")
        subject = hidden.variant.product.subject
        subject.hidden_at = subject.created_at
        subject.save(update_fields=["hidden_at"])

        assert [_code(line) for line in (paused, closed, hidden)] == ["not_on_sale"] * 3
        ids = [line.variant.product_id for line in (paused, closed, hidden)]
        assert not Product.objects.on_sale().filter(pk__in=ids).exists()

    def test_a_variant_that_is_sold_no_more(self) -> None:
        product = a_product(options=[{"name": "Size", "values": ["S", "L"]}])
        small = product.variants.get()
        a_variant(product, Size="L")
        line = a_cart_line(variant=small)
        variants.retire(by=seller_of(product.vendor), variant=small)

        assert _code(line) == "variant_gone"

    def test_sold_out_and_too_few_counting_what_others_hold(self) -> None:
        stock = a_stock(5)
        line = a_cart_line(variant=stock.variant, quantity=3)
        assert _code(line) == ""

        holding.hold(lines=wanted((stock, 3)), source=a_source(), until=soon())
        asked = _only(line)
        assert (asked.hindrance.code, "2" in asked.hindrance.sentence) == ("too_few", True)

        holding.hold(lines=wanted((stock, 2)), source=a_source(), until=soon())
        assert _code(line) == "out_of_stock"

    def test_lines_of_one_variant_are_counted_together(self) -> None:
        stock, cart = a_stock(5), a_cart()
        a_cart_line(cart, stock.variant, 3, label="Mother")
        a_cart_line(cart, stock.variant, 3, label="Father")

        assert [line.hindrance.code for line in asked_lines(cart.pk) if line.hindrance] == ["too_few"] * 2

    def test_goods_that_were_never_counted_are_not_there(self) -> None:
        assert _code(a_cart_line(variant=a_variant())) == "out_of_stock"

    def test_files_and_what_is_made_to_order_never_run_out(self) -> None:
        file = a_product(kind="digital", price=5_000).variants.get()
        made = a_product(kind="made_to_order", price=5_000).variants.get()

        assert [_code(a_cart_line(variant=one, quantity=500)) for one in (file, made)] == ["", ""]

    def test_a_schema_that_came_since_asks_for_what_is_missing(self) -> None:
        made = a_product(kind="made_to_order", price=5_000)
        line = a_cart_line(variant=made.variants.get())
        a_schema(WOOD, product=made)

        with override("en"):
            asked = _only(line)

        assert asked.hindrance is not None
        assert (asked.hindrance.code, "still" in asked.hindrance.sentence) == ("invalid_specification", True)

    def test_a_picture_that_is_the_buyers_no_more(self) -> None:
        schema, member = a_schema(), a_member()
        picture = an_upload(owner=member)
        line = a_cart_line(a_cart(member), schema.product.variants.get(), **VALUES, drawing=str(picture.pk))
        assert _code(line) == ""

        picture.delete()

        assert _code(line) == "invalid_specification"


class TestQueries:
    @pytest.mark.parametrize("number", [1, 20])
    def test_goods_take_one_query_however_many(self, number, django_assert_num_queries) -> None:
        cart = a_cart()
        for _each in range(number):
            a_cart_line(cart)

        with django_assert_num_queries(1):
            found = asked_lines(cart.pk)
            assert [line.variant.product.vendor.name for line in found]
            assert [line.variant.product.category.slug for line in found]

    @pytest.mark.parametrize("number", [1, 20])
    def test_what_is_specified_takes_three_however_many(self, number, django_assert_num_queries) -> None:
        cart = a_cart()
        for _each in range(number):
            schema, picture = a_schema(), an_upload(owner=cart.member)
            a_cart_line(cart, schema.product.variants.get(), **VALUES, drawing=str(picture.pk))

        with django_assert_num_queries(3):
            assert [line.hindrance for line in asked_lines(cart.pk)] == [None] * number


class TestHeldByTheDatabase:
    def test_a_cart_is_a_members_or_a_guests(self) -> None:
        for fields in ({}, {"member": a_member(), "secret_hash": b"x" * 32}):
            with pytest.raises(IntegrityError, match="cart_is_a_members_or_a_guests"), transaction.atomic():
                Cart.objects.create(**fields)

    def test_a_member_has_one(self) -> None:
        cart = a_cart()
        with pytest.raises(IntegrityError, match="member_id"), transaction.atomic():
            Cart.objects.create(member=cart.member)

    def test_a_secret_opens_one(self) -> None:
        Cart.objects.create(secret_hash=b"x" * 32)
        with pytest.raises(IntegrityError, match="secret_hash"), transaction.atomic():
            Cart.objects.create(secret_hash=b"x" * 32)

    def test_no_empty_line(self) -> None:
        line = a_cart_line()
        with pytest.raises(IntegrityError, match="cart_line_not_empty"), transaction.atomic():
            CartLine.objects.filter(pk=line.pk).update(quantity=0)

    def test_no_negative_price(self) -> None:
        line = a_cart_line()
        with pytest.raises(IntegrityError, match="cart_line_price_not_negative"), transaction.atomic():
            CartLine.objects.filter(pk=line.pk).update(seen_price=-1)

    def test_the_same_thing_stands_in_a_cart_once_however_long_its_specification(self) -> None:
        cart, variant = a_cart(), a_variant()
        long = {str(number): "글" * 60 for number in range(100)}
        same = {"cart": cart, "variant": variant, "specification": long, "quantity": 1, "seen_price": 1}
        CartLine.objects.create(**same)
        CartLine.objects.create(**{**same, "label": "Mother"})
        with pytest.raises(IntegrityError, match="cart_line_once"), transaction.atomic():
            CartLine.objects.create(**{**same, "specification": dict(reversed(long.items()))})
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM commerce_cart_cartline WHERE cart_id = %s", [cart.pk])
            assert cursor.fetchone() == (2,)
