"""What a vendor does at its desk (2.08, 2.10); every page is walked in tests/admin/test_desk.py."""

import datetime as dt

import pytest
from django.urls import reverse

from commerce.vendors import downloading
from commerce.vendors.models import Vendor, VendorState
from community.complaints.models import Complaint
from community.foundation import clock
from community.members.models import TeamMember
from community.reviews.models import Reply
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review
from tests.factories.subjects import a_steward, a_subject
from tests.factories.vendors import TRADER, a_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_member(language="en")


@pytest.fixture
def shop(owner):
    vendor, subject = a_vendor(owner, name="Paper lamps"), a_subject("Moon lamp")
    a_steward(subject, vendor.team)
    vendor.subject = subject
    return vendor


def duties(member):
    return [(duty.count, str(duty.text), duty.urgent) for duty in logged_in(member).get("/desk/").context["duties"]]


def test_guests_are_sent_to_log_in_and_back(client):
    reply = client.get("/desk/", follow=True)
    assert reply.redirect_chain[-1][0] == "/accounts/login/?next=/desk/"


def test_a_member_without_a_vendor_is_sent_to_the_application():
    reply = logged_in(a_member()).get("/desk/", follow=True)
    assert reply.redirect_chain[-1][0] == "/vendors/apply/"


def test_staff_find_their_vendor_by_name(owner, shop):
    a_vendor(a_member(), name="Other lamps")
    text = logged_in(owner).get("/desk/").content.decode()
    assert ("Paper lamps" in text, "Other lamps" in text) == (True, False)


def test_who_works_for_several_switches_between_them(owner, shop):
    a_vendor(owner, slug="kettles", name="Zinc kettles")
    a_vendor(slug="foreign")
    client = logged_in(owner)
    assert client.get("/desk/").context["place"].vendor == shop
    client.post("/desk/switch/", {"vendor": "kettles"})
    assert client.get("/desk/").context["place"].vendor.slug == "kettles"
    assert client.post("/desk/switch/", {"vendor": "foreign"}).status_code == 404
    assert client.get("/desk/switch/").status_code == 405
    assert client.get("/desk/").context["place"].vendor.slug == "kettles"


def test_the_first_page_says_what_waits_the_urgent_first(owner, shop):
    a_review(shop.subject)
    a_topic(board=a_board(kind="question"), subjects=[shop.subject])
    an_idea(subjects=[shop.subject])
    late = a_complaint(team=shop.team)
    Complaint.objects.filter(pk=late.pk).update(
        opened_at=clock.now() - dt.timedelta(days=9), due_at=clock.now() - dt.timedelta(hours=1)
    )
    a_complaint(team=shop.team)
    found = duties(owner)
    assert found[0] == (1, "complaints are past their clock", True)
    assert {(count, text) for count, text, _urgent in found[1:]} == {
        (1, "complaints wait for an answer"),
        (1, "reviews wait for an answer"),
        (1, "questions wait for an answer"),
        (1, "ideas wait for an answer"),
    }


def test_every_page_of_the_desk_is_reached_from_its_first(owner, shop):
    html = logged_in(owner).get("/desk/").content.decode()
    named = html[html.index('id="nav-sidebar"') :]
    for model in (
        "commerce_vendors_vendor",
        "community_reviews_review",
        "commerce_catalog_product",
        "commerce_stock_stock",
    ):
        assert f'href="{reverse(f"desk:{model}_changelist")}"' in named, model


def test_what_others_answer_for_and_what_one_may_not_read_waits_for_nobody_here(owner, shop):
    a_review(a_subject())
    author = a_member()
    board = a_private_board(author, kind="question")
    a_topic(board=board, by=author, subjects=[shop.subject])
    assert duties(owner) == []


def test_missing_trader_data_are_a_duty(owner):
    vendor = a_vendor(owner, legal_name="")
    [(count, text, urgent)] = duties(owner)
    assert (count, text, urgent) == (1, "page lacks trader data that the law asks for", True)
    assert logged_in(owner).get(f"/desk/commerce_vendors/vendor/{vendor.pk}/change/").status_code == 200


def test_a_review_is_answered_at_the_desk(owner, shop):
    review = a_review(shop.subject, body="It flickers.")
    client, page = logged_in(owner), f"/desk/community_reviews/review/{review.pk}/change/"
    assert "It flickers." in client.get(page).content.decode()
    assert client.post(page, {"answer": ""}).status_code == 200
    assert client.post(page, {"answer": "We send a new bulb."}).status_code == 302
    reply = Reply.objects.get()
    assert (reply.team, reply.author, reply.source) == (shop.team, owner, "We send a new bulb.")
    assert duties(owner) == []
    assert "We send a new bulb." in client.get(page).content.decode()


def test_an_owner_changes_what_the_page_tells_and_a_manager_not_the_trader_data(owner, shop):
    manager = a_member()
    TeamMember.objects.create(team=shop.team, member=manager, role="manager")
    page = f"/desk/commerce_vendors/vendor/{shop.pk}/change/"
    said = {"name": "Paper moons", "introduction": "Of paper.", **TRADER, "phone": "02-999-9999"}
    assert logged_in(owner).post(page, said).status_code == 302
    shop.refresh_from_db()
    assert (shop.name, shop.phone) == ("Paper moons", "02-999-9999")
    logged_in(manager).post(page, {**said, "name": "Paper suns", "phone": "1"})
    shop.refresh_from_db()
    assert (shop.name, shop.phone) == ("Paper suns", "02-999-9999")


def test_a_refusal_of_the_act_stands_on_its_field(owner, shop):
    page = f"/desk/commerce_vendors/vendor/{shop.pk}/change/"
    reply = logged_in(owner).post(page, {"name": "N", **TRADER, "business_number": "123-45-67890"})
    assert (reply.status_code, list(reply.context["adminform"].form.errors)) == (200, ["business_number"])
    assert Vendor.objects.get(pk=shop.pk).name == "Paper lamps"


def test_an_owner_lets_people_in_and_go_with_a_result_for_each(owner, shop):
    other = a_member("sora")
    client = logged_in(owner)
    assert (
        client.post("/desk/community_members/teammember/add/", {"username": "sora", "role": "clerk"}).status_code == 302
    )
    row = TeamMember.objects.get(team=shop.team, member=other)
    assert row.role == "clerk"
    unknown = client.post("/desk/community_members/teammember/add/", {"username": "nobody", "role": "clerk"})
    assert "username" in unknown.context["adminform"].form.errors
    own = TeamMember.objects.get(team=shop.team, member=owner)
    chosen = {"action": "let_go", "_selected_action": [str(row.pk), str(own.pk)]}
    reply = client.post("/desk/community_members/teammember/", chosen, follow=True)
    said = [str(message) for message in reply.context["messages"]]
    assert len(said) == 2
    assert said[0].startswith(str(own))
    assert list(TeamMember.objects.filter(team=shop.team)) == [own]


@pytest.mark.parametrize("state", [VendorState.APPLIED, VendorState.REFUSED])
def test_an_applicant_sees_how_the_application_stands_and_sells_nothing_yet(owner, state):
    a_vendor(owner, state=state, decision_reason="No phone.")
    page = logged_in(owner).get("/desk/")
    assert ("No phone." in page.content.decode()) == (state == VendorState.REFUSED)
    assert logged_in(owner).get(reverse("desk:community_reviews_review_changelist")).status_code == 403


def test_a_closed_vendor_looks_only(owner):
    vendor = a_vendor(owner, state=VendorState.CLOSED)
    page = f"/desk/commerce_vendors/vendor/{vendor.pk}/change/"
    assert logged_in(owner).get(page).status_code == 200
    assert logged_in(owner).post(page, {"name": "New", **TRADER}).status_code == 403


def test_a_charts_numbers_stand_in_a_table_and_in_a_file(owner, shop):
    a_review(shop.subject, rating=2)
    client = logged_in(owner)
    [chart] = client.get("/desk/").context["charts"]
    assert chart.rows[-1] == (clock.today(), 1, 2.0)
    reply = client.get("/desk/figures/ratings.csv")
    assert reply["Content-Type"] == "text/csv; charset=utf-8"
    lines = reply.content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[-1]) == (31, f"{clock.today()},1,2.0")
    assert client.get("/desk/figures/nothing.csv").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_a_file_runs_nothing_in_a_spreadsheet(text):
    assert downloading.cell(text) == f"'{text}"


def test_a_number_below_nothing_stays_a_number():
    assert downloading.cell(-5) == "-5"


def test_the_first_page_costs_the_same_with_one_row_and_with_twenty(owner, shop, django_assert_max_num_queries):
    for _number in range(20):
        a_review(shop.subject)
        a_complaint(team=shop.team)
    client = logged_in(owner)
    client.get("/desk/")
    with django_assert_max_num_queries(25):
        client.get("/desk/")
