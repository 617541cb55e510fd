"""Rivals over HTTP, each with a connection of its own (abuse_cases.md 14, 15, 19)."""

import uuid
from collections import Counter

import pytest

from community.boards.models import Post, Topic
from community.foundation import clock
from community.foundation.counters import all_counters
from community.ideas.models import Idea, IdeaVote
from community.members.allowances import LIMITS
from community.members.models import Member
from community.reactions.models import Reaction, Tally
from tests.abuse.kit import API, rest
from tests.concurrency.kit import all_went_well, race
from tests.factories.boards import a_post, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 6


def answers(*asks) -> Counter:
    """How often each status was answered when all were asked at once."""
    outcomes = race(*asks)
    assert all_went_well(outcomes)
    return Counter(outcome.value.status_code for outcome in outcomes)


def every_counter_is_its_rows() -> bool:
    return [f"{counter.model}.{counter.field}" for counter in all_counters() if counter.wrong().exists()] == []


def test_14_the_same_form_and_the_same_key_from_many_tabs_at_once_are_one_post_each():
    member, topic = a_member(), a_topic()
    browsers = [logged_in(member) for _tab in range(RIVALS)]
    form = {"body": "Once.", "submission": str(uuid.uuid4())}
    assert answers(*[lambda b=b: b.post(f"/topics/{topic.pk}/reply/", form) for b in browsers]) == {302: RIVALS}
    clients, key = [rest(member) for _tab in range(RIVALS)], {"Idempotency-Key": "one"}
    path = f"{API}/topics/{topic.pk}/posts/"
    statuses = answers(*[lambda c=c: c.post(path, {"body": "Twice."}, headers=key) for c in clients])
    assert set(statuses) <= {201, 409}
    assert statuses[201] >= 1
    assert sorted(Post.objects.filter(topic=topic, number__gt=1).values_list("source", flat=True)) == [
        "Once.",
        "Twice.",
    ]
    assert Topic.objects.get(pk=topic.pk).post_count == 3


def test_15_votes_and_reactions_given_and_taken_back_at_once_count_what_there_is():
    idea, post, members = an_idea(), a_post(), [a_member() for _number in range(3)]
    vote, like = f"{API}/topics/{idea.pk}/votes/", f"{API}/posts/{post.pk}/reactions/like/"
    asks = []
    for member in members:
        for path in (vote, like):
            one, two, three = rest(member), rest(member), rest(member)
            asks += [
                lambda c=one, p=path: c.put(p),
                lambda c=two, p=path: c.put(p),
                lambda c=three, p=path: c.delete(p),
            ]
    assert set(answers(*asks)) <= {200, 201, 204}
    votes, likes = IdeaVote.objects.filter(idea=idea), Reaction.objects.filter(post=post)
    for member in members:
        assert votes.filter(member=member).count() <= 1
        assert likes.filter(member=member).count() <= 1
    assert Idea.objects.get(pk=idea.pk).vote_count == votes.count()
    assert Tally.objects.get(pk=post.pk).like == likes.count() == Post.objects.get(pk=post.pk).reaction_count
    assert every_counter_is_its_rows()


@pytest.mark.parametrize("act", ["post", "topic"])
def test_19_posts_sent_at_once_do_not_beat_the_flood_limit(act, monkeypatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)  # all in one minute, however slow the machine
    member, topic = a_member(trust_level=1), a_topic()
    most, late = LIMITS[act].minute, 4
    if act == "post":
        path, body = f"{API}/topics/{topic.pk}/posts/", {"body": "Flood."}
    else:
        path, body = f"{API}/topics/", {"board": topic.board.slug, "title": "Flood", "body": "Flood."}
    clients = [rest(member) for _number in range(most + late)]
    statuses = answers(*[lambda c=c: c.post(path, body) for c in clients])
    assert statuses == {201: most, 429: late}
    assert Post.objects.filter(author=member).count() == most
    assert Member.objects.get(pk=member.pk).activities.get(act=act).count == most
