"""Complaints in the browser and over REST."""

import pytest
from django.test import Client

from community.complaints.models import Complaint
from community.complaints.responding import respond
from tests.factories.boards import a_private_board, a_topic
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_team, an_operator, logged_in, with_token

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def test_the_topic_s_page_tells_owner_and_clock():
    complaint = a_complaint(team=a_team(name="Kettle Works"))
    page = logged_in(None).get(complaint.topic.get_absolute_url(), headers=ENGLISH, follow=True).content.decode()
    assert "Kettle Works" in page
    assert "answer due" in page


def test_the_owner_answers_by_a_form_that_others_do_not_have():
    speaker = a_member()
    complaint = a_complaint(team=a_team(speaker))
    address = f"/topics/{complaint.pk}/complaint-answer/"
    assert logged_in(a_member()).get(address).status_code == 404
    assert logged_in(speaker).get(address).status_code == 200
    refused = logged_in(speaker).post(address, {"status": "answered", "answer": ""}, headers=ENGLISH)
    assert "what was done" in refused.content.decode()
    assert logged_in(speaker).post(address, {"status": "answered", "answer": "Fixed."}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.status == "answered"


def test_its_author_alone_decides_by_a_button():
    complaint = a_complaint()
    respond(by=an_operator(), topic_id=complaint.pk, status="answered", answer="Fixed.")
    address = f"/topics/{complaint.pk}/complaint-outcome/"
    assert logged_in(a_member()).post(address, {"confirmed": "yes"}).status_code == 403
    assert logged_in(complaint.topic.author).post(address, {"confirmed": "no", "why": "No."}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.status == "reopened"


def test_the_desk_lists_the_complaints_of_one_s_teams_alone():
    speaker = a_member()
    mine, other = a_complaint(team=a_team(speaker), title="My kettle leaks"), a_complaint(title="Another pan")
    page = logged_in(speaker).get("/complaints/").content.decode()
    assert mine.topic.title in page
    assert other.topic.title not in page
    assert other.topic.title in logged_in(an_operator()).get("/complaints/?show=all").content.decode()
    assert "Nobody waits for you" in logged_in(a_member()).get("/complaints/", headers=ENGLISH).content.decode()


def a_client(member) -> Client:
    return Client(headers=with_token(member))


def put(member, path, body):
    return a_client(member).put(f"/api/v1/topics/{path}/", body, content_type="application/json")


def test_over_rest_a_team_answers_and_the_author_confirms():
    speaker = a_member()
    complaint = a_complaint(team=a_team(speaker, slug="kettle-works"))
    answer = put(speaker, f"{complaint.pk}/status", {"status": "answered", "answer": "Fixed."})
    assert (answer.status_code, answer.json()["team"], answer.json()["status"]) == (200, "kettle-works", "answered")
    outcome = put(complaint.topic.author, f"{complaint.pk}/outcome", {"confirmed": True})
    assert (outcome.status_code, outcome.json()["status"]) == (200, "confirmed")


def test_over_rest_an_idea_is_answered_at_the_same_address():
    idea = an_idea()
    answer = put(an_operator(), f"{idea.pk}/status", {"status": "planned", "answer": "In spring."})
    assert (answer.status_code, answer.json()["status"], answer.json()["team"]) == (200, "planned", None)


@pytest.mark.parametrize(
    ("who", "path", "body", "status"),
    [
        ("stranger", "status", {"status": "answered", "answer": "Fixed."}, 403),
        ("stranger", "outcome", {"confirmed": True}, 403),
        ("author", "outcome", {"confirmed": True}, 409),
        ("author", "outcome", {}, 400),
        ("operator", "status", {"status": "lost", "answer": "x"}, 400),
        ("operator", "status", {"status": "answered", "answer": "x", "due_at": "2030"}, 400),
    ],
)
def test_over_rest_what_is_not_allowed_is_told(who, path, body, status):
    complaint = a_complaint()
    member = {"stranger": a_member, "operator": an_operator, "author": lambda: complaint.topic.author}[who]()
    assert put(member, f"{complaint.pk}/{path}", body).status_code == status
    assert Complaint.objects.get().status == "open"


def test_over_rest_the_private_and_the_absent_are_404():
    author = a_member()
    private = a_complaint(board=a_private_board(author, kind="complaint"), by=author)
    for topic_id in (private.pk, a_topic().pk):
        assert put(a_member(), f"{topic_id}/status", {"status": "working"}).status_code == 404
        assert put(a_member(), f"{topic_id}/outcome", {"confirmed": True}).status_code == 404
