"""The change log over REST: read by everyone, written by the vendor (2.18, 2.51)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.changes import writing
from commerce.changes.models import Change
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.changes import a_change, a_complaint_for, a_review_of, an_idea_for
from tests.factories.members import a_member, with_token
from tests.factories.reviews import ratings

pytestmark = pytest.mark.django_db
SAID = {"title": "Cooler", "body": "Of *wood* now."}


def send(client, method, address, member, body=None, scopes="read vendor", **headers):
    given = {"content_type": "application/json", "headers": {**with_token(member, scopes), **headers}}
    return getattr(client, method)(address, body, **given)


def log(product):
    return f"/api/v1/products/{product.slug}/changes/"


def code_of(reply):
    return {(error["code"], error["attr"]) for error in reply.json()["errors"]}


def test_it_is_told_read_changed_and_withdrawn(client):
    product = a_product()
    owner = seller_of(product.vendor)
    idea, complaint, review = an_idea_for(product), a_complaint_for(product), a_review_of(product)
    sources = [{"kind": kind, "id": str(row.pk)} for kind, row in (("idea", idea), ("complaint", complaint))]
    made = send(client, "post", log(product), owner, {**SAID, "changed_on": "2025-06-15", "sources": sources})
    assert made.status_code == 201, made.content
    body = made.json()
    expected = {"product": product.slug, "title": "Cooler", "body": "Of *wood* now.", "changed_on": "2025-06-15"}
    assert {name: body[name] for name in expected} == expected
    assert (body["html"].strip(), body["edited_at"], body["withdrawn_at"]) == (
        "<p>Of <em>wood</em> now.</p>",
        None,
        None,
    )
    credits = [(one["kind"], one["id"], one["author"]) for one in body["sources"]]
    assert credits == [
        (kind, str(row.pk), row.author.username) for kind, row in (("idea", idea), ("complaint", complaint))
    ]
    assert client.get(log(product)).json()["results"] == [body]
    one = f"{log(product)}{body['id']}/"
    changed = send(
        client, "patch", one, owner, {"title": "Cool", "sources": [{"kind": "review", "id": str(review.pk)}]}
    )
    assert changed.status_code == 200, changed.content
    assert [row["kind"] for row in changed.json()["sources"]] == ["review"]
    assert client.get(one).json()["title"] == "Cool"
    for _time in range(2):
        assert send(client, "delete", one, owner).status_code == 204
    assert client.get(one).status_code == 404
    assert client.get(log(product)).json()["results"] == []
    assert send(client, "get", one, owner).json()["withdrawn_at"] is not None


def test_both_sides_of_the_score_are_told_with_their_numbers(client):
    product = a_product()
    ratings(product.subject, *[4] * 10)
    a_change(product, changed_on=writing.here() - dt.timedelta(days=1))
    [body] = client.get(log(product)).json()["results"]
    assert body["score_before"] == {"count": 0, "mean": None, "score": None, "enough": 10}
    assert body["score_since"] == {"count": 10, "mean": 4.0, "score": 3.75, "enough": 10}


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({"title": ""}, "blank", "title"),
        ({"title": "\u200b"}, "blank", "title"),
        ({"title": "x" * 121}, "max_length", "title"),
        ({"body": "\u3164"}, "blank", "body"),
        ({"body": "x" * 5_001}, "max_length", "body"),
        ({"changed_on": "2999-01-01"}, "not_a_past_day", "changed_on"),
        ({"changed_on": "0001-01-01"}, "not_a_past_day", "changed_on"),
        ({"changed_on": "yesterday"}, "invalid", "changed_on"),
        (
            {"sources": [{"kind": "post", "id": "019a0000-0000-7000-8000-000000000000"}]},
            "invalid_choice",
            "sources.0.kind",
        ),
        ({"sources": [{"kind": "idea", "id": "1"}]}, "invalid", "sources.0.id"),
        ({"sources": [{"kind": "idea", "id": "019a0000-0000-7000-8000-000000000000"}]}, "unknown_source", "sources"),
        ({"sources": "all"}, "not_a_list", "sources.non_field_errors"),
        ({"by": "me"}, "unknown_field", "by"),
    ],
)
def test_what_cannot_be_is_400_by_its_field_and_tells_nothing(client, body, code, attr):
    product = a_product()
    reply = send(client, "post", log(product), seller_of(product.vendor), {**SAID, **body})
    assert (reply.status_code, code_of(reply)) == (400, {(code, attr)})
    assert not Change.objects.exists()


def test_more_causes_than_anyone_names_are_400(client):
    product = a_product()
    sources = [{"kind": "idea", "id": "019a0000-0000-7000-8000-000000000000"}] * 51
    reply = send(client, "post", log(product), seller_of(product.vendor), {**SAID, "sources": sources})
    assert (reply.status_code, Change.objects.count()) == (400, 0)


def test_staff_of_others_members_and_tokens_without_the_scope_are_refused(client):
    change = a_change()
    address, one = log(change.product), f"{log(change.product)}{change.pk}/"
    for by, scopes, status in (
        (seller_of(a_shop()), "read vendor", 403),
        (a_member(), "read vendor", 403),
        (seller_of(change.product.vendor), "read write orders", 403),
    ):
        assert send(client, "post", address, by, SAID, scopes).status_code == status
        assert send(client, "patch", one, by, {"title": "Mine"}, scopes).status_code == status
        assert send(client, "delete", one, by, None, scopes).status_code == status
    assert client.post(address, SAID, content_type="application/json").status_code == 401
    change.refresh_from_db()
    assert (change.title, change.withdrawn_at, Change.objects.count()) == ("The handle stays cool", None, 1)


def test_what_is_not_visible_is_404(client):
    draft = a_change(a_product(listed=False))
    assert client.get(log(draft.product)).status_code == 404
    assert client.get(f"{log(draft.product)}{draft.pk}/").status_code == 404
    assert client.get(f"{log(a_product())}{draft.pk}/").status_code == 404
    assert send(client, "post", log(draft.product), a_member(), SAID).status_code == 404


def test_an_older_version_is_412(client):
    change = a_change()
    owner, one = seller_of(change.product.vendor), f"{log(change.product)}{change.pk}/"
    old = client.get(one)["ETag"]
    for status in (200, 412):
        assert send(client, "patch", one, owner, {"title": "Cool"}, **{"If-Match": old}).status_code == status


def test_lists_cost_the_same_at_one_row_and_at_twenty(client):
    product, counted = a_product(), []
    for more in (1, 19):
        for number in range(more):
            sources = [an_idea_for(product), a_review_of(product)] if number < 5 else []
            a_change(product, changed_on=dt.date(2025, 1, 1 + number), sources=sources)
        client.get(log(product))
        with CaptureQueriesContext(connection) as queries:
            found = client.get(log(product)).json()["results"]
        counted.append((len(queries), len(found)))
    assert counted == [(counted[0][0], 1), (counted[0][0], 20)]
