"""The REST interface explains itself, and answers in JSON also where nothing is."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_document_can_be_browsed_without_inline_code(client: Client) -> None:
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert b"<script>" not in page.content
    assert client.get("/api/docs/?script=").status_code == 200


def test_the_document_is_served(client: Client) -> None:
    assert client.get("/api/v1/schema/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_unrouted_address_is_404_in_json(client: Client, method: str) -> None:
    answer = getattr(client, method)("/api/v1/nothing/here/")
    assert answer.status_code == 404
    assert answer.json() == {
        "type": "client_error",
        "errors": [{"code": "not_found", "detail": answer.json()["errors"][0]["detail"], "attr": None}],
    }


def test_the_detail_follows_the_language(client: Client) -> None:
    korean = client.get("/api/v1/nothing/", headers={"Accept-Language": "ko"}).json()["errors"][0]["detail"]
    english = client.get("/api/v1/nothing/", headers={"Accept-Language": "en"}).json()["errors"][0]["detail"]
    assert korean != english
