"""Purchases and orders over REST: buyers with `orders`, vendors with `vendor` (2.25, 2.37)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commerce.orders import preparing, shipping
from commerce.orders.models import Order
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.members import with_token as headers_of
from tests.factories.orders import ADDRESS, PICKUP, a_purchase, an_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def with_token(member, scopes):
    return Client(headers={**headers_of(member, scopes), "Accept-Language": "en"})


def buyer(order, scopes="orders"):
    return with_token(order.purchase.member, scopes)


def seller(order, scopes="vendor"):
    return with_token(seller_of(order.vendor), scopes)


def at(order, act=""):
    return f"/api/v1/orders/{order.pk}/{act}"


def codes(reply):
    return [error["code"] for error in reply.json()["errors"]]


def post(client, address, body=None):
    return client.post(address, body or {}, content_type="application/json")


def test_a_purchase_has_its_orders_with_amounts_as_decimal_strings():
    lamp = a_product("Moon lamp", price=30_000).variants.get()
    purchase = a_purchase((lamp, 2), off=1_000, points=500)
    body = with_token(purchase.member, "orders").get(f"/api/v1/purchases/{purchase.pk}/").json()
    assert (body["amount"], body["points"], body["total"], body["currency"]) == ("62000", 500, "61500", "KRW")
    assert body["address"] == ADDRESS
    [order] = body["orders"]
    assert (order["status"], order["fulfilment"], order["payment"]) == ("placed", "waiting", "captured")
    item, delivery = order["lines"]
    assert (item["title"], item["quantity"], item["unit_price"], item["net"]) == ("Moon lamp", 2, "30000", "59000")
    assert item["discounts"] == [{"stage": "vendor_cart", "amount": "1000", "funder": "vendor"}]
    assert (delivery["kind"], delivery["product"], delivery["variant"]) == ("delivery", None, None)
    assert order["possible"] == ["cancel", "reorder"]


def test_lists_show_ones_own_alone():
    mine, other = a_purchase(), a_purchase()
    client = with_token(mine.member, "orders")
    assert [row["id"] for row in client.get("/api/v1/purchases/").json()["results"]] == [str(mine.pk)]
    orders = client.get("/api/v1/orders/").json()["results"]
    assert [row["purchase"] for row in orders] == [str(mine.pk)]
    assert client.get(f"/api/v1/purchases/{other.pk}/").status_code == 404
    assert client.get(at(other.orders.get())).status_code == 404


def test_a_vendor_reads_its_own_orders_and_no_purchase():
    shop = a_shop()
    variant = a_product(vendor=shop).variants.get()
    purchase = a_purchase(variant, a_variant())
    unpaid = a_purchase(variant, placed=False)
    client = with_token(seller_of(shop), "vendor")
    rows = client.get(f"/api/v1/orders/?vendor={shop.slug}").json()["results"]
    assert [row["id"] for row in rows] == [str(purchase.orders.get(vendor=shop).pk)]
    assert rows[0]["buyer"] == purchase.member.username
    assert client.get(at(purchase.orders.exclude(vendor=shop).get())).status_code == 404
    assert client.get(at(unpaid.orders.get())).status_code == 404
    assert with_token(seller_of(shop), "orders vendor").get(f"/api/v1/purchases/{purchase.pk}/").status_code == 404
    assert with_token(seller_of(a_shop()), "vendor").get(f"/api/v1/orders/?vendor={shop.slug}").status_code == 404


def test_the_list_is_narrowed_by_where_orders_stand():
    member = a_member()
    waiting, sent = (a_purchase(by=member).orders.get() for _number in range(2))
    shipping.ship(by=seller_of(sent.vendor), order_id=sent.pk)
    client = with_token(member, "orders")
    assert [row["id"] for row in client.get("/api/v1/orders/?fulfilment=shipped").json()["results"]] == [str(sent.pk)]
    assert [row["id"] for row in client.get("/api/v1/orders/?status=placed").json()["results"]] == [str(waiting.pk)]
    assert client.get("/api/v1/orders/?status=lost").status_code == 400


def test_each_side_needs_its_own_scope():
    order = an_order()
    for client in (buyer(order, "vendor read write"), seller(order, "orders read write")):
        assert codes(client.get(at(order))) == ["insufficient_scope"]
        assert codes(post(client, at(order, "cancel/"), {"reason": "x"})) == ["insufficient_scope"]
    assert codes(post(seller(order, "orders"), at(order, "ship/"), {"carrier": "", "tracking": ""})) == [
        "insufficient_scope"
    ]
    assert codes(buyer(order, "vendor").get("/api/v1/orders/")) == ["insufficient_scope"]
    assert codes(seller(order, "orders").get(f"/api/v1/orders/?vendor={order.vendor.slug}")) == ["insufficient_scope"]
    assert logged_in(None).get(at(order)).status_code == 401


def test_only_the_buyer_reads_the_code_and_only_the_vendor_the_settlement():
    order = an_order(method=PICKUP)
    to_buyer, to_seller = buyer(order).get(at(order)).json(), seller(order).get(at(order)).json()
    assert (to_buyer["pickup_code"], to_buyer["settlement"]) == (order.pickup_code, None)
    assert (to_seller["pickup_code"], to_seller["settlement"]) == (None, "accrued")
    assert (to_seller["address"], to_seller["delivery"]["kind"]) == (None, "pickup")
    assert to_seller["possible"] == ["accept", "ready", "hand_over", "cancel"]


def test_an_order_goes_its_way():
    order = an_order((a_variant(), 3))
    line = order.lines.get(kind="item")
    client = seller(order)
    assert post(client, at(order, "accept/")).json()["status"] == "confirmed"
    first = post(
        client, at(order, "ship/"), {"carrier": "cj", "tracking": "1", "lines": [{"line": str(line.pk), "quantity": 2}]}
    )
    assert (first.status_code, first.json()["fulfilment"]) == (200, "waiting")
    rest = post(client, at(order, "ship/"), {"carrier": "cj", "tracking": "2"}).json()
    assert rest["fulfilment"] == "shipped"
    assert [parcel["lines"][0]["quantity"] for parcel in rest["parcels"]] == [2, 1]
    assert rest["parcels"][0]["tracking_url"].endswith("wblNo=1")
    assert post(buyer(order), at(order, "arrived/")).json()["fulfilment"] == "delivered"
    confirmed = post(buyer(order), at(order, "confirm/")).json()
    assert (confirmed["fulfilment"], confirmed["possible"]) == ("purchase_confirmed", ["reorder"])
    words = [step["words"] for step in buyer(order).get(at(order, "history/")).json()["results"]]
    assert words[:2] == ["The purchase was confirmed", "It arrived"]


def test_the_buyer_cancels_a_part_then_all():
    order = an_order((a_variant(), 3))
    line = order.lines.get(kind="item")
    part = {"lines": [{"line": str(line.pk), "quantity": 1}, {"line": str(line.pk), "quantity": 1}]}
    reply = post(buyer(order), at(order, "cancel/"), part)
    assert (reply.json()["status"], reply.json()["lines"][0]["cancelled"]) == ("placed", 2)
    assert post(buyer(order), at(order, "cancel/")).json()["status"] == "cancelled"
    again = post(buyer(order), at(order, "cancel/"))
    assert (again.status_code, codes(again)) == (409, ["not_now"])


def test_what_the_state_forbids_is_409_and_says_what_is_possible():
    order = an_order()
    reply = post(buyer(order), at(order, "confirm/"))
    assert (reply.status_code, codes(reply)) == (409, ["not_now"])
    preparing.confirm(by=seller_of(order.vendor), order_id=order.pk)
    reply = post(buyer(order), at(order, "cancel/"))
    assert (reply.status_code, codes(reply)) == (409, ["not_now"])
    assert "Ask the vendor" in reply.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "nothing_chosen"),
        ([{"line": "01a22230-8dab-77fa-b887-95ce39426086", "quantity": 1}], "unknown_line"),
        ([{"line": None, "quantity": 1}], "null"),
        ([{"line": "x", "quantity": 1}], "invalid"),
        ([{"quantity": 1}], "required"),
        ("LINE", "too_many_units"),
        ([{"line": "LINE", "quantity": 0}], "min_value"),
        ([{"line": "LINE", "quantity": 1.5}], "invalid"),
        ([{"line": "LINE", "quantity": 10**30}], "max_value"),
        ({"line": "LINE"}, "not_a_list"),
    ],
)
def test_wrong_lines_are_400_and_change_nothing(lines, code):
    order = an_order()
    line = str(order.lines.get(kind="item").pk)
    if lines == "LINE":
        lines = [{"line": line, "quantity": 2}]
    for row in lines:
        if isinstance(row, dict) and row.get("line") == "LINE":
            row["line"] = line
    for client, act, rest in (
        (buyer(order), "cancel/", {}),
        (seller(order), "ship/", {"carrier": "cj", "tracking": "1"}),
    ):
        reply = post(client, at(order, act), {**rest, "lines": lines})
        assert (reply.status_code, codes(reply)) == (400, [code])
    assert Order.objects.get(pk=order.pk).state == "placed"


def test_unknown_fields_are_400():
    order = an_order()
    assert codes(post(buyer(order), at(order, "confirm/"), {"sure": True})) == ["unknown_field"]


def test_the_vendor_says_why_it_cancels():
    order = an_order()
    reply = post(seller(order), at(order, "cancel/"))
    assert (reply.status_code, codes(reply)) == (400, ["required"])


def test_the_counter_opens_by_the_code_once():
    order = an_order(method=PICKUP)
    client = seller(order)
    assert post(client, at(order, "ready/")).json()["fulfilment"] == "ready"
    opened = post(client, "/api/v1/pick-ups/", {"code": order.pickup_code.lower()})
    assert (opened.status_code, opened.json()["fulfilment"]) == (201, "delivered")
    again = post(client, "/api/v1/pick-ups/", {"code": order.pickup_code})
    assert (again.status_code, codes(again)) == (404, ["no_such_code"])


def test_the_lists_ask_the_same_number_of_queries_at_one_row_and_at_twenty():
    for address, scopes in (("/api/v1/purchases/", "orders"), ("/api/v1/orders/", "orders vendor")):
        counts = []
        for number in (1, 20):
            member = a_member()
            for _purchase in range(number):
                order = a_purchase(by=member, off=10).orders.get()
                shipping.ship(by=seller_of(order.vendor), order_id=order.pk, carrier="cj", tracking="1")
            client = with_token(member, scopes)
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert len(client.get(address).json()["results"]) == number
            counts.append(len(caught))
        assert counts[0] == counts[1]
