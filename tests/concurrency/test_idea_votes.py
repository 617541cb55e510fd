"""Votes of rivals for an idea: the counter equals the rows (1.72)."""

import pytest
from django.db import IntegrityError

from community.boards import locks
from community.boards.models import Topic
from community.ideas.models import Idea, IdeaVote
from community.ideas.voting import unvote, vote
from community.members import allowances
from community.members.models import Member
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.ideas import an_idea
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def test_without_the_lock_the_race_happens(monkeypatch):
    idea, member = an_idea(), a_member()
    monkeypatch.setattr(locks, "topic", lambda by, topic_id: Topic.objects.get(pk=topic_id))
    meeting = meet_before(monkeypatch, allowances, "spend")
    outcomes = race(*[lambda: vote(by=fresh(member), topic_id=idea.pk)] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_two_clicks_at_once_are_one_vote(monkeypatch):
    idea, member = an_idea(), a_member()
    meeting = meet_before(monkeypatch, allowances, "spend")
    assert all_went_well(race(*[lambda: vote(by=fresh(member), topic_id=idea.pk)] * 2))
    assert not meeting.happened
    assert (IdeaVote.objects.count(), Idea.objects.get().vote_count) == (1, 1)


def test_a_crowd_that_votes_and_takes_back_leaves_exact_counts():
    idea, members = an_idea(), [a_member() for _number in range(6)]
    for member in members[:3]:
        vote(by=member, topic_id=idea.pk)
    acts = [lambda member=member: unvote(by=fresh(member), topic_id=idea.pk) for member in members[:3]]
    acts += [lambda member=member: vote(by=fresh(member), topic_id=idea.pk) for member in members[3:]]
    assert all_went_well(race(*acts))
    idea.refresh_from_db()
    assert idea.vote_count == IdeaVote.objects.count() == 3
    assert Topic.objects.get(pk=idea.pk).score == 3
