"""The front page."""

import pytest
from django.test import Client

from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


def test_a_visitor_learns_what_the_place_is_and_finds_one_way_in(client: Client) -> None:
    page = client.get("/").content.decode()
    assert page.count('href="/accounts/signup/"') == 2  # in the bar, and below the welcome
    assert "<h1>" in page


def test_a_member_is_greeted_by_name() -> None:
    page = logged_in(a_member("haneul", display_name="하늘")).get("/").content.decode()
    assert "하늘" in page.split("<main")[1].split("</h1>")[0]
    assert "/accounts/signup/" not in page
