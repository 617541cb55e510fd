"""Carts over REST: `cart/`, its lines, `explanation/` (2.21, 2.22, 2.51)."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commerce.cart.models import CartLine
from commerce.catalog import variants
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.delivery import a_method, an_address
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.specifications import VALUES, a_schema
from tests.factories.stock import a_stock
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
CART, LINES = "/api/v1/cart/", "/api/v1/cart/lines/"


def a_buyer():
    member = a_member()
    return member, logged_in(member)


def goods(vendor=None, price=10_000, stock=50):
    variant = a_product(vendor=vendor or a_shop(), price=price).variants.get()
    a_stock(stock, variant=variant)
    return variant


def put(client, variant, quantity=1, **more):
    return client.post(LINES, {"variant": str(variant.pk), "quantity": quantity, **more}, "application/json")


def codes(answer) -> list[tuple[str | None, str]]:
    return [(one["attr"], one["code"]) for one in answer.json()["errors"]]


def test_an_empty_cart_is_a_cart():
    cart = a_buyer()[1].get(CART).json()
    assert (cart["id"], cart["lines"], cart["vendors"], cart["total"], cart["currency"]) == (None, [], [], "0", "KRW")


def test_two_vendors_with_their_methods_labels_and_sums():
    _member, client = a_buyer()
    tea, wood = a_shop("Tea"), a_shop("Wood")
    parcel = a_method(tea, fee=2_500, free_from=50_000)
    a_method(tea, name="Pick-up", kind="pickup", place="Mapo", fee=0, position=1)
    assert put(client, goods(tea), 2, label="Mother").status_code == 201
    assert put(client, goods(wood), 1).status_code == 201

    cart = client.get(CART).json()

    first, second = cart["vendors"]
    assert (first["vendor"], first["delivery_method"], first["delivery"]) == (tea.slug, str(parcel.pk), "2500")
    assert [(one["name"], one["cost"]) for one in first["delivery_methods"]] == [("Parcel", "2500"), ("Pick-up", "0")]
    assert first["free_delivery_missing"] == "30000"
    assert [one["id"] for one in second["delivery_methods"]] == ["standard"]
    assert (cart["goods"], cart["delivery"], cart["total"], cart["tax"]) == ("30000", "2500", "32500", "2954")
    assert [(one["label"], one["amount"]) for one in cart["labels"]] == [("Mother", "22500"), ("", "10000")]
    assert cart["quantity"] == 3


def test_a_line_is_put_in_changed_and_taken_out():
    member, client = a_buyer()
    variant = goods()
    line = put(client, variant, 2).json()
    assert (line["variant"], line["quantity"], line["unit_price"], line["amount"]) == (
        str(variant.pk),
        2,
        "10000",
        "20000",
    )
    address = f"{LINES}{line['id']}/"

    assert put(client, variant, 3).json()["quantity"] == 5
    assert client.patch(address, {"quantity": 1}, "application/json").json()["amount"] == "10000"
    assert [client.delete(address).status_code for _again in range(2)] == [204, 204]
    assert not CartLine.objects.filter(cart__member=member).exists()


@pytest.mark.parametrize("quantity", [0, -1, 10_000, 10**40, 1.5, "1.5", "x", None, True, [1], {"a": 1}])
def test_a_number_that_cannot_be_is_refused(quantity):
    member, client = a_buyer()
    line = a_cart_line(a_cart(member), goods(), 3)

    assert put(client, goods(), quantity).status_code == 400
    assert client.patch(f"{LINES}{line.pk}/", {"quantity": quantity}, "application/json").status_code == 400
    assert list(CartLine.objects.values_list("quantity", flat=True)) == [3]


@pytest.mark.parametrize(
    "forged", [{"price": "1"}, {"unit_price": "1"}, {"seen_price": 1}, {"vendor": "x"}, {"cart": "x"}]
)
def test_prices_and_ids_are_not_the_clients_to_say(forged):
    answer = put(a_buyer()[1], goods(), 1, **forged)

    assert answer.status_code == 400
    assert codes(answer) == [(next(iter(forged)), "unknown_field")]


def test_a_variant_that_is_not_there_is_not_found():
    client = a_buyer()[1]
    draft = a_product(listed=False).variants.get()

    for variant in (draft, type("Nothing", (), {"pk": uuid.uuid4()})):
        assert put(client, variant).status_code == 404
    assert codes(client.post(LINES, {"variant": "1", "quantity": 1}, "application/json")) == [("variant", "invalid")]


def test_a_specification_is_checked_on_the_server_and_each_fault_has_its_place():
    client = a_buyer()[1]
    variant = a_schema().product.variants.get()

    line = put(client, variant, 1, specification=VALUES).json()
    assert (line["unit_price"], line["specification"]) == ("145813", VALUES)
    assert {word["value"] for word in line["specification_words"]} >= {"62.5 cm", "하늘"}

    wrong = put(client, variant, 1, specification={"wood": "gold", "width": "-1", "price": "0"})
    assert wrong.status_code == 400
    assert sorted(codes(wrong)) == [
        ("specification.price", "unknown_field"),
        ("specification.width", "not_a_number"),
        ("specification.wood", "invalid_choice"),
    ]
    assert sorted(codes(put(client, variant))) == [
        ("specification.width", "required"),
        ("specification.wood", "required"),
    ]
    goods_answer = put(client, goods(), 1, specification={"wood": "oak"})
    assert (goods_answer.status_code, codes(goods_answer)) == (409, [(None, "not_made_to_order")])


def test_a_foreign_picture_specifies_nothing():
    picture = an_upload(owner=a_member())
    answer = put(
        a_buyer()[1], a_schema().product.variants.get(), 1, specification={**VALUES, "drawing": str(picture.pk)}
    )
    assert codes(answer) == [("specification.drawing", "invalid_upload")]


def test_a_foreign_line_is_not_there():
    theirs = a_cart_line(quantity=3)
    for client in (a_buyer()[1], logged_in(a_cart().member)):
        assert client.patch(f"{LINES}{theirs.pk}/", {"quantity": 1}, "application/json").status_code == 404
        assert client.delete(f"{LINES}{theirs.pk}/").status_code == 204
    theirs.refresh_from_db()
    assert theirs.quantity == 3


def test_what_cannot_be_bought_says_so_with_a_code():
    member, client = a_buyer()
    cart = a_cart(member)
    a_cart_line(cart, goods(stock=2), 4), a_cart_line(cart, a_variant()), a_cart_line(cart, goods(price=7_000))

    reply = client.get(CART).json()

    assert [line["problem"] and line["problem"]["code"] for line in reply["lines"]] == ["too_few", "out_of_stock", None]
    assert reply["total"] == "7000"


def test_reading_the_cart_is_seeing_its_prices():
    member, client = a_buyer()
    line = a_cart_line(a_cart(member), goods())
    variants.change_price(by=seller_of(line.variant.vendor), variant=line.variant, price=12_000)

    first, second = client.get(CART).json()["lines"][0], client.get(CART).json()["lines"][0]

    assert (first["previous_price"], first["unit_price"]) == ("10000", "12000")
    assert second["previous_price"] == "12000"


def test_an_address_abroad_is_said_where_nobody_delivers_to_it():
    member, client = a_buyer()
    shop = a_shop()
    a_method(shop)
    a_cart_line(a_cart(member), goods(shop))
    an_address(member, country="GB", postcode="SW1Y 4JH")

    reply = client.get(CART).json()

    assert reply["problem"]["code"] == "not_delivered_there"
    assert reply["vendors"][0]["delivery_methods"][0]["cost"] is None


def test_the_explanation_names_every_discount_that_was_tried():
    member, client = a_buyer()
    near, far = a_shop("Near"), a_shop("Far")
    a_method(near, free_from=10_000), a_method(far, free_from=50_000)
    cart = a_cart(member)
    a_cart_line(cart, goods(near)), a_cart_line(cart, goods(far))

    reply = client.get(f"{CART}explanation/").json()

    assert [(one["code"], one["amount"], one["missing"]) for one in reply["results"]] == [
        ("applied", "3000", "0"),
        ("below_minimum", "0", "40000"),
    ]
    assert reply["next"] is None


def test_a_repeated_request_puts_it_in_once():
    member, client = a_buyer()
    variant = goods()
    body = {"variant": str(variant.pk), "quantity": 2}
    answers = [
        client.post(LINES, body, "application/json", headers={"idempotency-key": "one"}) for _double_click in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert list(CartLine.objects.filter(cart__member=member).values_list("quantity", flat=True)) == [2]


def test_guests_and_tokens_of_another_scope_stay_outside():
    assert logged_in(None).get(CART).status_code == 401
    member = a_member()
    for scopes, status in (("read write", 403), ("orders", 200)):
        assert Client(headers=with_token(member, scopes)).get(CART).status_code == status


def test_it_costs_the_same_with_one_line_and_with_twenty():
    def cost(number):
        member, client = a_buyer()
        cart = a_cart(member)
        for _each in range(number):
            shop = a_shop()
            a_method(shop)
            a_cart_line(cart, goods(shop))
        client.get(CART)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(CART).json()["lines"]) == number
        return len(queries)

    one, twenty = cost(1), cost(20)

    assert one == twenty
    assert one <= 9
