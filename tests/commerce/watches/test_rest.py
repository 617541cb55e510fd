"""Watches over REST, and products side by side (2.16, 2.51)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.catalog import offering
from commerce.watches.models import Watch
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member, with_token
from tests.factories.stock import a_stock
from tests.factories.watches import a_watch

pytestmark = pytest.mark.django_db
LIST = "/api/v1/watches/"
ENGLISH = {"Accept-Language": "en"}


def send(client, method, address, member, body=None, scopes="orders"):
    given = {"content_type": "application/json", "headers": with_token(member, scopes)}
    return getattr(client, method)(address, body, **given)


def code_of(reply):
    return [(error["code"], error["attr"]) for error in reply.json()["errors"]]


def test_it_is_begun_read_changed_and_ended(client):
    member, product = a_member(), a_product("A kettle", price=12_000)
    made = send(client, "post", LIST, member, {"product": product.slug, "target_price": "9000"})
    assert made.status_code == 201, made.content
    body = made.json()
    expected = {
        "product": product.slug,
        "title": "A kettle",
        "variant": None,
        "back_in_stock": False,
        "price_fall": True,
        "target_price": "9000",
        "known_price": "12000",
        "price": "12000",
        "currency": "KRW",
        "in_stock": False,
        "told_at": None,
        "url": product.get_absolute_url(),
    }
    assert {name: body[name] for name in expected} == expected
    address = f"{LIST}{body['id']}/"
    changed = send(client, "patch", address, member, {"back_in_stock": True, "target_price": None})
    assert changed.status_code == 200, changed.content
    assert (changed.json()["back_in_stock"], changed.json()["target_price"]) == (True, None)
    assert send(client, "get", address, member).json() == changed.json()
    assert send(client, "get", f"{LIST}?product={product.slug}", member).json()["results"] == [changed.json()]
    for _time in range(2):
        assert send(client, "delete", address, member).status_code == 204
    assert send(client, "get", address, member).status_code == 404


def test_without_a_wish_both_are_watched_for(client):
    variant = a_stock(3).variant
    made = send(client, "post", LIST, a_member(), {"product": variant.product.slug, "variant": str(variant.pk)}).json()
    assert (made["back_in_stock"], made["price_fall"], made["in_stock"]) == (True, True, True)
    assert (made["variant"], made["url"]) == (
        str(variant.pk),
        f"{variant.product.get_absolute_url()}?variant={variant.pk}",
    )


def test_the_same_again_is_409_and_one_watch(client):
    watch = a_watch()
    reply = send(client, "post", LIST, watch.member, {"product": watch.product.slug})
    assert (reply.status_code, code_of(reply)) == (409, [("already_done", None)])
    assert Watch.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({"back_in_stock": False, "price_fall": False}, "nothing_watched", "back_in_stock"),
        ({"price_fall": False, "back_in_stock": True, "target_price": "5"}, "no_price_fall", "target_price"),
        ({"target_price": "10000"}, "target_not_below_price", "target_price"),
        ({"target_price": "-1"}, "invalid_amount", "target_price"),
        ({"target_price": "1.5"}, "invalid_amount", "target_price"),
        ({"target_price": "9" * 40}, "invalid_amount", "target_price"),
        ({"variant": "019a0000-0000-7000-8000-000000000000"}, "does_not_exist", "variant"),
        ({"variant": "S"}, "invalid", "variant"),
        ({"price_fall": "maybe"}, "invalid", "price_fall"),
        ({"member": "1"}, "unknown_field", "member"),
    ],
)
def test_what_cannot_be_is_400_by_its_field_and_makes_nothing(client, body, code, attr):
    reply = send(client, "post", LIST, a_member(), {"product": a_product().slug, **body})
    assert (reply.status_code, code_of(reply)) == (400, [(code, attr)])
    assert not Watch.objects.exists()


def test_what_is_not_on_sale_is_404(client):
    product = a_product(listed=False)
    for slug in (product.slug, "no-such-thing"):
        assert send(client, "post", LIST, a_member(), {"product": slug}).status_code == 404
    assert send(client, "post", LIST, seller_of(product.vendor), {"product": product.slug}).status_code == 404


def test_watches_of_others_do_not_exist(client):
    watch, stranger = a_watch(), a_member()
    address = f"{LIST}{watch.pk}/"
    assert send(client, "get", address, stranger).status_code == 404
    assert send(client, "patch", address, stranger, {"price_fall": False}).status_code == 404
    assert send(client, "delete", address, stranger).status_code == 204
    assert send(client, "get", LIST, stranger).json()["results"] == []
    assert Watch.objects.get() == watch


def test_what_went_off_sale_is_not_listed_but_may_be_ended(client):
    watch = a_watch()
    offering.pause_product(by=seller_of(watch.product.vendor), product=watch.product)
    address = f"{LIST}{watch.pk}/"
    assert send(client, "get", LIST, watch.member).json()["results"] == []
    assert send(client, "get", address, watch.member).status_code == 404
    assert send(client, "patch", address, watch.member, {"price_fall": False}).status_code == 404
    assert send(client, "delete", address, watch.member).status_code == 204
    assert not Watch.objects.exists()


def test_guests_and_tokens_without_the_scope_are_refused(client):
    assert client.get(LIST).status_code == 401
    assert send(client, "get", LIST, a_member(), scopes="read write vendor").status_code == 403


def test_lists_cost_the_same_at_one_row_and_at_twenty(client):
    member, counted = a_member(), []
    headers = with_token(member, "orders")
    for more in (1, 19):
        for number in range(more):
            product = a_product(options=[{"name": "Size", "values": ["S"]}])
            a_watch(member, product, product.variants.get() if number % 2 == 0 else None)
        client.get(LIST, headers=headers)
        with CaptureQueriesContext(connection) as queries:
            found = client.get(LIST, headers=headers).json()["results"]
        counted.append((len(queries), len(found)))
    assert counted == [(counted[0][0], 1), (counted[0][0], 20)]


def test_products_stand_side_by_side_in_words(client):
    one, other = a_product("One", price=5_000), a_product("Other", price=7_000, warranty_months=12)
    hidden = a_product(listed=False)
    reply = client.get(
        f"/api/v1/products/compare/?products={other.slug},{one.slug},{hidden.slug},none", headers=ENGLISH
    )
    assert reply.status_code == 200, reply.content
    body = reply.json()
    assert [(row["slug"], row["price"]) for row in body["products"]] == [(other.slug, "7000"), (one.slug, "5000")]
    lines = {line["name"]: (line["values"], line["differs"]) for line in body["lines"]}
    assert lines["Months of warranty"] == (["12", "–"], True)
    assert lines["Days to return"] == (["7", "7"], False)


@pytest.mark.parametrize("asked", ["", ",", "a,b,c,d,e", "x" * 501])
def test_a_comparison_of_none_or_of_more_than_four_is_400(client, asked):
    reply = client.get("/api/v1/products/compare/", {"products": asked})
    assert (reply.status_code, reply.json()["errors"][0]["attr"]) == (400, "products")


def test_a_price_in_time_is_told_with_the_product(client):
    variant = a_variant(price=10_000)
    points = client.get(f"/api/v1/products/{variant.product.slug}/").json()["price_history"]
    assert [(row["variant"], row["price"], row["currency"]) for row in points] == [(str(variant.pk), "10000", "KRW")]
