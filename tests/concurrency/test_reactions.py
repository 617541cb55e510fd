"""Reactions of rivals: rows and counters always agree (1.72)."""

import pytest
from django.db import IntegrityError

from community.boards import locks
from community.boards.models import Post, Topic
from community.foundation import counters
from community.members import allowances
from community.members.models import Member
from community.reactions.models import Reaction, Tally
from community.reactions.reacting import react, unreact
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.boards import a_post, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def wrong_counters() -> list[str]:
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_reactions.")]
    ours += [counter for counter in counters.all_counters() if counter.field == "reaction_count"]
    assert len(ours) == 7
    return [f"{counter.model}.{counter.field}" for counter in ours if counter.wrong().exists()]


def fresh(member: Member) -> Member:
    """As another request would have it."""
    return Member.objects.get(pk=member.pk)


def test_without_the_lock_the_race_happens(monkeypatch):
    post, member = a_post(), a_member()

    def unlocked(by, post_id):
        return Post.objects.select_related("topic").get(pk=post_id)

    monkeypatch.setattr(locks, "post", unlocked)
    meeting = meet_before(monkeypatch, allowances, "spend")
    outcomes = race(*[lambda: react(by=fresh(member), post_id=post.pk, kind="like")] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_two_clicks_at_once_are_one_reaction(monkeypatch):
    post, member = a_post(), a_member()
    meeting = meet_before(monkeypatch, allowances, "spend")
    assert all_went_well(race(*[lambda: react(by=fresh(member), post_id=post.pk, kind="like")] * 2))
    assert not meeting.happened
    assert Reaction.objects.count() == 1
    assert Tally.objects.get(post=post).like == 1
    assert wrong_counters() == []


def test_a_crowd_that_gives_and_takes_leaves_exact_counts():
    topic = a_topic()
    opening = topic.posts.get(number=1)
    members = [a_member() for _number in range(6)]
    for member in members[:3]:
        react(by=member, post_id=opening.pk, kind="thanks")
    givers = [lambda member=member: react(by=fresh(member), post_id=opening.pk, kind="like") for member in members]
    takers = [lambda member=member: unreact(by=fresh(member), post_id=opening.pk, kind="thanks") for member in members]
    assert all_went_well(race(*givers, *takers))
    tally = Tally.objects.get(post=opening)
    assert (tally.like, tally.thanks) == (6, 0)
    assert Post.objects.get(pk=opening.pk).reaction_count == 6
    assert Topic.objects.get(pk=topic.pk).score == 6
    assert wrong_counters() == []
