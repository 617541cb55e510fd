"""The OpenAPI document holds everything that was promised to clients (tests/rest/contract.py)."""

import re
from typing import Any

import pytest

from tests.rest.contract import LISTS_WITHIN, ORDERS, OTHER_STATUSES, PAGE, PROMISES, STATUSES, Promise
from tests.rest.schema import DOCUMENT, operations

COMPONENTS: dict[str, Any] = DOCUMENT["components"]["schemas"]
DOCUMENTED = {(method, re.sub(r"\{\w+\}", "{}", path)): item for path, method, item in operations().values()}
ids = [f"{promise.method} {promise.path}" for promise in PROMISES]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    return COMPONENTS[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def body_of(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    return resolved(next(iter(content.values()))["schema"]) if content else {}


def test_nothing_is_promised_twice() -> None:
    assert len(set(ids)) == len(ids) > 80


@pytest.mark.parametrize("promise", PROMISES, ids=ids)
def test_the_document_keeps_the_promise(promise: Promise) -> None:
    operation = DOCUMENTED[promise.method, promise.path]
    body = body_of(operation)
    promised = {name.rstrip("?") for name in promise.body}
    assert promised - set(body.get("properties", {})) == set()
    asked = {name for name in promise.body if not name.endswith("?")}
    assert set(body.get("required", [])) - promised == set(), "a client that sends what was promised is refused"
    assert asked - set(body.get("required", [])) == set()
    known = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"}
    assert set(promise.query) - known == set()
    needed = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and p.get("required")}
    assert needed - set(promise.query) == set()
    wanted = OTHER_STATUSES.get((promise.method, promise.path), STATUSES[promise.method])
    assert wanted in operation["responses"]


@pytest.mark.parametrize("key", sorted(DOCUMENTED), ids=" ".join)
def test_a_list_is_a_page(key: tuple[str, str]) -> None:
    operation = DOCUMENTED[key]
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    if "cursor" not in names:
        return
    reply = resolved(operation["responses"]["200"]["content"]["application/json"]["schema"])
    if key in LISTS_WITHIN:
        assert {"next", "previous", LISTS_WITHIN[key]} <= set(reply["required"])
        return
    assert set(reply["properties"]) == PAGE
    assert set(reply["required"]) == PAGE


@pytest.mark.parametrize("path", sorted(ORDERS))
def test_the_orders_that_were_promised_are_there(path: str) -> None:
    [order] = [parameter for parameter in DOCUMENTED["get", path]["parameters"] if parameter["name"] == "order"]
    told = order["schema"].get("enum") or re.findall(r"\w+", order["description"])
    assert ORDERS[path] - set(told) == set()
