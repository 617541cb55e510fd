"""Two desks at one product: prices, SKUs, the vendor's count (2.12, rule 2.0)."""

import pytest

from commerce.catalog import offering, variants
from commerce.catalog.errors import SkuTaken
from commerce.catalog.models import PricePoint, Product, Variant
from commerce.catalog.offering import list_product
from commerce.catalog.variants import add, change_price
from community.foundation import counters
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_desks_that_change_one_price_leave_both_points_and_the_last_price():
    variant = a_variant(price=10_000)
    by = seller_of(variant.vendor)
    prices = (7_000, 8_000, 9_000, 11_000)
    assert all_went_well(
        race(*[lambda price=price: change_price(by=by, variant=variant, price=price) for price in prices])
    )
    points = list(PricePoint.objects.order_by("since", "id").values_list("price", flat=True))
    assert sorted(points) == [7_000, 8_000, 9_000, 10_000, 11_000]
    variant.refresh_from_db()
    assert Product.objects.get().price == variant.price


def test_the_lowest_price_is_true_whichever_variant_changes_last():
    product = a_product(options=[{"name": "Size", "values": ["S", "M", "L"]}], price=10_000)
    by = seller_of(product.vendor)
    rows = [product.variants.get(), a_variant(product, Size="M"), a_variant(product, Size="L")]
    for low in range(1_000, 6_000, 1_000):
        acts = [
            lambda row=row, price=low + at: change_price(by=by, variant=row, price=price) for at, row in enumerate(rows)
        ]
        assert all_went_well(race(*acts))
        assert Product.objects.get().price == low


def test_one_sku_at_once_from_two_desks_is_one_variant(monkeypatch):
    shop = a_shop()
    by = seller_of(shop)
    first, second = a_product(vendor=shop, price=None), a_product(vendor=shop, price=None)
    meeting = meet_before(monkeypatch, variants, "_save")
    outcomes = race(
        lambda: add(by=by, product=first, sku="SAME", price=1_000),
        lambda: add(by=by, product=second, sku="SAME", price=1_000),
    )
    assert meeting.happened
    assert [type(one.raised) for one in outcomes if one.raised] == [SkuTaken]
    assert Variant.objects.filter(sku="SAME").count() == PricePoint.objects.count() == 1


def test_one_click_twice_lists_once():
    product = a_product(listed=False)
    by = seller_of(product.vendor)
    assert all_went_well(race(*[lambda: list_product(by=by, product=product)] * 4))
    product.vendor.refresh_from_db()
    assert product.vendor.product_count == 1
    assert not any(one.wrong().exists() for one in counters.all_counters() if one.field == "product_count")


def test_without_the_products_lock_the_vendor_would_be_counted_twice(monkeypatch):
    product = a_product(listed=False)
    by = seller_of(product.vendor)
    plain = Product.objects.select_related("vendor", "subject", "category")
    monkeypatch.setattr(offering, "product_for_change", lambda *, by, product_id: plain.get(pk=product_id))
    meeting = meet_before(monkeypatch, offering.clock, "now")
    race(*[lambda: list_product(by=by, product=product)] * 2)
    product.vendor.refresh_from_db()
    assert meeting.happened
    assert product.vendor.product_count == 2
