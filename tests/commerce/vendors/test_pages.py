"""The list of vendors and a vendor's page (2.07), and what the law has it tell (2.06)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.vendors.describing import describe
from commerce.vendors.models import VendorState
from commerce.vendors.panels import Panel, _panels, register
from tests.factories.boards import a_board
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.reviews import a_review
from tests.factories.subjects import a_steward, a_subject
from tests.factories.vendors import TRADER, a_vendor

pytestmark = pytest.mark.django_db


def test_everyone_reads_who_sells(client):
    a_vendor(slug="lamps")
    page = client.get("/vendors/lamps/").content.decode()
    assert [value for value in TRADER.values() if value not in page] == []


def test_only_open_vendors_are_listed(client):
    a_vendor(name="Open lamps")
    for state in (VendorState.APPLIED, VendorState.CLOSED):
        a_vendor(name=f"Lamps {state}", state=state)
    page = client.get("/vendors/").content.decode()
    assert ("Open lamps" in page, "Lamps applied" in page, "Lamps closed" in page) == (True, False, False)


def test_the_search_box_finds_who_is_open_by_name_and_introduction(client):
    owner = a_member()
    vendor = a_vendor(owner, slug="lamps", name="달등 공방")
    a_vendor(slug="closed-lamps", name="달등 상점", state=VendorState.CLOSED)
    describe(by=owner, vendor=vendor, introduction="한지로 등을 만듭니다.")
    for words in ("달등을", "한지"):
        page = client.get(f"/search/?q={words}&kind=vendor").content.decode()
        assert ("/vendors/lamps/" in page, "closed-lamps" in page) == (True, False)


@pytest.mark.parametrize("state", [VendorState.APPLIED, VendorState.SUSPENDED, VendorState.REFUSED, VendorState.CLOSED])
def test_a_vendor_that_is_not_open_is_seen_by_its_staff_and_operators_alone(state):
    owner = a_member()
    a_vendor(owner, slug="lamps", state=state, decision_reason="Because of rain.")
    assert logged_in(a_member()).get("/vendors/lamps/").status_code == 404
    assert logged_in(None).get("/vendors/lamps/").status_code == 404
    for member in (owner, an_operator()):
        assert logged_in(member).get("/vendors/lamps/").status_code == 200


def test_its_page_offers_ways_to_take_part_even_where_it_offers_nothing():
    a_vendor(slug="lamps")
    board = a_board(kind="idea", name="Ideas for all")
    page = logged_in(a_member()).get("/vendors/lamps/").content.decode()
    assert f'href="/boards/{board.slug}/new/' in page or f"/{board.slug}/" in page


def test_what_one_asks_names_the_subject():
    vendor, subject = a_vendor(slug="lamps"), a_subject("Moon lamp")
    a_steward(subject, vendor.team)
    a_board(kind="question")
    page = logged_in(a_member()).get("/vendors/lamps/").content.decode()
    assert f"?subjects={subject.slug}" in page
    assert f'href="{subject.get_absolute_url()}#reviews"' in page


def test_reviews_of_its_subjects_stand_on_its_page(client):
    vendor, subject = a_vendor(slug="lamps"), a_subject("Moon lamp")
    a_steward(subject, vendor.team)
    a_review(subject, body="It glows like a moon.")
    a_review(a_subject(), body="Of something else.")
    page = client.get("/vendors/lamps/").content.decode()
    assert ("It glows like a moon." in page, "Of something else." in page) == (True, False)


def test_other_apps_add_panels(client):
    vendor = a_vendor(slug="lamps")
    register(
        Panel(
            "probe",
            1,
            lambda shown, request: ("commerce/vendors/detail/_ideas.html", {"ideas": []}) if shown == vendor else None,
        )
    )
    try:
        assert 'id="vendor-ideas"' in client.get("/vendors/lamps/").content.decode()
        a_vendor(slug="other")
        assert 'id="vendor-ideas"' not in client.get("/vendors/other/").content.decode()
    finally:
        del _panels["probe"]


def cost(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_the_page_costs_the_same_with_one_review_and_with_twenty(client):
    vendor, subject = a_vendor(slug="lamps"), a_subject()
    a_steward(subject, vendor.team)
    a_review(subject)
    one = cost(client, "/vendors/lamps/")
    for _number in range(19):
        a_review(subject)
        a_steward(a_subject(), vendor.team)
    assert cost(client, "/vendors/lamps/") == one


def test_the_list_costs_the_same_with_one_vendor_and_with_twenty(client):
    a_vendor()
    one = cost(client, "/vendors/")
    for _number in range(19):
        a_vendor()
    assert cost(client, "/vendors/") == one
