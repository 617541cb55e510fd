"""Once more with one click (2.27)."""

import pytest
from django.test import Client
from django.utils import translation

from commerce.cart.models import CartLine
from commerce.catalog.offering import pause_product
from commerce.catalog.variants import change_price
from commerce.orders import reordering
from commerce.orders.errors import NothingToReorder, NotYourOrder
from community.foundation.problems import NotThere
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.orders import a_purchase, an_order
from tests.factories.quotes import an_asked
from tests.factories.specifications import VALUES, a_schema

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def in_cart(member):
    return {(line.variant_id, line.quantity, line.seen_price) for line in CartLine.objects.filter(cart__member=member)}


def test_its_goods_go_into_the_cart_at_the_prices_of_today():
    shop = a_shop()
    lamp, cup = (a_product(title, vendor=shop).variants.get() for title in ("Moon lamp", "Cup"))
    order = an_order((lamp, 2), cup)
    change_price(by=seller_of(shop), variant=cup, price=12_000)
    again = reordering.reorder(by=order.purchase.member, order_id=order.pk)
    assert (again.added, again.refused) == (["Moon lamp", "Cup"], [])
    assert in_cart(order.purchase.member) == {(lamp.pk, 2, 10_000), (cup.pk, 1, 12_000)}


def test_what_is_made_to_order_is_made_as_it_was():
    schema = a_schema()
    order = an_order(an_asked(schema.product.variants.get(), schema=schema, specification=VALUES, label="Mina"))
    reordering.reorder(by=order.purchase.member, order_id=order.pk)
    line = CartLine.objects.get()
    assert (line.specification, line.schema, line.label) == (VALUES, schema, "Mina")


def test_what_can_no_longer_be_bought_is_said_and_the_rest_is_in_the_cart():
    shop = a_shop()
    lamp, cup = (a_product(title, vendor=shop).variants.get() for title in ("Moon lamp", "Cup"))
    order = an_order(lamp, cup)
    pause_product(by=seller_of(shop), product=lamp.product)
    again = reordering.reorder(by=order.purchase.member, order_id=order.pk)
    assert again.added == ["Cup"]
    assert [(one.title, bool(one.why)) for one in again.refused] == [("Moon lamp", True)]


def test_when_nothing_is_left_to_buy_nothing_changes():
    order = an_order()
    pause_product(by=seller_of(order.vendor), product=order.lines.get(kind="item").product)
    with pytest.raises(NothingToReorder) as nothing:
        reordering.reorder(by=order.purchase.member, order_id=order.pk)
    assert len(nothing.value.refused) == 1
    assert in_cart(order.purchase.member) == set()


def test_only_the_buyer_orders_once_more():
    order = an_order()
    with pytest.raises(NotYourOrder):
        reordering.reorder(by=seller_of(order.vendor), order_id=order.pk)
    with pytest.raises(NotThere):
        reordering.reorder(by=a_member(), order_id=order.pk)
    unpaid = a_purchase(placed=False)
    with pytest.raises(NotThere):
        reordering.reorder(by=unpaid.member, order_id=unpaid.orders.get().pk)


def test_one_click_leads_to_the_cart():
    order = an_order(a_product("Moon lamp").variants.get())
    browser = logged_in(order.purchase.member)
    assert f"{order.get_absolute_url()}reorder/" in browser.get(order.get_absolute_url()).content.decode()
    reply = browser.post(f"{order.get_absolute_url()}reorder/", headers={"Accept-Language": "en"})
    assert (reply.status_code, reply["Location"]) == (302, "/cart/")
    assert (
        "In your cart, at the prices of today: Moon lamp."
        in browser.get("/cart/", headers={"Accept-Language": "en"}).content.decode()
    )


def test_who_finds_nothing_left_stays_with_the_order():
    order = an_order()
    pause_product(by=seller_of(order.vendor), product=order.lines.get(kind="item").product)
    reply = logged_in(order.purchase.member).post(f"{order.get_absolute_url()}reorder/")
    assert reply["Location"] == order.get_absolute_url()


def test_over_rest_it_says_what_came_of_each():
    order = an_order(a_product("Moon lamp").variants.get())
    client = Client(headers=with_token(order.purchase.member, "orders"))
    reply = client.post(f"/api/v1/orders/{order.pk}/reorder/", {}, content_type="application/json")
    assert (reply.status_code, reply.json()) == (200, {"added": ["Moon lamp"], "refused": []})
    pause_product(by=seller_of(order.vendor), product=order.lines.get(kind="item").product)
    reply = client.post(f"/api/v1/orders/{order.pk}/reorder/", {}, content_type="application/json")
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (409, "nothing_to_reorder")
