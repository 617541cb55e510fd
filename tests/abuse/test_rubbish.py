"""Rubbish in every place of every documented operation: a 4xx that says why, never an error of ours (the contract)."""

import base64
import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from community.foundation import limits
from community.members import allowances
from tests.abuse.kit import undone
from tests.factories.boards import a_topic
from tests.factories.members import a_member, an_operator, logged_in
from tests.leak.routes import routes
from tests.rest.calls import Call, all_calls
from tests.rest.schema import COMPONENTS, operations

pytestmark = pytest.mark.django_db
VALUES: list[Any] = [
    None, True, -1, 2**63, 10**400, float("nan"), "", "\0", "\ud800", "\u202e", "\ufb2c" * 150, "가" * 5000, [], {}, [None],
    [[]], ["x"], ["\0"], [2**70], {"x": [1]}, ["x"] * 2000, "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
]  # fmt: skip
BODIES = [
    b"", b"{", b"\xff\xfe", b"[" * 5000, b'{"a":' * 5000, b"1" * 6000, b'{"\\ud800": 1}', b'{"\\u0000": 1}', b"[]", b'"x"',
]  # fmt: skip
WORDS = ["%00", "a%00b", "%ED%A0%80", "-1", "9" * 40, "x" * 2000, "%E3%85%A4", "..", "'", "*"]
PLACES: list[Any] = [
    "\0",
    "\ud800",
    -1,
    2**62,
    "9" * 50,
    1.5,
    "0001-01-01T00:00:00+23:59",
    "0001-01-01",
    "가" * 2000,
    [],
]
# Whatever pages read from their query.
ASKED = (
    "ask", "cursor", "category", "kind", "name", "next", "order", "page", "period", "q", "rating", "show", "state",
    "subjects", "tag", "token", "topic", "verified",
)  # fmt: skip
SOMEONE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def no_limits(monkeypatch) -> None:
    """As often as it likes: what is asked here is not how often, but what."""
    monkeypatch.setattr(limits, "spend", lambda **told: None)
    monkeypatch.setattr(allowances, "spend", lambda **told: None)


def bodies(good: dict[str, Any], schema: dict[str, Any]) -> Iterator[Any]:
    """The good body with one field spoilt, a field that is left out added and spoilt, and parts of fields spoilt."""
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    fields = COMPONENTS.get(name, schema).get("properties", {})
    for field in {**fields, **good}:
        inner = good.get(field)
        first = inner[0] if isinstance(inner, list) and inner else None
        for value in VALUES:
            yield {**good, field: value}
            if isinstance(first, dict):
                yield from ({**good, field: [{**first, part: value}]} for part in first)
            if isinstance(inner, dict):
                yield from ({**good, field: {**inner, part: value}} for part in inner)


def cursors(real: str | None) -> Iterator[str]:
    """Those that have the right form and rubbish within."""
    rows = [[0, SOMEONE], [0, "2026-01-01T00:00:00+00:00", SOMEONE]]
    if real:
        rows.append(json.loads(base64.urlsafe_b64decode(real + "=" * (-len(real) % 4))))
    for row in rows:
        for place in range(1, len(row)):
            for value in PLACES:
                spoilt = json.dumps([*row[:place], value, *row[place + 1 :]])
                yield base64.urlsafe_b64encode(spoilt.encode()).decode().rstrip("=")


def requests_of(operation_id: str, call: Call, client: APIClient) -> Iterator[tuple[str, bytes | None]]:
    """Addresses and bodies of one operation, each with rubbish in one place."""
    path, _method, operation = operations()[operation_id]
    here = path.format(**call.kwargs)
    good = None if call.body is None else json.dumps(call.body).encode()
    if call.body is not None:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        yield from ((here, json.dumps(body).encode()) for body in bodies(call.body, schema))
        yield from ((here, raw) for raw in BODIES)
    for name in re.findall(r"\{(\w+)\}", path):
        yield from ((path.format(**{**call.kwargs, name: word}), good) for word in WORDS)
    query = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
    yield from ((f"{here}?{name}={word}", None) for name in query for word in WORDS)
    if "cursor" in query:
        rest = "".join(f"&{name}={value}" for name, value in call.query.items())
        first = client.get(f"{here}?page_size=1{rest}")
        real = first.json().get("next") if first.status_code == 200 else None
        yield from ((f"{here}?cursor={cursor}{rest}", None) for cursor in cursors(real))


@pytest.mark.parametrize("operation_id", sorted(operations()))
def test_35_no_rubbish_in_an_operation_is_an_error_of_ours(operation_id: str) -> None:
    call = all_calls()[operation_id]()
    client = APIClient(raise_request_exception=False)
    if call.by is not None:
        client.force_authenticate(call.by)
    method, broken = operations()[operation_id][1].upper(), []
    for address, body in requests_of(operation_id, call, client):
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        reply = undone(functools.partial(client.generic, method, address, **sent))
        if reply.status_code >= 500:
            broken.append(f"{address[:120]} {(body or b'')[:160]!r}")
    assert broken == []


def test_35_no_rubbish_in_the_address_of_a_page_is_an_error_of_ours() -> None:
    a_topic(title="Rain", tags=["rain"])
    client, broken, asked = logged_in(an_operator()), [], 0
    client.raise_request_exception = False
    pages = [route for route in routes() if not route.template.startswith("/api/")]
    for route in pages:
        for word in ("%00", "%ED%A0%80", "9" * 40):
            path = route.fill(dict.fromkeys(route.parameters, word))
            asked += 1
            if client.get(path + "?" + "&".join(f"{name}={word}" for name in ASKED)).status_code >= 500:
                broken.append(path)
        for name in ASKED if not route.parameters else ():
            asked += 1
            if client.get(f"{route.template}?{name}=%00").status_code >= 500:
                broken.append(f"{route.template} {name}")
    assert broken == []
    assert asked > 250


def test_35_json_that_no_text_column_can_hold_or_python_can_read_says_what_to_do() -> None:
    client = APIClient()
    client.force_authenticate(a_member())
    for raw in (b'{"bio": "\\u0000"}', b'{"bio": "\\ud800"}', b'{"\\ud800": 1}', b"[" * 100_000):
        reply = client.generic("PATCH", "/api/v1/members/me/", raw, content_type="application/json")
        assert (reply.status_code, reply.json()["errors"][0]["code"]) == (400, "parse_error")
    whole = b'{"bio": "a pair \\ud83d\\ude00 and \\\\u0000"}'
    reply = client.generic("PATCH", "/api/v1/members/me/", whole, content_type="application/json")
    assert reply.json()["bio"] == "a pair 😀 and \\u0000"


@pytest.mark.parametrize("query", ["?page=%00", "?unknown=a%00b", "?%00=1"])
def test_35_no_page_is_asked_for_by_what_no_column_holds(query: str) -> None:
    topic = a_topic()
    for path in (topic.get_absolute_url(), "/boards/", "/subjects/"):
        assert logged_in(None).get(path + query).status_code == 400


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/oauth/token/", "grant_type=authorization_code&code=%00&client_id=%00", "application/x-www-form-urlencoded"),
        ("/oauth/revoke_token/", "token=%00&client_id=%00", "application/x-www-form-urlencoded"),
        ("/_allauth/app/v1/auth/login", "[" * 100_000, "application/json"),
        ("/_allauth/app/v1/auth/login", '{"username": "a\\u0000", "password": "\\ud800"}', "application/json"),
    ],
)
def test_35_no_rubbish_sent_to_the_doors_of_libraries_is_an_error_of_ours(path: str, body: str, kind: str) -> None:
    client = logged_in(None)
    client.raise_request_exception = False
    assert client.post(path, body, content_type=kind).status_code == 400
