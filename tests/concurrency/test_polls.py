"""Votes of rivals: one ballot a member, counters that equal the ballots (1.72)."""

import contextlib

import pytest
from django.db import IntegrityError

from community.foundation import counters
from community.members import allowances
from community.members.models import Member
from community.polls import voting
from community.polls.closing import close_poll
from community.polls.models import Ballot, Poll
from community.polls.voting import cast_ballot, withdraw_ballot
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.members import a_member
from tests.factories.polls import a_poll

pytestmark = pytest.mark.django_db(transaction=True)


def wrong_counters() -> list[str]:
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_polls.")]
    return [f"{counter.model}.{counter.field}" for counter in ours if counter.wrong().exists()]


def voter(member, poll, choices):
    return lambda: cast_ballot(by=Member.objects.get(pk=member.pk), topic_id=poll.topic_id, choices=choices)


def test_without_the_lock_a_changed_vote_is_counted_twice(monkeypatch):
    poll, member = a_poll(), a_member()
    tea, coffee, water = poll.options.values_list("pk", flat=True)
    cast_ballot(by=member, topic_id=poll.topic_id, choices=[tea])
    monkeypatch.setattr(voting, "_open_poll", lambda by, topic_id: Poll.objects.get(topic=topic_id))
    meeting = meet_before(monkeypatch, allowances, "spend")
    outcomes = race(voter(member, poll, [coffee]), voter(member, poll, [water]))
    assert meeting.happened
    broken = [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]
    assert broken or wrong_counters() == ["community_polls.Option.votes"]


def test_two_changes_at_once_leave_one_ballot_and_exact_counts(monkeypatch):
    poll, member = a_poll(), a_member()
    tea, coffee, water = poll.options.values_list("pk", flat=True)
    cast_ballot(by=member, topic_id=poll.topic_id, choices=[tea])
    meeting = meet_before(monkeypatch, allowances, "spend")
    assert all_went_well(race(voter(member, poll, [coffee]), voter(member, poll, [water])))
    assert not meeting.happened
    assert Ballot.objects.count() == 1
    assert wrong_counters() == []


def test_a_crowd_that_votes_changes_and_withdraws_leaves_exact_counts():
    poll = a_poll(kind="multiple")
    options = list(poll.options.values_list("pk", flat=True))
    members = [a_member() for _number in range(6)]
    acts = [voter(member, poll, options[:2]) for member in members]
    acts += [voter(member, poll, options[1:]) for member in members]
    acts += [
        lambda member=member: withdraw_ballot(by=Member.objects.get(pk=member.pk), topic_id=poll.topic_id)
        for member in members[:2]
    ]
    assert all_went_well(race(*acts))
    poll.refresh_from_db()
    assert poll.ballot_count == Ballot.objects.count()
    assert wrong_counters() == []


def test_no_vote_slips_in_while_the_poll_closes(monkeypatch):
    poll = a_poll()
    option = poll.options.first().pk
    members = [a_member() for _number in range(4)]
    meet_before(monkeypatch, allowances, "spend", rivals=4)

    def close():
        with contextlib.suppress(Exception):
            return close_poll(by=Member.objects.get(pk=poll.topic.author_id), topic_id=poll.topic_id)

    outcomes = race(close, *[voter(member, poll, [option]) for member in members])
    closed_at = Poll.objects.get(pk=poll.pk).closes_at
    assert all(ballot.cast_at <= closed_at for ballot in Ballot.objects.all())
    assert all(outcome.raised is None or outcome.refused for outcome in outcomes)
    assert Ballot.objects.count() == sum(outcome.raised is None for outcome in outcomes[1:])
    assert wrong_counters() == []
