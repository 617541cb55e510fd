"""Complaints: owner, clock, answers, outcome."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.boards.moving import move_topic
from community.complaints.chasing import tell_late
from community.complaints.errors import (
    AuthorDecides,
    CarriesComplaint,
    NoSuchTeam,
    NothingToConfirm,
    NotYourComplaint,
    WrongResponse,
)
from community.complaints.models import Complaint, Desk, Holiday, Step
from community.complaints.responding import hand_over, respond
from community.complaints.settling import settle
from community.foundation import clock
from community.foundation.problems import NotThere
from community.outbox.models import Delivery
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.complaints import a_complaint, a_desk
from tests.factories.members import a_member, a_team, an_operator
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def test_the_desk_of_the_board_owns_it_unless_another_team_is_named():
    desk, named = a_desk(), a_team()
    assert a_complaint(board=desk.board).team == desk.team
    assert a_complaint(board=desk.board, team=named).team == named
    assert a_complaint().team.slug == "operators"


def test_the_steward_of_its_subject_owns_it_before_the_desk():
    subject, team, desk = a_subject(), a_team(), a_desk()
    a_steward(subject, team)
    assert a_complaint(board=desk.board, subjects=[subject]).team == team


def test_an_unknown_team_leaves_no_topic():
    with pytest.raises(NoSuchTeam):
        a_topic(board=a_board(kind="complaint"), data={"complaint": {"team": "nobody"}})
    assert not Complaint.objects.exists()


def test_the_clock_of_the_desk_starts_with_the_complaint():
    desk = a_desk(hours=4)
    complaint = a_complaint(board=desk.board)
    assert complaint.status == "open"
    assert complaint.due_at > complaint.opened_at
    Holiday.objects.bulk_create(
        Holiday(date=complaint.opened_at.date() + dt.timedelta(days=day), name="Closed") for day in range(-1, 20)
    )
    later = a_complaint(board=desk.board)
    assert later.due_at - later.opened_at >= dt.timedelta(days=18)


def test_the_owner_answers_and_the_author_confirms():
    speaker = a_member()
    complaint = a_complaint(team=a_team(speaker))
    respond(by=speaker, topic_id=complaint.pk, status="working")
    respond(by=speaker, topic_id=complaint.pk, status="answered", answer="A new kettle is **on its way**.")
    settled = settle(by=complaint.topic.author, topic_id=complaint.pk, confirmed=True)
    assert (settled.status, settled.running, settled.late) == ("confirmed", False, False)
    assert [step.status for step in Step.objects.order_by("pk")] == ["open", "working", "answered", "confirmed"]
    assert "<strong>" in Step.objects.get(status="answered").html


def test_its_author_reopens_it_and_the_clock_starts_anew():
    speaker = a_member()
    complaint = a_complaint(team=a_team(speaker))
    respond(by=speaker, topic_id=complaint.pk, status="answered", answer="Done.")
    with clock.shifted(dt.timedelta(days=20)):
        reopened = settle(by=complaint.topic.author, topic_id=complaint.pk, confirmed=False, why="Still leaks.")
    assert (reopened.status, reopened.reopened_count) == ("reopened", 1)
    assert reopened.due_at > complaint.due_at
    assert Step.objects.get(status="reopened").source == "Still leaks."
    again = settle(by=complaint.topic.author, topic_id=complaint.pk, confirmed=False)
    assert again.reopened_count == 1
    assert settle(by=complaint.topic.author, topic_id=complaint.pk, confirmed=True).status == "confirmed"


def test_only_the_owner_answers_and_only_the_author_decides():
    speaker, stranger = a_member(), a_member()
    complaint = a_complaint(team=a_team(speaker))
    a_team(stranger)
    for member in (stranger, complaint.topic.author):
        with pytest.raises(NotYourComplaint):
            respond(by=member, topic_id=complaint.pk, status="working")
    respond(by=an_operator(), topic_id=complaint.pk, status="answered", answer="Sorry.")
    for member in (stranger, speaker):
        with pytest.raises(AuthorDecides):
            settle(by=member, topic_id=complaint.pk, confirmed=True)


def test_there_is_nothing_to_confirm_before_an_answer():
    complaint = a_complaint()
    for confirmed in (True, False):
        with pytest.raises(NothingToConfirm):
            settle(by=complaint.topic.author, topic_id=complaint.pk, confirmed=confirmed)


@pytest.mark.parametrize(("status", "answer"), [("confirmed", "x"), ("answered", "  "), ("answered", "x" * 5001)])
def test_a_wrong_answer_changes_nothing(status, answer):
    complaint = a_complaint()
    with pytest.raises(WrongResponse):
        respond(by=an_operator(), topic_id=complaint.pk, status=status, answer=answer)
    complaint.refresh_from_db()
    assert (complaint.status, Step.objects.count()) == ("open", 1)


def test_a_private_complaint_is_not_there():
    author = a_member()
    complaint = a_complaint(board=a_private_board(author, kind="complaint"), by=author)
    with pytest.raises(NotThere):
        respond(by=a_member(), topic_id=complaint.pk, status="working")
    assert not Complaint.objects.visible_to(a_member()).exists()


def test_a_reply_of_the_owner_stops_the_clock_and_anyone_else_s_does_not():
    speaker = a_member()
    complaint = a_complaint(team=a_team(speaker))
    a_post(complaint.topic)
    complaint.refresh_from_db()
    assert complaint.status == "open"
    a_post(complaint.topic, by=speaker)
    complaint.refresh_from_db()
    assert (complaint.status, complaint.running) == ("working", False)
    assert complaint.responded_at is not None


def test_another_team_takes_over_with_a_new_clock():
    speaker, other = a_member(), a_team()
    complaint = a_complaint(team=a_team(speaker))
    with pytest.raises(NotYourComplaint):
        hand_over(by=a_member(), topic_id=complaint.pk, team=other)
    with clock.shifted(dt.timedelta(days=20)):
        handed = hand_over(by=speaker, topic_id=complaint.pk, team=other)
    assert handed.team == other
    assert handed.due_at > complaint.due_at


def test_it_is_told_once_that_an_answer_is_late():
    complaint = a_complaint()
    assert tell_late() == 0
    with clock.shifted(dt.timedelta(days=20)):
        assert Complaint.objects.get(pk=complaint.pk).late
        assert [tell_late(), tell_late()] == [1, 0]


def test_it_stays_on_complaint_boards_and_a_topic_that_comes_there_becomes_one(relay):
    moderator = a_member()
    desk = a_desk(board=a_board(kind="complaint", moderator=moderator))
    talk = a_board(moderator=moderator)
    complaint = a_complaint(board=desk.board)
    with pytest.raises(CarriesComplaint):
        move_topic(by=moderator, topic=complaint.topic, board=talk)
    topic = a_topic(board=talk)
    move_topic(by=moderator, topic=topic, board=desk.board)
    relay()
    assert Complaint.objects.get(topic=topic).team == desk.team


def test_each_step_is_told_to_who_listens():
    complaint = a_complaint()
    told = Delivery.objects.filter(topic="complaint.opened")
    assert all(delivery.payload["topic"] == str(complaint.pk) for delivery in told)


@pytest.mark.parametrize(
    ("rule", "breach"),
    [
        ("complaints_known_status", {"status": "lost"}),
        ("complaints_due_after_opening", {"due_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}),
        (
            "complaints_settled_has_time",
            {"status": "confirmed", "responded_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)},
        ),
        ("complaints_responded_once_worked_on", {"status": "working"}),
    ],
)
def test_the_database_holds_the_rules(rule, breach):
    complaint = a_complaint()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(**breach)


def test_the_database_holds_one_desk_for_mail():
    a_desk(takes_mail=True)
    with pytest.raises(IntegrityError, match="complaints_one_desk_takes_mail"), transaction.atomic():
        a_desk(takes_mail=True)
    with pytest.raises(IntegrityError, match="complaints_desk_hours_bounded"), transaction.atomic():
        Desk.objects.update(hours=0)
