"""Each documented operation is called for real; request and reply are held to the OpenAPI document (1.56)."""

import json

import pytest
from rest_framework.test import APIClient

from tests.rest.calls import all_calls
from tests.rest.schema import faults, operations

pytestmark = pytest.mark.django_db


def test_every_operation_has_a_call() -> None:
    missing = sorted(set(operations()) - set(all_calls()))
    assert missing == [], "declare them in tests/<wing>/<app>/calls.py (see tests/rest/calls.py)"


def test_every_call_is_of_a_documented_operation() -> None:
    assert sorted(set(all_calls()) - set(operations())) == []


@pytest.mark.parametrize("operation_id", sorted(set(operations())))
def test_the_operation_answers_as_documented(operation_id: str, django_capture_on_commit_callbacks) -> None:
    path, method, operation = operations()[operation_id]
    call = all_calls()[operation_id]()
    client = APIClient()
    if call.by is not None:
        client.force_authenticate(call.by)
    if call.body is not None:
        documented = operation["requestBody"]["content"]["application/json"]["schema"]
        assert faults(json.loads(json.dumps(call.body)), documented) == []
    with django_capture_on_commit_callbacks(execute=False):
        reply = _ask(client, method, path.format(**call.kwargs), call)
    wanted = [code for code in operation["responses"] if code.startswith(("2", "3"))]
    assert str(reply.status_code) == (str(call.status) if call.status else wanted[0]), reply.content[:2000]
    content = operation["responses"][str(reply.status_code)].get("content", {})
    if "application/json" in content:
        assert faults(reply.json(), content["application/json"]["schema"]) == []
    elif reply.status_code == 204:
        assert reply.content == b""


def _ask(client: APIClient, method: str, path: str, call):
    if call.query:
        path += "?" + "&".join(f"{name}={value}" for name, value in call.query.items())
    if call.files is not None:
        return getattr(client, method)(path, call.files, format="multipart")
    if call.body is None:
        return getattr(client, method)(path)
    return getattr(client, method)(path, call.body, format="json", headers={"Idempotency-Key": "once"})
