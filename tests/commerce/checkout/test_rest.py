"""The checkout over REST (2.22, 2.30, rule 2.7)."""

import uuid

import pytest
from django.test import Client

from commerce.orders.models import Purchase
from commerce.payments.models import Attempt
from tests.factories.checkout import a_full_cart, goods
from tests.factories.delivery import a_method
from tests.factories.members import a_member, with_token
from tests.factories.orders import ADDRESS
from tests.factories.points import granted
from tests.factories.stock import numbers

pytestmark = pytest.mark.django_db
PATH = "/api/v1/checkout/"


def buy(member, key: str | None = "", **body):
    headers = with_token(member, "orders") | ({} if key is None else {"Idempotency-Key": key or str(uuid.uuid4())})
    body = {"address": ADDRESS, "payment_method": "sandbox", **body}
    return Client().post(PATH, body, content_type="application/json", headers=headers)


def code_of(reply) -> str:
    return reply.json()["errors"][0]["code"]


def test_a_cart_is_bought() -> None:
    one, two = goods(10_000), goods(5_000)
    method = a_method(one.product.vendor, fee=3_000)
    member = a_full_cart(one, (two, 2))
    reply = buy(member, deliveries={one.product.vendor.slug: str(method.pk)})
    said = reply.json()
    assert reply.status_code == 201
    assert (said["status"], said["total"], said["currency"], said["action_url"]) == ("paid", "23000", "KRW", None)
    assert {order["vendor"]: order["total"] for order in said["orders"]} == {
        one.product.vendor.slug: "13000",
        two.product.vendor.slug: "10000",
    }
    assert said["purchase"] == str(Purchase.objects.get().pk)


def test_the_same_key_buys_once_and_says_the_same() -> None:
    member = a_full_cart(goods())
    first, again = buy(member, "k"), buy(member, "k")
    assert (first.json(), again.status_code) == (again.json(), 201)
    assert again["Idempotent-Replayed"] == "true"
    assert Attempt.objects.count() == 1


def test_another_body_under_the_key_is_refused_and_without_a_key_nothing_is_bought() -> None:
    member = a_full_cart(goods())
    assert code_of(buy(member, None)) == "idempotency_key_required"
    buy(member, "k")
    assert buy(member, "k", points=1).status_code == 422
    assert Purchase.objects.count() == 1


def test_a_declined_payment_is_a_conflict_and_releases_all() -> None:
    cup = goods(on_hand=2)
    member = a_full_cart(cup)
    reply = buy(member, payment_method="sandbox-declined")
    assert (reply.status_code, code_of(reply)) == (409, "payment_declined")
    assert numbers(cup.stock) == (2, 0, 2)


def test_a_further_step_tells_where_to_go_on() -> None:
    reply = buy(a_full_cart(goods()), payment_method="sandbox-3ds")
    assert (reply.status_code, reply.json()["status"]) == (201, "action_required")
    assert reply.json()["action_url"].startswith("http")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"address": None}, 400, "address_required"),
        ({"address": {**ADDRESS, "postcode": "1"}}, 400, "invalid_postcode"),
        ({"address": {**ADDRESS, "planet": "Mars"}}, 400, "unknown_field"),
        ({"payment_method": "gold"}, 400, "unknown_payment_method"),
        ({"deliveries": {"nobody": "x"}}, 400, "unknown_vendor"),
        ({"points": -1}, 400, "min_value"),
        ({"points": 1.5}, 400, "invalid"),
        ({"points": 10**13}, 400, "max_value"),
        ({"points": 5}, 409, "insufficient_balance"),
        ({"total": "9999"}, 409, "price_changed"),
        ({"total": "1.5"}, 400, "invalid_amount"),
        ({"price": "1"}, 400, "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_bought(body, status, code) -> None:
    cup = goods(10_000, on_hand=1)
    reply = buy(a_full_cart(cup), **body)
    assert (reply.status_code, code_of(reply)) == (status, code)
    assert not Purchase.objects.exists()
    assert numbers(cup.stock) == (1, 0, 1)


def test_more_points_than_it_costs_are_refused() -> None:
    member = a_full_cart(goods(1_000))
    granted(member, 5_000)
    assert code_of(buy(member, points=2_000)) == "too_many_points"


def test_an_empty_cart_is_said_to_be_empty() -> None:
    reply = buy(a_member())
    assert (reply.status_code, code_of(reply)) == (409, "cart_empty")
