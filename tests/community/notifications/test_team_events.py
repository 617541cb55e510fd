"""What teams are told, and those who wait for them."""

import datetime as dt

import pytest

from community.complaints.chasing import tell_late
from community.complaints.responding import hand_over, respond
from community.foundation import clock
from community.ideas.answering import answer_idea
from community.ideas.voting import vote
from community.notifications.models import Notice
from community.reactions.reacting import react, unreact
from community.reviews.replying import reply_to_review
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_team, an_operator
from tests.factories.reviews import a_review
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def told(member) -> list[str]:
    return sorted(Notice.objects.filter(member=member).values_list("kind", flat=True))


def test_a_complaint_reaches_the_team_that_owns_it_and_the_next_when_handed_over(relay) -> None:
    clerk, other = a_member(), a_member()
    team, next_team = a_team(clerk), a_team(other)
    complaint = a_complaint(team=team)
    relay()
    assert (told(clerk), told(other)) == (["complaint_owned"], [])

    hand_over(by=clerk, topic_id=complaint.pk, team=next_team)
    relay()
    assert (told(clerk), told(other)) == (["complaint_owned"], ["complaint_owned"])


def test_an_answer_reaches_the_one_who_complained(relay) -> None:
    author, clerk = a_member(), a_member()
    complaint = a_complaint(by=author, team=a_team(clerk))
    respond(by=clerk, topic_id=complaint.pk, status="answered", answer="We send a new one.")
    relay()

    assert told(author) == ["complaint"]


def test_a_late_answer_is_told_to_team_and_operators_once(relay) -> None:
    clerk, operator = a_member(), an_operator()
    a_complaint(team=a_team(clerk))
    with clock.shifted(dt.timedelta(days=60)):
        assert tell_late() == 1
        assert tell_late() == 0
        relay()

    assert told(clerk) == ["complaint_late", "complaint_owned"]
    assert told(operator) == ["complaint_late"]


def test_a_question_about_a_subject_reaches_who_answers_for_it(relay) -> None:
    clerk, subject = a_member(), a_subject()
    a_steward(subject, a_team(clerk))
    a_topic(board=a_board(kind="question"), subjects=[subject])
    a_topic(board=a_board(), subjects=[subject])
    relay()

    assert told(clerk) == ["asked"]
    assert Notice.objects.get(member=clerk).count == 1


def test_reviews_and_their_answers_reach_each_other(relay) -> None:
    clerk, author, subject = a_member(), a_member(), a_subject()
    a_steward(subject, a_team(clerk))
    review = a_review(subject, by=author)
    reply_to_review(by=clerk, review=review, source="Thank you.")
    relay()

    assert (told(clerk), told(author)) == (["review"], ["review_reply"])


def test_an_ideas_answer_reaches_its_author_and_its_voters(relay) -> None:
    author, voter, operator = a_member(), a_member(), an_operator()
    idea = an_idea(by=author)
    vote(by=voter, topic_id=idea.pk)
    answer_idea(by=operator, topic_id=idea.pk, status="planned", answer="In spring.")
    relay()

    assert (told(author), told(voter), told(operator)) == (["idea"], ["idea"], [])


def test_a_reaction_is_told_once_however_often_the_mind_changes(relay) -> None:
    author, fan = a_member(), a_member()
    post = a_post(by=author)
    for _ in range(2):
        react(by=fan, post_id=post.pk, kind="like")
        unreact(by=fan, post_id=post.pk, kind="like")
    relay()

    assert told(author) == ["reaction"]
    assert Notice.objects.get(member=author, kind="reaction").count == 1
