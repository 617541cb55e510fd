"""The shop in the browser: list, filters with counts, product, comparison, the subject's page (2.11, 2.12, 2.16, 2.42)."""

import io
import itertools
import json
import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commerce.catalog import downloading, facets, registering
from commerce.catalog.facets import facets_of
from commerce.catalog.filters import Filters, from_query
from commerce.catalog.offering import pause_product
from commerce.catalog.picturing import add_picture, remove_picture, reorder
from commerce.catalog.variants import change_price
from community.foundation import near
from community.foundation.problems import NotThere
from tests.factories.catalog import a_product, a_shop, a_variant, an_attribute, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.subjects import a_category, a_subject
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
_numbers = itertools.count()


@pytest.fixture(autouse=True)
def _nothing_kept_and_in_english():
    cache.clear()
    with translation.override("en"):
        yield


def page(address: str, member=None) -> str:
    reply = logged_in(member).get(address, headers={"Accept-Language": "en"})
    assert reply.status_code == 200, address
    return reply.content.decode()


def titles(address: str) -> list[str]:
    return re.findall(r'goods-title">([^<]*)<', page(address))


def test_an_empty_shop_invites_to_what_members_say():
    assert "/subjects/" in page("/shop/")


def test_the_list_is_ordered_and_narrowed():
    above = a_category("kitchen")
    pots = a_category("pots", parent=above)
    an_attribute(above)
    cheap = a_product("Cheap pot", category=pots, price=8_000, attributes={"colour": "Red"})
    a_product("Dear pot", category=pots, price=45_000, attributes={"colour": "Blue"}, vendor=cheap.vendor)
    a_product("Kettle", category=above, price=20_000)
    a_product("Shirt", price=20_000)
    assert titles("/shop/") == ["Shirt", "Kettle", "Dear pot", "Cheap pot"]
    assert titles("/shop/?order=price&category=kitchen") == ["Cheap pot", "Kettle", "Dear pot"]
    assert titles("/shop/?order=price_down&category=pots") == ["Dear pot", "Cheap pot"]
    assert titles("/shop/?min_price=10,000&max_price=30000") == ["Shirt", "Kettle"]
    assert titles(f"/shop/?vendor={cheap.vendor.slug}&max_price=9000") == ["Cheap pot"]
    assert titles("/shop/?category=kitchen&a-colour=Red") == ["Cheap pot"]
    assert titles("/shop/?category=kitchen&a-colour=Red&a-colour=Blue&order=price") == ["Cheap pot", "Dear pot"]
    assert titles("/shop/?category=no-such-category") == titles("/shop/")
    assert titles(f"/shop/?subject={cheap.subject.slug}") == ["Cheap pot"]


def test_korean_words_find_products_with_and_without_particles():
    a_product("옹기 김치통", summary="숨 쉬는 항아리")
    a_product("나무 도시락")
    assert titles("/shop/?q=김치통을") == ["옹기 김치통"]
    assert titles("/shop/?q=항아리") == ["옹기 김치통"]
    assert titles("/shop/?q=냄비") == []
    assert quote("옹기-김치통") in page("/search/?q=김치통&kind=product")


def test_a_vendors_page_shows_what_it_sells_and_nothing_of_others():
    cup = a_product("Cup")
    a_product("Draft", vendor=cup.vendor, listed=False)
    a_product("Of another")
    html = page(cup.vendor.get_absolute_url())
    assert (cup.get_absolute_url() in html, "Draft" in html, "Of another" in html) == (True, False, False)
    assert f'href="/shop/?vendor={cup.vendor.slug}"' in html


@pytest.mark.parametrize("query", ["order=best", "min_price=-1", "max_price=1.5", "cursor=nonsense", f"q={'x' * 201}"])
def test_a_query_that_makes_no_sense_is_refused(query):
    assert Client().get(f"/shop/?{query}").status_code in (400, 413)


def test_each_group_counts_without_its_own_filter():
    category = a_category("cups")
    an_attribute(category)
    shop = a_shop("Dure")
    for price, colour in ((5_000, "Red"), (6_000, "Blue"), (20_000, "Red"), (200_000, "Red")):
        a_product(category=category, price=price, attributes={"colour": colour}, vendor=shop)
    a_product(category=category, price=5_500, attributes={"colour": "Blue"})
    found = facets_of(Filters(category="cups", max_price=9_999, attributes={"colour": ("Red",)}))
    numbers = {group.title: [(one.label, one.number, one.chosen) for one in group.choices] for group in found.groups}
    assert found.total == 1
    assert [one.number for one in found.categories if one.chosen] == [1]
    assert numbers["Colour"] == [("Red", 1, True), ("Blue", 2, False)]
    assert [number for _label, number, _chosen in numbers["Price"]] == [1, 1, 1]
    assert numbers["Price"][0][2] is True
    assert facets_of(Filters(category="cups")).groups[1].choices[0].number == 4


def test_beyond_the_cap_nobody_counts_on(monkeypatch, nobody_counts):
    monkeypatch.setattr(facets, "CAP", 2)
    for _ in range(4):
        a_product()
    found = facets_of(Filters())
    assert (found.total, found.capped, found.available.capped) == (3, True, True)
    assert "10,000+" in page("/shop/")


def test_the_address_of_filters_leads_back_to_them():
    filters = Filters(
        words="컵",
        category="cups",
        min_price=500,
        available=True,
        attributes={"colour": ("Red", "Blue")},
        order="price",
    )
    assert from_query(QueryDict(filters.query[1:])) == filters
    assert filters.toggled("colour", "Red").attributes == {"colour": ("Blue",)}
    assert filters.toggled("colour", "Red").toggled("colour", "Blue").attributes == {}


def test_a_list_asks_the_same_number_of_queries_at_one_row_and_at_twenty(nobody_counts):
    category = a_category("cups")
    an_attribute(category)
    address = "/shop/?category=cups&min_price=100&max_price=30000&available=1"
    a_product(category=category, attributes={"colour": "Red"})
    number_of_queries(Client(), address)
    at_one = number_of_queries(Client(), address)
    for _ in range(19):
        add_picture_to(a_product(category=category, attributes={"colour": "Blue"}))
    assert number_of_queries(Client(), address) == at_one
    assert at_one == 7


def add_picture_to(product, **fields):
    by = seller_of(product.vendor)
    return add_picture(by=by, product=product, upload_id=an_upload(owner=by).pk, **fields)


def test_a_product_page_shows_price_options_and_who_sells_it():
    product = a_product(
        "Linen shirt", options=[{"name": "Size", "values": ["S", "M", "L"]}], price=39_000, source="Woven *here*."
    )
    medium = a_variant(product, price=42_000, Size="M")
    html = page(product.get_absolute_url())
    assert "₩39,000" in html
    assert "<em>here</em>" in html
    assert product.vendor.name in html
    assert f'href="?variant={medium.pk}"' in html
    chosen = page(f"{product.get_absolute_url()}?variant={medium.pk}")
    assert "<strong>₩42,000</strong>" in chosen
    assert "<strong>₩39,000</strong>" in page(f"{product.get_absolute_url()}?variant=nonsense")


def test_a_variant_chosen_shows_its_own_pictures_first():
    product = a_product(options=[{"name": "Size", "values": ["S", "M"]}])
    medium = a_variant(product, Size="M")
    common = add_picture_to(product, alt="Front")
    own = add_picture_to(product, alt="Medium worn", variant=medium)
    first = page(product.get_absolute_url())
    assert "Medium worn" not in first
    assert first.index("Front") > 0
    chosen = page(f"{product.get_absolute_url()}?variant={medium.pk}")
    assert re.search(r'gallery-front" href="[^"]*"><img[^>]*alt="([^"]*)"', chosen).group(1) == "Medium worn"
    asked = page(f"{product.get_absolute_url()}?variant={medium.pk}&picture={common.pk}")
    assert re.search(r'gallery-front" href="[^"]*"><img[^>]*alt="([^"]*)"', asked).group(1) == "Front"
    by = seller_of(product.vendor)
    reorder(by=by, product=product, ids=[own.pk, common.pk])
    assert list(product.pictures.values_list("alt", flat=True)) == ["Medium worn", "Front"]
    remove_picture(by=by, picture=own)
    assert list(product.pictures.values_list("alt", flat=True)) == ["Front"]


def test_the_price_in_time_is_drawn_and_told():
    product = a_product(price=10_000)
    assert "sparkline" not in page(product.get_absolute_url())
    change_price(by=seller_of(product.vendor), variant=product.variants.get(), price=8_000)
    html = page(product.get_absolute_url(), a_member())
    assert "sparkline" in html
    assert re.findall(r'<td class="number">([^<]*)<', html) == ["₩8,000", "₩10,000"]


def test_machines_are_told_offers_and_score(nobody_counts):
    product = a_product("Tea </script><b>", summary="A & B", price=12_000)
    html = page(product.get_absolute_url())
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))
    assert (told["@type"], told["name"]) == ("Product", "Tea </script><b>")
    assert [(one["price"], one["priceCurrency"], one["availability"]) for one in told["offers"]] == [
        ("12000", "KRW", "https://schema.org/InStock")
    ]
    assert '<meta property="og:title" content="Tea &lt;/script&gt;&lt;b&gt;">' in html


def test_sold_out_is_said_in_words(monkeypatch):
    monkeypatch.setitem(registering._availability, "stock", lambda: Q(sku="NONE"))
    product = a_product("Gone")
    assert product.available is False
    assert "Sold out" in page(product.get_absolute_url())
    assert titles("/shop/?available=1") == []
    assert a_product("Song", kind="digital").available is True


def test_a_paused_product_is_gone_for_all_but_its_vendor():
    product = a_product()
    owner = seller_of(product.vendor)
    pause_product(by=owner, product=product)
    assert Client().get(product.get_absolute_url()).status_code == 404
    assert logged_in(a_member()).get(product.get_absolute_url()).status_code == 404
    assert "Only its vendor sees this page" in page(product.get_absolute_url(), owner)
    assert titles("/shop/") == []


def test_a_subjects_page_compares_who_sells_it():
    subject = a_subject("Thermos")
    dear = a_product("Dear one", subject=subject, price=30_000)
    cheap = a_product("Cheap one", subject=subject, price=20_000)
    a_product("A draft", subject=subject, price=1, listed=False)
    html = page(subject.get_absolute_url())
    assert html.index(cheap.vendor.name) < html.index(dear.vendor.name)
    assert "₩20,000" in html
    assert "A draft" not in html
    assert "Who sells it" not in page(a_subject().get_absolute_url())
    other = page(cheap.get_absolute_url())
    assert "Dear one" in other


def test_up_to_four_stand_side_by_side():
    category = a_category()
    an_attribute(category)
    an_attribute(category, "weight", kind="number", unit="g")
    made = [
        a_product(
            f"Cup {number}", category=category, price=number * 1_000, attributes={"colour": "Red", "weight": number}
        )
        for number in range(1, 6)
    ]
    draft = a_product("Draft", listed=False)
    html = page("/shop/compare/?products=" + ",".join(one.slug for one in [draft, *made]))
    assert [title in html for title in ("Draft", "Cup 1", "Cup 4", "Cup 5")] == [False, True, True, False]
    assert "4 g" in html
    assert re.findall(r'<tr class="differs"><th scope="row">([^<]*)<', html) == ["Weight"]
    assert "Nothing to compare yet" in page("/shop/compare/?products=nothing")


def test_files_are_for_the_vendor_and_those_who_bought(monkeypatch):
    product = a_product("A pattern", kind="digital")
    owner, buyer, stranger = seller_of(product.vendor), a_member(), a_member()
    file = downloading.add_file(by=owner, product=product, file=io.BytesIO(b"PDF"), name="../pattern\u202e.pdf", size=3)
    monkeypatch.setitem(registering._buyers, "orders", lambda member, product_id: member == buyer)
    address = f"{product.get_absolute_url()}files/{file.pk}/"
    for member in (owner, buyer):
        reply = logged_in(member).get(address)
        assert b"".join(reply.streaming_content) == b"PDF"
        assert reply["Content-Disposition"] == 'attachment; filename="pattern.pdf"'
    assert logged_in(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert "pattern.pdf" in page(product.get_absolute_url(), buyer)
    assert "pattern.pdf" not in page(product.get_absolute_url(), stranger)
    downloading.remove_file(by=owner, file=file)
    with pytest.raises(NotThere):
        downloading.find_file(product.slug, file.pk or product.pk, owner)


def test_only_digital_products_have_files():
    product = a_product()
    with pytest.raises(downloading.NotDigital):
        downloading.add_file(by=seller_of(product.vendor), product=product, file=io.BytesIO(b"x"), name="x", size=1)
    digital = a_product(kind="digital")
    with pytest.raises(downloading.FileTooLarge):
        downloading.add_file(
            by=seller_of(digital.vendor), product=digital, file=io.BytesIO(b"x"), name="x", size=downloading.LARGEST + 1
        )
    assert downloading.files_for(digital, AnonymousUser()) == []


def test_a_product_page_asks_the_same_number_of_queries_whatever_it_has():
    product = a_product(options=[{"name": "Size", "values": ["S", "M", "L"]}])
    browser, address = logged_in(a_member()), product.get_absolute_url()
    add_picture_to(product)
    a_product(subject=product.subject)
    number_of_queries(browser, address)
    near.forget_all()
    before = number_of_queries(browser, address)
    for size in ("M", "L"):
        a_variant(product, Size=size)
        add_picture_to(product)
        a_product(subject=product.subject)
    near.forget_all()
    assert number_of_queries(browser, address) == before


def number_of_queries(browser, address: str) -> int:
    """How many a page asks of the market and its categories; the frame asks for its own once in a while."""
    fresh = f"{address}{'&' if '?' in address else '?'}fresh={next(_numbers)}"
    with CaptureQueriesContext(connection) as found:
        assert browser.get(fresh).status_code == 200
    return sum('"commerce_' in one["sql"] or "_subjects_category" in one["sql"] for one in found)
