"""Specifications over REST: one's own alone, every fault by its place (2.14, 2.13, 2.51)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.specifications.models import Schema, Specification
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member, with_token
from tests.factories.specifications import ENGRAVING, VALUES, WIDTH, WOOD, a_schema, a_specification
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
LIST = "/api/v1/specifications/"


def headers(member, scopes="read write orders vendor"):
    return with_token(member, scopes)


def post(client, member, body, **given):
    return client.post(LIST, body, content_type="application/json", headers=headers(member, **given))


def faults(reply):
    return {(error["attr"], error["code"]) for error in reply.json()["errors"]}


def test_it_is_kept_read_changed_and_forgotten(client):
    member, schema = a_member(), a_schema()
    made = post(client, member, {"product": schema.product.slug, "values": VALUES, "name": "Window"})
    assert made.status_code == 201
    body = made.json()
    assert body["values"] == VALUES
    assert (body["product"], body["name"], body["fits"]) == (schema.product.slug, "Window", True)
    assert (body["price"], body["currency"], body["schema_version"], body["used_count"]) == ("55813", "KRW", 1, 1)
    address = f"{LIST}{body['id']}/"
    changes = {"name": "Door", "values": {"wood": "oak", "width": 70}}
    changed = client.patch(address, changes, content_type="application/json", headers=headers(member))
    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["values"]) == ("Door", {"wood": "oak", "width": "70"})
    assert client.get(LIST, headers=headers(member)).json()["results"] == [changed.json()]
    for _time in range(2):
        assert client.delete(address, headers=headers(member)).status_code == 204
    assert client.get(address, headers=headers(member)).status_code == 404


def test_every_fault_is_told_by_its_place(client):
    schema = a_schema()
    values = {"wood": "plastic", "width": "1e9", "engraving": "x" * 13, "evil": 1}
    reply = post(client, a_member(), {"product": schema.product.slug, "values": values})
    assert reply.status_code == 400
    assert faults(reply) == {
        ("values.wood", "invalid_choice"),
        ("values.width", "not_a_number"),
        ("values.engraving", "too_long"),
        ("values.evil", "unknown_field"),
    }
    assert not Specification.objects.exists()


@pytest.mark.parametrize("values", [[], "wood", 5, None])
def test_values_that_are_no_object_are_refused(client, values):
    reply = post(client, a_member(), {"product": a_schema().product.slug, "values": values})
    assert reply.status_code == 400
    assert {attr for attr, _code in faults(reply)} == {"values"}


def test_what_is_not_made_to_order_is_409(client):
    reply = post(client, a_member(), {"product": a_product().slug, "values": {}})
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (409, "not_made_to_order")


def test_products_that_are_not_on_sale_do_not_exist(client):
    schema = a_schema(product=a_product(kind="made_to_order", listed=False))
    assert post(client, a_member(), {"product": schema.product.slug, "values": VALUES}).status_code == 404


def test_specifications_of_others_do_not_exist(client):
    kept, stranger = a_specification(), a_member()
    address = f"{LIST}{kept.pk}/"
    assert client.get(address, headers=headers(stranger)).status_code == 404
    body = {"name": "Mine now"}
    assert client.patch(address, body, content_type="application/json", headers=headers(stranger)).status_code == 404
    assert client.delete(address, headers=headers(stranger)).status_code == 204
    assert client.get(LIST, headers=headers(stranger)).json()["results"] == []
    assert Specification.objects.get().name == ""


def test_guests_and_tokens_without_the_scope_are_refused(client):
    assert client.get(LIST).status_code == 401
    assert client.get(LIST, headers=headers(a_member(), "read write")).status_code == 403


def test_an_older_version_is_412(client):
    kept = a_specification()
    address = f"{LIST}{kept.pk}/"
    old = client.get(address, headers=headers(kept.member))["ETag"]
    change = {"name": "Door"}
    for status in (200, 412):
        given = {**headers(kept.member), "If-Match": old}
        reply = client.patch(address, change, content_type="application/json", headers=given)
        assert reply.status_code == status


def test_lists_cost_the_same_at_one_row_and_at_twenty(client):
    member, schema = a_member(), a_schema()

    counted = []
    for rows in (range(1), range(1, 20)):
        for number in rows:
            a_specification(member, schema=schema, width=str(40 + number))
        given = headers(member)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(LIST, headers=given).json()["results"]) == rows.stop
        counted.append(len(queries))
    assert counted[0] == counted[1]


def new_product(**changes):
    return {
        "subject": a_subject().slug,
        "title": "Shelf",
        "variants": [{"sku": "S-1", "price": "90000", "on_hand": 4}],
        **changes,
    }


def schema_of(*fields, **terms):
    return {"fields": list(fields), **terms}


def test_a_vendor_defines_it_with_the_product_and_members_read_it(client):
    by = seller_of(a_shop())
    field = {**WIDTH, "price_per_unit": "333"}
    choice = {**WOOD, "choices": [{"label": "Oak"}, {"label": "Walnut", "price": "30000"}]}
    body = new_product(specification_schema=schema_of(field, choice, lead_days=3))
    made = client.post("/api/v1/products/", body, content_type="application/json", headers=headers(by))
    assert made.status_code == 201, made.content
    read = client.get(f"/api/v1/products/{made.json()['slug']}/").json()
    assert read["kind"] == "made_to_order"
    found = read["specification_schema"]
    assert (found["version"], found["lead_days"], found["daily_capacity"], found["currency"]) == (1, 3, 10, "KRW")
    assert found["fields"][0]["price_per_unit"] == "333"
    assert [(one["value"], one["price"]) for one in found["fields"][1]["choices"]] == [
        ("Oak", "0"),
        ("Walnut", "30000"),
    ]


def test_a_product_without_one_says_null(client):
    assert client.get(f"/api/v1/products/{a_product().slug}/").json()["specification_schema"] is None


def test_faults_of_a_schema_are_told_by_their_place_and_nothing_is_made(client):
    by = seller_of(a_shop())
    wrong = {**WIDTH, "price_per_unit": "1", "most": "3"}
    body = new_product(specification_schema=schema_of(wrong, {**ENGRAVING, "price": "0", "longest": 0}))
    reply = client.post("/api/v1/products/", body, content_type="application/json", headers=headers(by))
    assert reply.status_code == 400
    assert faults(reply) == {
        ("specification_schema.fields.0.most", "out_of_range"),
        ("specification_schema.fields.1.longest", "out_of_range"),
    }
    assert not Schema.objects.exists()


@pytest.mark.parametrize("price", ["-1", "1.5", "1e3", "₩5", "9" * 19])
def test_prices_that_are_none_are_400(client, price):
    by = seller_of(a_shop())
    body = new_product(specification_schema=schema_of({**ENGRAVING, "price": price}))
    reply = client.post("/api/v1/products/", body, content_type="application/json", headers=headers(by))
    assert reply.status_code == 400
    assert not Schema.objects.exists()


def test_a_change_of_the_schema_is_a_new_version(client):
    schema = a_schema()
    by, address = seller_of(schema.product.vendor), f"/api/v1/products/{schema.product.slug}/"
    body = {"specification_schema": schema_of({**ENGRAVING, "price": "7000"})}
    reply = client.patch(address, body, content_type="application/json", headers=headers(by))
    assert reply.status_code == 200, reply.content
    assert reply.json()["specification_schema"]["version"] == 2
    stranger = seller_of(a_variant().product.vendor)
    refused = client.patch(address, body, content_type="application/json", headers=headers(stranger))
    assert (refused.status_code, Schema.objects.count()) == (403, 2)
