"""The vendor's pages at the desk: making a product by forms alone, tables in and out, nothing of another vendor (2.12, 2.15)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from commerce.catalog.models import Product, Variant
from tests.factories.catalog import a_product, a_shop, a_variant, an_attribute, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.subjects import a_subject
from tests.factories.uploads import a_file

pytestmark = pytest.mark.django_db
TERMS = {"tax_rate": "1000", "warranty_months": "0", "return_days": "7"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def in_english(member) -> Client:
    browser = logged_in(member)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def own_queries(browser: Client, address: str) -> int:
    """How many go to the market's tables; the frame asks for its own once in a while."""
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return sum('"commerce_' in query["sql"] for query in found)


def at(name: str, *arguments: object) -> str:
    return reverse(f"desk:commerce_catalog_{name}", args=arguments)


def test_a_product_is_made_described_filled_and_listed_by_forms_alone():
    shop = a_shop()
    browser, subject = in_english(seller_of(shop)), a_subject("Linen shirt")
    an_attribute(subject.category)
    said = {**TERMS, "title": "Linen shirt", "category": subject.category_id, "kind": "goods"}
    browser.post(at("product_add"), {**said, "about": subject.slug, "options_text": "Size: S, M\n"})
    product = Product.objects.get()
    assert (product.vendor, product.subject, product.state) == (shop, subject, "draft")
    browser.post(
        at("product_change", product.pk), {**said, "options_text": "Size: S, M, L", "attributes_text": "colour: Red"}
    )
    product.refresh_from_db()
    assert (product.attributes, product.options) == ({"colour": "Red"}, [{"name": "Size", "values": ["S", "M", "L"]}])
    browser.post(at("variant_add"), {"product": product.pk, "sku": "L-S", "amount": "39,000", "options_text": "Size=S"})
    browser.post(at("product_changelist"), {"action": "make_matrix", "_selected_action": [product.pk]})
    browser.post(at("product_changelist"), {"action": "put_on_sale", "_selected_action": [product.pk]})
    product.refresh_from_db()
    assert (product.state, product.price, product.variants.count()) == ("listed", 39_000, 3)
    variant = Variant.objects.get(sku="L-S")
    browser.post(at("variant_change", variant.pk), {"sku": "L-SMALL", "amount": "35000"})
    variant.refresh_from_db()
    assert (variant.sku, variant.price, variant.price_points.count()) == ("L-SMALL", 35_000, 2)
    picture = SimpleUploadedFile("shirt.jpg", a_file().read())
    browser.post(at("picture_add"), {"product": product.pk, "file": picture, "alt": "The shirt, from the front"})
    assert product.pictures.get().alt == "The shirt, from the front"


def test_what_an_act_refuses_is_shown_on_the_form():
    variant = a_variant()
    browser = in_english(seller_of(variant.vendor))
    reply = browser.post(at("variant_change", variant.pk), {"sku": variant.sku, "amount": "-5"})
    assert "That is no amount of money" in reply.content.decode()
    other = a_variant(a_product(vendor=variant.vendor, price=None))
    reply = browser.post(at("variant_change", variant.pk), {"sku": other.sku, "amount": "5"})
    assert "You use this SKU for another variant already" in reply.content.decode()


def test_another_vendors_rows_are_nowhere_at_the_desk():
    theirs = a_variant()
    browser = in_english(seller_of(a_shop()))
    assert theirs.sku not in browser.get(at("variant_changelist")).content.decode()
    assert browser.get(at("variant_change", theirs.pk)).status_code == 302
    browser.post(at("variant_change", theirs.pk), {"sku": "MINE", "amount": "1"})
    browser.post(at("product_changelist"), {"action": "remove", "_selected_action": [theirs.product_id]})
    theirs.refresh_from_db()
    assert (theirs.sku != "MINE", theirs.product.state) == (True, "listed")
    browser.post(at("variant_add"), {"product": theirs.product_id, "sku": "X", "amount": "1", "options_text": ""})
    assert Variant.objects.count() == 1
    assert theirs.sku not in browser.get(at("product_export", "csv")).content.decode()


def test_a_table_is_looked_at_then_taken_in():
    shop = a_shop()
    browser = in_english(seller_of(shop))
    table = io.BytesIO(b"subject,title,sku,price\none,One,A,1000\n,Two,B,1\n")
    table.name = "products.csv"
    html = browser.post(at("product_import"), {"file": table}).content.decode()
    assert "1 new, 0 known by their SKU, 1 would be refused" in html
    assert "“subject” may hold letters" in html
    assert not Product.objects.exists()
    html = browser.post(at("product_import"), {"confirm": "1"}).content.decode()
    assert "1 new, 0 with a new price, 0 unchanged, 1 refused" in html
    assert Product.objects.get().vendor == shop
    reply = browser.post(at("product_import"), {"confirm": "1"}, follow=True)
    assert "The table is no longer here" in reply.content.decode()
    assert "One" in browser.get(at("product_export", "csv")).content.decode("utf-8-sig")
    assert browser.get(at("product_export", "xlsx")).content[:2] == b"PK"
    assert browser.get(at("product_export", "exe")).status_code == 404


@pytest.mark.parametrize("name", ["product_import", "product_changelist", "variant_changelist", "picture_changelist"])
def test_a_clerk_does_not_change_the_shop(name):
    shop, clerk = a_shop(), a_member()
    shop.team.memberships.create(member=clerk, role="clerk")
    assert in_english(clerk).get(at(name)).status_code in (403, 404)


def test_lists_ask_the_same_number_of_queries_at_one_row_and_at_twenty():
    shop = a_shop()
    browser = in_english(seller_of(shop))
    for name in ("product_changelist", "variant_changelist"):
        a_product(vendor=shop)
        at_one = own_queries(browser, at(name))
        for _ in range(19):
            a_product(vendor=shop)
        assert own_queries(browser, at(name)) == at_one
