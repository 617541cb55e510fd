"""Numbers of variants over REST: everyone reads `available`, the vendor reads and sets `on_hand` (2.19, 2.20)."""

import pytest

from commerce.stock import holding
from tests.factories.catalog import a_shop, seller_of
from tests.factories.members import with_token
from tests.factories.stock import a_source, a_stock, numbers, soon, wanted

pytestmark = pytest.mark.django_db


def read(client, stock, **headers):
    product = client.get(f"/api/v1/products/{stock.variant.product.slug}/", headers=headers).json()
    [variant] = product["variants"]
    return variant["available"], variant["on_hand"]


def patch(client, stock, body, by=None):
    headers = with_token(by or seller_of(stock.variant.product.vendor), "vendor read")
    return client.patch(f"/api/v1/variants/{stock.variant_id}/", body, content_type="application/json", headers=headers)


def test_everyone_reads_what_is_available_and_only_staff_what_is_on_hand(client):
    stock = a_stock(10)
    holding.hold(lines=wanted((stock, 4)), source=a_source(), until=soon())
    assert read(client, stock) == (6, None)
    assert read(client, stock, **with_token(seller_of(stock.variant.product.vendor), "read")) == (6, 10)


def test_the_count_is_set_and_the_variant_replied(client):
    stock = a_stock(10)
    reply = patch(client, stock, {"price": "12000", "on_hand": 3})
    assert reply.status_code == 200
    assert (reply.json()["price"], reply.json()["available"], reply.json()["on_hand"]) == ("12000", 3, 3)


def test_below_what_is_held_is_409_and_the_price_stays(client):
    stock = a_stock(10)
    holding.hold(lines=wanted((stock, 4)), source=a_source(), until=soon())
    reply = patch(client, stock, {"price": "12000", "on_hand": 3})
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (409, "stock_held")
    stock.variant.refresh_from_db()
    assert (numbers(stock), stock.variant.price) == ((10, 4, 6), 10_000)


@pytest.mark.parametrize("on_hand", [-1, 1.5, "many", 1_000_000, 10**30, True])
def test_numbers_that_are_none_are_400(client, on_hand):
    stock = a_stock(10)
    assert patch(client, stock, {"on_hand": on_hand}).status_code == 400
    assert numbers(stock) == (10, 0, 10)


def test_strangers_set_nothing(client):
    stock = a_stock(10)
    assert patch(client, stock, {"on_hand": 1}, by=seller_of(a_shop())).status_code == 403
    assert numbers(stock) == (10, 0, 10)
