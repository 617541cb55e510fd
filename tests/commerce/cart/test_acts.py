"""Putting in, changing, taking out: bounds, forged values, foreign carts (2.21, 2.51)."""

import datetime as dt
import uuid

import pytest

from commerce.cart import adding, changing, expiring, opening, removing
from commerce.cart.conf import MOST_LABELS, MOST_LINES, MOST_OF_A_LINE
from commerce.cart.errors import CartGone, NotOnSale, TooManyLabels, TooManyLines, WrongQuantity
from commerce.cart.models import Cart, CartLine
from commerce.catalog import offering
from commerce.specifications.errors import NotMadeToOrder, SpecificationInvalid
from community.foundation import clock
from community.foundation.problems import NotThere, Overlong
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.specifications import VALUES, WOOD, a_schema
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
WRONG = [0, -1, -(10**30), 10**30, MOST_OF_A_LINE + 1, 1.5, 2.0, "2", "", None, True, [1]]


def put(cart, variant, quantity=1, **more):
    return adding.add(cart=cart, by=cart.member, variant_id=variant.pk, quantity=quantity, **more)


def lines(cart) -> list[tuple[int, str]]:
    return list(CartLine.objects.filter(cart=cart).values_list("quantity", "label"))


class TestAdding:
    def test_the_same_thing_once_more_raises_its_line(self):
        cart, variant = a_cart(), a_variant()
        put(cart, variant, 2)
        put(cart, variant, 3)

        assert lines(cart) == [(5, "")]

    def test_another_label_or_another_specification_is_another_line(self):
        cart, schema = a_cart(), a_schema()
        variant = schema.product.variants.get()
        put(cart, variant, specification=VALUES)
        put(cart, variant, specification=VALUES, label="Mother")
        put(cart, variant, specification={**VALUES, "width": "70"})
        put(cart, variant, specification=dict(reversed(VALUES.items())))

        assert lines(cart) == [(2, ""), (1, "Mother"), (1, "")]

    def test_the_price_is_the_servers(self):
        schema = a_schema()
        line = put(a_cart(), schema.product.variants.get(), specification=VALUES)

        assert line.seen_price == 90_000 + 30_000 + 20_813 + 5_000
        assert (line.schema, line.specification) == (schema, VALUES)

    @pytest.mark.parametrize("quantity", WRONG)
    def test_only_whole_numbers_within_bounds(self, quantity):
        cart = a_cart()
        with pytest.raises(WrongQuantity):
            put(cart, a_variant(), quantity)
        assert lines(cart) == []

    def test_the_sum_is_bounded_too(self):
        cart, variant = a_cart(), a_variant()
        put(cart, variant, MOST_OF_A_LINE)
        with pytest.raises(WrongQuantity):
            put(cart, variant, 1)
        assert lines(cart) == [(MOST_OF_A_LINE, "")]

    def test_what_is_not_there_or_not_open_is_not_found(self):
        draft = a_product(listed=False).variants.get()
        for key in (uuid.uuid4(), draft.pk):
            with pytest.raises(NotThere):
                adding.add(cart=a_cart(), by=None, variant_id=key)

    def test_ones_own_draft_is_seen_but_not_sold(self):
        draft = a_product(listed=False)
        seller = seller_of(draft.vendor)
        with pytest.raises(NotOnSale):
            put(a_cart(seller), draft.variants.get())

    def test_a_paused_product_is_not_sold_to_its_seller_either(self):
        product = a_product()
        seller = seller_of(product.vendor)
        offering.pause_product(by=seller, product=product)
        with pytest.raises(NotOnSale):
            put(a_cart(seller), product.variants.get())

    @pytest.mark.parametrize(
        ("values", "codes"),
        [
            (None, {"wood": "required", "width": "required"}),
            ({}, {"wood": "required", "width": "required"}),
            ({**VALUES, "wood": "gold"}, {"wood": "invalid_choice"}),
            ({**VALUES, "width": "-5"}, {"width": "not_a_number"}),
            ({**VALUES, "width": "1e9"}, {"width": "not_a_number"}),
            ({**VALUES, "price": "1"}, {"price": "unknown_field"}),
            ({**VALUES, "engraving": {"a": 1}}, {"engraving": "not_a_text"}),
            ([], {"": "not_an_object"}),
            ("wood=oak", {"": "not_an_object"}),
        ],
    )
    def test_a_specification_that_does_not_fit_says_where(self, values, codes):
        cart = a_cart()
        with pytest.raises(SpecificationInvalid) as refused:
            put(cart, a_schema().product.variants.get(), specification=values)
        assert {key: fault.code for key, fault in refused.value.errors.items()} == codes
        assert lines(cart) == []

    def test_a_picture_of_somebody_else_is_none(self):
        picture = an_upload(owner=a_member())
        with pytest.raises(SpecificationInvalid) as refused:
            put(a_cart(), a_schema().product.variants.get(), specification={**VALUES, "drawing": str(picture.pk)})
        assert refused.value.errors["drawing"].code == "invalid_upload"

    def test_goods_are_not_specified(self):
        with pytest.raises(NotMadeToOrder):
            put(a_cart(), a_variant(), specification={"wood": "oak"})

    def test_a_cart_holds_so_many_things(self):
        cart = a_cart()
        variant = a_variant()
        CartLine.objects.bulk_create(
            CartLine(cart=cart, variant=variant, quantity=1, seen_price=1, specification={"n": number})
            for number in range(MOST_LINES)
        )
        with pytest.raises(TooManyLines):
            put(cart, a_variant())

    def test_a_bill_is_split_by_so_many_labels(self):
        cart = a_cart()
        for number in range(MOST_LABELS):
            a_cart_line(cart, label=f"Label {number}")
        with pytest.raises(TooManyLabels):
            put(cart, a_variant(), label="One more")
        put(cart, a_variant(), label="Label 0")

    def test_a_label_is_one_short_line(self):
        with pytest.raises(Overlong):
            put(a_cart(), a_variant(), label="x" * 41)
        assert put(a_cart(), a_variant(), label=" For\n\u202emother ").label == "For mother"

    def test_a_cart_that_went_meanwhile(self):
        cart = a_cart()
        Cart.objects.filter(pk=cart.pk).delete()
        with pytest.raises(CartGone):
            put(cart, a_variant())


class TestChanging:
    @pytest.mark.parametrize("quantity", [wrong for wrong in WRONG if wrong is not None])
    def test_only_whole_numbers_within_bounds(self, quantity):
        line = a_cart_line(quantity=3)
        with pytest.raises(WrongQuantity):
            changing.change(cart=line.cart, by=line.cart.member, line_id=line.pk, quantity=quantity)
        line.refresh_from_db()
        assert line.quantity == 3

    def test_a_line_of_another_cart_is_not_there(self):
        line, mine = a_cart_line(quantity=3), a_cart()
        with pytest.raises(NotThere):
            changing.change(cart=mine, by=mine.member, line_id=line.pk, quantity=9)
        removing.remove(cart=mine, line_id=line.pk)
        line.refresh_from_db()
        assert line.quantity == 3

    def test_what_comes_to_be_the_same_is_one_line(self):
        cart, variant = a_cart(), a_variant()
        first, second = put(cart, variant, 2), put(cart, variant, 3, label="Mother")

        left = changing.change(cart=cart, by=cart.member, line_id=second.pk, label="")

        assert (left.pk, lines(cart)) == (first.pk, [(5, "")])

    def test_two_full_lines_joined_stay_within_bounds(self):
        cart, variant = a_cart(), a_variant()
        put(cart, variant, MOST_OF_A_LINE)
        second = put(cart, variant, MOST_OF_A_LINE, label="Mother")

        changing.change(cart=cart, by=cart.member, line_id=second.pk, label="")

        assert lines(cart) == [(MOST_OF_A_LINE, "")]

    def test_specified_anew_it_costs_what_it_costs_now(self):
        cart, schema = a_cart(), a_schema(WOOD)
        line = put(cart, schema.product.variants.get(), specification={"wood": "oak"})

        changed = changing.change(cart=cart, by=cart.member, line_id=line.pk, specification={"wood": "walnut"})

        assert (changed.specification, changed.seen_price) == ({"wood": "walnut"}, 120_000)


class TestTakingOut:
    def test_again_is_no_fault(self):
        line = a_cart_line()
        for _again in range(2):
            removing.remove(cart=line.cart, line_id=line.pk)
        assert lines(line.cart) == []

    def test_what_cannot_be_bought_goes_and_what_is_too_many_stays(self):
        cart = a_cart()
        gone, many = a_cart_line(cart, a_variant()), a_cart_line(cart, quantity=101)
        fine = a_cart_line(cart)

        assert removing.remove_hindered(cart=cart) == 1
        assert set(CartLine.objects.filter(cart=cart)) == {many, fine}
        assert not CartLine.objects.filter(pk=gone.pk).exists()

    def test_what_was_bought_goes_and_what_was_added_meanwhile_stays(self):
        cart = a_cart()
        whole, part = a_cart_line(cart, quantity=2), a_cart_line(cart, quantity=5)

        removing.take_out_bought(member_id=cart.member_id, quantities={whole.pk: 2, part.pk: 3, uuid.uuid4(): 1})

        assert lines(cart) == [(2, "")]

    def test_all_of_it(self):
        cart = a_cart()
        a_cart_line(cart), a_cart_line(cart)
        removing.remove_all(cart=cart)
        assert lines(cart) == []


class TestSweeping:
    def test_guests_carts_go_after_thirty_days_and_members_stay(self):
        kept, member = opening.for_guest()[0], a_cart()
        old, secret = opening.for_guest()
        Cart.objects.filter(pk__in=[old.pk, member.pk]).update(
            changed_at=clock.now() - dt.timedelta(days=30, minutes=1)
        )

        assert expiring.sweep_guests() == 1
        assert set(Cart.objects.all()) == {kept, member}
        assert opening.of_guest(secret) is None
        assert expiring.sweep_guests() == 0
