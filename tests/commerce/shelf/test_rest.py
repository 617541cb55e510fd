"""The shelf over REST (2.17, 2.51)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.shelf.models import Thing
from tests.factories.catalog import a_product
from tests.factories.members import a_member, with_token
from tests.factories.reviews import a_review
from tests.factories.shelf import a_thing, bought_thing
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
LIST = "/api/v1/shelf/"


def send(client, method, address, member, body=None, scopes="orders"):
    given = {"content_type": "application/json", "headers": with_token(member, scopes)}
    return getattr(client, method)(address, body, **given)


def code_of(reply):
    return [(error["code"], error["attr"]) for error in reply.json()["errors"]]


def test_what_was_bought_is_told_with_its_order_receipt_and_review(client):
    thing = bought_thing((a_product("Moon lamp", price=12_000, warranty_months=12).variants.get(), 2))
    line, member = thing.line, thing.member
    [told] = send(client, "get", LIST, member).json()["results"]
    expected = {
        "id": str(thing.pk), "title": "Moon lamp", "name": "", "note": "", "hidden": False, "by_hand": False, "quantity": 2,
        "price": "12000", "currency": "KRW", "bought_from": line.order.vendor.name,
        "warranty_until": thing.warranty_until.isoformat(), "subject": line.product.subject.slug, "review": None,
        "review_due": True, "product": line.product.slug, "variant": str(line.variant_id), "options": "",
        "specification": {}, "on_sale": True, "order": line.order.number, "purchase": line.order.purchase.number,
        "receipt": f"/purchases/{line.order.purchase.number}/receipt/", "files": [],
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected
    review = a_review(line.product.subject, by=member)
    told = send(client, "get", f"{LIST}{thing.pk}/", member).json()
    assert (told["review"], told["review_due"]) == (str(review.pk), False)


def test_something_from_elsewhere_is_added_changed_and_taken_off(client):
    member, subject = a_member(), a_subject("Kettle")
    body = {"title": "Old kettle", "subject": subject.slug, "price": "30000", "bought_on": "2024-05-03", "note": "Red"}
    made = send(client, "post", LIST, member, body)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["by_hand"], told["price"], told["bought_on"], told["order"]) == (True, "30000", "2024-05-03", None)
    assert (told["subject"], told["review_due"], told["receipt"]) == (subject.slug, True, None)
    address = f"{LIST}{told['id']}/"
    changed = send(client, "patch", address, member, {"price": None, "hidden": True})
    assert (changed.status_code, changed.json()["price"], changed.json()["hidden"]) == (200, None, True)
    assert send(client, "get", LIST, member).json()["results"] == []
    assert send(client, "get", f"{LIST}?show=hidden", member).json()["results"] == [changed.json()]
    for _time in range(2):
        assert send(client, "delete", address, member).status_code == 204
    assert send(client, "get", address, member).status_code == 404


def test_of_what_was_bought_here_own_words_change_and_it_stays(client):
    thing = bought_thing()
    address = f"{LIST}{thing.pk}/"
    assert send(client, "patch", address, thing.member, {"name": "Blue", "note": "Serial 7"}).status_code == 200
    reply = send(client, "patch", address, thing.member, {"title": "Gold"})
    assert (reply.status_code, code_of(reply)) == (400, [("only_own_words", "title")])
    reply = send(client, "delete", address, thing.member)
    assert (reply.status_code, code_of(reply)) == (409, [("bought_here", None)])
    assert Thing.objects.get().name == "Blue"


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({}, "required", "title"),
        ({"title": " "}, "blank", "title"),
        ({"title": "x" * 201}, "max_length", "title"),
        ({"title": "K", "price": "-1"}, "invalid_amount", "price"),
        ({"title": "K", "price": "1.5"}, "invalid_amount", "price"),
        ({"title": "K", "price": "9" * 40}, "invalid_amount", "price"),
        ({"title": "K", "subject": "no-such-thing"}, "does_not_exist", "subject"),
        ({"title": "K", "bought_on": "2999-01-01"}, "in_the_future", "bought_on"),
        ({"title": "K", "bought_on": "yesterday"}, "invalid", "bought_on"),
        ({"title": "K", "warranty_until": "1999-01-01"}, "warranty_out_of_reach", "warranty_until"),
        ({"title": "K", "line": "1"}, "unknown_field", "line"),
        ({"title": "K", "member": "1"}, "unknown_field", "member"),
    ],
)
def test_what_cannot_be_is_400_by_its_field_and_makes_nothing(client, body, code, attr):
    reply = send(client, "post", LIST, a_member(), body)
    assert (reply.status_code, code_of(reply)) == (400, [(code, attr)])
    assert not Thing.objects.exists()


def test_things_of_others_do_not_exist(client):
    thing, stranger = a_thing(), a_member()
    address = f"{LIST}{thing.pk}/"
    assert send(client, "get", address, stranger).status_code == 404
    assert send(client, "patch", address, stranger, {"title": "Mine"}).status_code == 404
    assert send(client, "delete", address, stranger).status_code == 404
    assert send(client, "get", LIST, stranger).json()["results"] == []
    assert send(client, "get", f"{LIST}?show=mine", stranger).status_code == 400
    assert send(client, "get", LIST, stranger, scopes="read").status_code == 403
    assert Thing.objects.get() == thing


def test_the_list_is_paged_by_cursor_and_costs_the_same_at_one_row_and_at_twenty(client):
    member, counted = a_member(), []
    for more in (1, 19):
        for number in range(more):
            bought_thing(a_product(f"Thing {more} {number}").variants.get(), by=member)
        send(client, "get", LIST, member)
        with CaptureQueriesContext(connection) as queries:
            send(client, "get", LIST, member)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    first = send(client, "get", f"{LIST}?page_size=12", member).json()
    rest = send(client, "get", f"{LIST}?page_size=12&cursor={first['next']}", member).json()
    assert len({one["id"] for one in first["results"] + rest["results"]}) == 20
