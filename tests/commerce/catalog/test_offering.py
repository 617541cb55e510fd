"""Offering products: who may, what is refused, what follows (2.11, 2.12)."""

import pytest
from django.db import IntegrityError, transaction

from commerce.catalog.errors import (
    AddressTaken,
    NothingToSell,
    NotYourProduct,
    OptionsTaken,
    ProductRemoved,
    SkuTaken,
    UnknownOption,
    VendorNotOpen,
    WrongAttribute,
    WrongOptions,
)
from commerce.catalog.models import PricePoint, Product, ProductState, Variant
from commerce.catalog.offering import change_product, create_product, list_product, pause_product, remove_product
from commerce.catalog.variants import add, bring_back, change_price, make_matrix, missing, rename_sku, retire
from commerce.money import NoAmount
from commerce.vendors.models import VendorState
from community.foundation import counters
from community.foundation.problems import NotThere
from community.subjects.models import Steward
from tests.factories.catalog import a_product, a_shop, a_variant, an_attribute, seller_of
from tests.factories.members import a_member, a_team, an_operator
from tests.factories.subjects import a_category, a_subject

pytestmark = pytest.mark.django_db

SIZES = [{"name": "Size", "values": ["S", "M"]}, {"name": "Colour", "values": ["Red", "Blue"]}]


def test_a_new_product_is_a_draft_that_only_its_vendor_sees():
    shop = a_shop()
    subject = a_subject("Green thermos")
    product = create_product(by=seller_of(shop), vendor=shop, subject=subject, source="Keeps *tea* warm.")
    assert (product.title, product.category, product.state) == ("Green thermos", subject.category, "draft")
    assert (product.slug, product.html) == ("green-thermos", "<p>Keeps <em>tea</em> warm.</p>")
    assert not Product.objects.visible_to(None).exists()
    assert not Product.objects.visible_to(a_member()).exists()
    assert list(Product.objects.visible_to(seller_of(shop))) == [product]
    assert list(Product.objects.visible_to(an_operator())) == [product]


@pytest.mark.parametrize("role", ["clerk", None])
def test_only_owners_and_managers_of_the_vendor_may_offer(role):
    shop, someone = a_shop(), a_member()
    if role:
        shop.team.memberships.create(member=someone, role=role)
    with pytest.raises(NotYourProduct):
        create_product(by=someone, vendor=shop, subject=a_subject())
    assert not Product.objects.exists()


def test_staff_of_another_vendor_finds_a_draft_nowhere_and_may_change_nothing():
    product, listed = a_product(listed=False), a_product()
    rival = seller_of(a_shop())
    with pytest.raises(NotThere):
        change_product(by=rival, product=product, title="Mine now")
    for act in (list_product, pause_product, remove_product):
        with pytest.raises(NotYourProduct):
            act(by=rival, product=listed)
    with pytest.raises(NotYourProduct):
        change_price(by=rival, variant=listed.variants.get(), price=1)
    listed.refresh_from_db()
    assert (listed.state, listed.price) == ("listed", 10_000)


def test_two_products_of_one_title_have_two_addresses():
    first, second = a_product("Teapot"), a_product("Teapot")
    assert first.slug == "teapot"
    assert second.slug.startswith("teapot-")
    with pytest.raises(AddressTaken):
        a_product("Pot", slug="teapot")


def test_listing_counts_and_makes_the_team_steward():
    shop = a_shop()
    product = a_product(vendor=shop)
    shop.refresh_from_db()
    assert shop.product_count == 1
    assert Steward.objects.filter(subject=product.subject, team=shop.team).count() == 1
    list_product(by=seller_of(shop), product=product)
    pause_product(by=seller_of(shop), product=product)
    pause_product(by=seller_of(shop), product=product)
    shop.refresh_from_db()
    assert shop.product_count == 0
    assert Steward.objects.filter(team=shop.team).exists()
    remove_product(by=seller_of(shop), product=product)
    assert not Steward.objects.filter(team=shop.team).exists()
    assert not any(one.wrong().exists() for one in counters.all_counters() if one.field == "product_count")
    with pytest.raises(NotThere):
        list_product(by=seller_of(shop), product=product)
    with pytest.raises(ProductRemoved):
        list_product(by=an_operator(), product=product)


def test_without_a_variant_nothing_is_sold():
    product = a_product(price=None)
    with pytest.raises(NothingToSell):
        list_product(by=seller_of(product.vendor), product=product)
    with pytest.raises(IntegrityError, match="catalog_listed_has_price_and_day"), transaction.atomic():
        Product.objects.update(state=ProductState.LISTED)


def test_a_vendor_that_is_not_open_sells_nothing():
    shop = a_shop(state=VendorState.SUSPENDED, decision_reason="Unpaid fees")
    product = a_product(vendor=shop, listed=False)
    with pytest.raises(VendorNotOpen):
        list_product(by=seller_of(shop), product=product)


@pytest.mark.parametrize(
    "options",
    [
        [{"name": "", "values": ["S"]}],
        [{"name": "Size", "values": []}],
        [{"name": "Size", "values": ["S", "S "]}],
        [{"name": "Size", "values": ["x" * 61]}],
        [{"name": "Size", "values": ["S"]}, {"name": "Size", "values": ["M"]}],
        [{"name": str(number), "values": ["S"]} for number in range(4)],
        [{"name": "Size", "values": [str(number) for number in range(31)]}],
    ],
)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(WrongOptions):
        a_product(options=options)


def test_a_variant_has_one_value_of_each_option():
    product = a_product(options=SIZES, price=None)
    by = seller_of(product.vendor)
    for chosen in ({}, {"Size": "S"}, {"Size": "XL", "Colour": "Red"}, {"Size": "S", "Colour": "Red", "Cut": "A"}):
        with pytest.raises(UnknownOption):
            add(by=by, product=product, sku="A", price=1, options=chosen)
    add(by=by, product=product, sku="A", price=1, options={"Colour": "Red", "Size": "S"})
    with pytest.raises(SkuTaken):
        add(by=by, product=product, sku="A", price=1, options={"Size": "M", "Colour": "Red"})
    with pytest.raises(OptionsTaken):
        add(by=by, product=product, sku="B", price=1, options={"Size": "S", "Colour": "Red"})
    assert Variant.objects.get().label == "S · Red"


def test_another_vendor_may_use_the_same_sku():
    first = a_variant(sku="")
    second = a_variant(a_product(price=None), sku=first.sku)
    assert first.sku == second.sku
    with pytest.raises(SkuTaken):
        rename_sku(
            by=seller_of(first.vendor), variant=a_variant(a_product(vendor=first.vendor, price=None)), sku=first.sku
        )


def test_the_matrix_fills_what_is_missing():
    product = a_product(options=SIZES, price=5_000)
    assert len(list(missing(product))) == 3
    made = make_matrix(by=seller_of(product.vendor), product=product, price=7_000, stem="Tee")
    assert [one.sku for one in made] == ["TEE-S-BLUE", "TEE-M-RED", "TEE-M-BLUE"]
    assert list(missing(product)) == []
    product.refresh_from_db()
    assert product.price == 5_000


def test_options_in_use_stay():
    product = a_product(options=SIZES)
    by = seller_of(product.vendor)
    with pytest.raises(WrongOptions):
        change_product(by=by, product=product, options=[{"name": "Size", "values": ["M"]}])
    wider = [SIZES[0], {"name": "Colour", "values": ["Red", "Blue", "Green"]}]
    assert change_product(by=by, product=product, options=wider).version == 3
    assert len(list(missing(product.__class__.objects.get(pk=product.pk)))) == 5


def test_the_lowest_price_is_kept_and_the_history_only_grows(nobody_counts):
    product = a_product(options=[{"name": "Size", "values": ["S", "M"]}], price=9_000)
    by = seller_of(product.vendor)
    large = a_variant(product, price=12_000, Size="M")
    change_price(by=by, variant=large, price=8_000)
    change_price(by=by, variant=large, price=8_000)
    product.refresh_from_db()
    assert (product.price, product.available) == (8_000, True)
    assert list(PricePoint.objects.filter(variant=large).order_by("since").values_list("price", flat=True)) == [
        12_000,
        8_000,
    ]
    retire(by=by, variant=large)
    product.refresh_from_db()
    assert product.price == 9_000


@pytest.mark.parametrize("price", [-1, 10**13 + 1])
def test_a_price_that_is_none_is_refused(price):
    variant = a_variant()
    with pytest.raises(NoAmount):
        change_price(by=seller_of(variant.vendor), variant=variant, price=price)
    assert PricePoint.objects.count() == 1


def test_with_its_last_variant_a_product_leaves_the_shop():
    product = a_product()
    by = seller_of(product.vendor)
    variant = retire(by=by, variant=product.variants.get())
    product.refresh_from_db()
    assert (product.state, product.price, product.available) == ("paused", None, False)
    bring_back(by=by, variant=variant)
    product.refresh_from_db()
    assert (product.state, product.price) == ("paused", 10_000)


def test_attributes_are_those_of_the_category_and_above():
    above = a_category("clothes")
    below = a_category("shirts", parent=above)
    an_attribute(above)
    an_attribute(below, "weight", kind="number", unit="g")
    an_attribute(below, "washable", kind="yes_no")
    given = {"colour": "Red", "weight": 120, "washable": True}
    assert a_product(category=below, attributes={**given}).attributes == given
    for wrong in ({"colour": "Green"}, {"weight": "heavy"}, {"weight": True}, {"washable": "yes"}, {"smell": "good"}):
        with pytest.raises(WrongAttribute):
            a_product(category=below, attributes=wrong)
    with pytest.raises(WrongAttribute):
        a_product(category=above, attributes={"weight": 120})


def test_moving_to_another_category_drops_what_it_does_not_know():
    category = a_category()
    an_attribute(category)
    product = a_product(category=category, attributes={"colour": "Red"})
    changed = change_product(by=seller_of(product.vendor), product=product, category=a_category())
    assert changed.attributes == {}


def test_staff_of_two_vendors_changes_each_in_its_own_name():
    member = a_member()
    first, second = a_shop(owner=member), a_shop()
    second.team.memberships.create(member=member, role="manager")
    assert a_team(member) not in (first.team, second.team)
    mine, theirs = a_product(vendor=first), a_product(vendor=second)
    assert change_product(by=member, product=mine, title="One").title == "One"
    assert change_product(by=member, product=theirs, title="Two").title == "Two"
