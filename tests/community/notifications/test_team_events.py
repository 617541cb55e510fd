"""What teams are told, and those who wait for them."""

import datetime as dt

import pytest

from community.complaints.chasing import tell_late
from community.complaints.responding import hand_over, respond
from community.complaints.settling import settle
from community.foundation import clock
from community.ideas.answering import answer_idea
from community.ideas.voting import vote
from community.notifications.listing import mark_read
from community.notifications.models import Notice
from community.reactions.reacting import react, unreact
from community.reviews.replying import reply_to_review
from community.reviews.voting import vote_helpful
from community.subjects.merging import merge_subjects
from tests.factories.boards import a_post
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
    respond(by=clerk, topic_id=complaint.pk, status="working")
    relay()
    assert told(author) == ["complaint_working"]

    respond(by=clerk, topic_id=complaint.pk, status="answered", answer="We send a new one.")
    relay()
    assert told(author) == ["complaint", "complaint_working"]


def test_the_outcome_reaches_the_team_and_a_reopened_complaint_its_duty_again(relay) -> None:
    author, clerk = a_member(), a_member()
    complaint = a_complaint(by=author, team=a_team(clerk))
    respond(by=clerk, topic_id=complaint.pk, status="answered", answer="We send a new one.")
    settle(by=author, topic_id=complaint.pk, confirmed=True)
    relay()
    assert told(clerk) == ["complaint_owned", "complaint_settled"]

    mark_read(by=clerk)
    settle(by=author, topic_id=complaint.pk, confirmed=False)
    relay()
    assert [row.kind for row in Notice.objects.filter(member=clerk, read_at=None)] == ["complaint_owned"]


def test_a_helpful_review_is_told_without_a_name_and_once(relay) -> None:
    author, reader = a_member(), a_member()
    review = a_review(by=author)
    for helpful in (True, False, True):
        vote_helpful(by=reader, review=review, helpful=helpful)
    relay()

    notice = Notice.objects.get(member=author, kind="helpful")
    assert (notice.by, notice.count, set(notice.happenings.values_list("by", flat=True))) == (None, 1, {None})


def test_a_vote_against_a_review_is_not_told(relay) -> None:
    author = a_member()
    vote_helpful(by=a_member(), review=a_review(by=author), helpful=False)
    relay()

    assert told(author) == []


def test_a_merge_is_told_to_who_entered_the_subjects_and_who_answers_for_them(relay) -> None:
    first, second, clerk, operator = a_member(), a_member(), a_member(), an_operator()
    loser, winner = a_subject(creator=first), a_subject(creator=second)
    a_steward(loser, a_team(clerk))
    merge_subjects(by=operator, loser=loser, winner=winner)
    relay()

    assert (told(first), told(second), told(clerk), told(operator)) == (["merged"], ["merged"], ["merged"], [])
    assert {row.target_id for row in Notice.objects.all()} == {winner.pk}


def test_a_late_answer_is_told_to_team_and_operators_once(relay) -> None:
    clerk, operator = a_member(), an_operator()
    a_complaint(team=a_team(clerk))
    with clock.shifted(dt.timedelta(days=60)):
        assert tell_late() == 1
        assert tell_late() == 0
        relay()

    assert told(clerk) == ["complaint_late", "complaint_owned"]
    assert told(operator) == ["complaint_late"]


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
