"""Voting, changing and taking back a vote, until the poll closes."""

import datetime as dt
import uuid

import pytest

from community.boards import rights
from community.boards.errors import TopicLocked
from community.boards.models import Topic
from community.foundation import clock, counters
from community.foundation.problems import NotThere
from community.members.errors import Silenced
from community.outbox.events import Event
from community.polls.errors import PollClosed, VotersHidden, WrongChoices
from community.polls.handlers import cut_ballots_of_erased
from community.polls.models import Ballot, Option
from community.polls.standings import runoff_of, standing_of, standings, voters_of
from community.polls.voting import cast_ballot, withdraw_ballot
from tests.factories.boards import a_private_board, a_topic
from tests.factories.members import a_member
from tests.factories.polls import a_poll

pytestmark = pytest.mark.django_db


def options_of(poll) -> list[uuid.UUID]:
    return list(poll.options.values_list("pk", flat=True))


def votes_of(poll) -> list[int]:
    return list(poll.options.values_list("votes", flat=True))


def wrong_counters() -> list[str]:
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_polls.")]
    assert len(ours) == 2
    return [f"{counter.model}.{counter.field}" for counter in ours if counter.wrong().exists()]


def test_a_vote_counts_and_a_change_moves_it():
    poll, member = a_poll(), a_member()
    tea, coffee, _water = options_of(poll)
    cast_ballot(by=member, topic_id=poll.topic_id, choices=[tea])
    assert votes_of(poll) == [1, 0, 0]
    cast_ballot(by=member, topic_id=poll.topic_id, choices=[coffee])
    assert votes_of(poll) == [0, 1, 0]
    poll.refresh_from_db()
    assert (poll.ballot_count, Ballot.objects.count()) == (1, 1)
    assert wrong_counters() == []


def test_a_vote_is_taken_back_and_again_changes_nothing():
    poll, member = a_poll(), a_member()
    cast_ballot(by=member, topic_id=poll.topic_id, choices=options_of(poll)[:1])
    for _time in range(2):
        withdraw_ballot(by=member, topic_id=poll.topic_id)
    poll.refresh_from_db()
    assert (poll.ballot_count, votes_of(poll), Ballot.objects.count()) == (0, [0, 0, 0], 0)


def test_several_choices_up_to_the_bound():
    poll = a_poll(kind="multiple", most_choices=2)
    tea, coffee, water = options_of(poll)
    cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=[water, tea])
    assert votes_of(poll) == [1, 0, 1]
    with pytest.raises(WrongChoices):
        cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=[tea, coffee, water])


def test_of_a_ranking_the_first_counts_and_the_rounds_follow():
    poll = a_poll(kind="ranked")
    tea, coffee, water = options_of(poll)
    for choices in ([tea], [tea], [tea], [coffee, water], [coffee, water], [water, coffee]):
        cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=choices)
    assert votes_of(poll) == [3, 2, 1]
    assert wrong_counters() == []
    runoff = runoff_of(standing_of(poll.topic, a_member()))
    assert runoff.rounds[0].out.text == "Water"
    assert {option.text: votes for option, votes in runoff.rounds[1].counts.items()} == {"Tea": 3, "Coffee": 3}
    assert runoff.winner.text == "Tea"


def test_what_is_no_choice_of_this_poll_is_refused():
    poll, other = a_poll(), a_poll()
    tea = options_of(poll)[0]
    for choices in ([], [tea, tea], options_of(other)[:1], [uuid.uuid4()], options_of(poll)[:2]):
        with pytest.raises(WrongChoices):
            cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=choices)
    assert not Ballot.objects.exists()


def test_after_closing_nothing_changes():
    poll, member = a_poll(days=1), a_member()
    tea, coffee, _water = options_of(poll)
    cast_ballot(by=member, topic_id=poll.topic_id, choices=[tea])
    with clock.shifted(dt.timedelta(days=1, seconds=1)):
        for act in (
            lambda: cast_ballot(by=member, topic_id=poll.topic_id, choices=[coffee]),
            lambda: cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=[coffee]),
            lambda: withdraw_ballot(by=member, topic_id=poll.topic_id),
        ):
            with pytest.raises(PollClosed):
                act()
    assert votes_of(poll) == [1, 0, 0]


def test_a_locked_topic_takes_no_votes():
    poll = a_poll()
    Topic.objects.filter(pk=poll.topic_id).update(locked=True)
    with pytest.raises(TopicLocked):
        cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=options_of(poll)[:1])


def test_who_may_not_see_or_speak_does_not_vote():
    author = a_member()
    poll = a_poll(topic=a_topic(board=a_private_board(author), by=author))
    with pytest.raises(NotThere):
        cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=options_of(poll)[:1])
    with pytest.raises(NotThere):
        cast_ballot(by=a_member(), topic_id=a_topic().pk, choices=[])
    silenced = a_member(silenced_until=clock.now() + dt.timedelta(days=1))
    open_poll = a_poll()
    with pytest.raises(Silenced):
        cast_ballot(by=silenced, topic_id=open_poll.topic_id, choices=options_of(open_poll)[:1])
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(("shown", "before", "after"), [("always", 0, 1), ("voted", None, 1), ("closed", None, None)])
def test_results_are_shown_when_the_poll_says(shown, before, after):
    poll, member = a_poll(results_shown=shown, days=1), a_member()
    assert standing_of(poll.topic, member).options[0].votes == before
    cast_ballot(by=member, topic_id=poll.topic_id, choices=options_of(poll)[:1])
    assert standing_of(poll.topic, member).options[0].votes == after
    with clock.shifted(dt.timedelta(days=2)):
        assert standing_of(poll.topic, a_member()).options[0].votes == 1


def test_voters_are_known_only_where_the_poll_says_so():
    secret, open_one, later = (
        a_poll(),
        a_poll(voters_shown=True),
        a_poll(voters_shown=True, results_shown="closed", days=1),
    )
    member = a_member()
    for poll in (secret, open_one, later):
        cast_ballot(by=member, topic_id=poll.topic_id, choices=options_of(poll)[:1])
    reader = a_member()
    assert [ballot.member for ballot in voters_of(standing_of(open_one.topic, reader), reader)] == [member]
    for poll in (secret, later):
        with pytest.raises(VotersHidden):
            voters_of(standing_of(poll.topic, reader), reader)


def test_the_vote_of_a_member_who_left_counts_and_is_nobody_s():
    poll, member = a_poll(voters_shown=True), a_member()
    cast_ballot(by=member, topic_id=poll.topic_id, choices=options_of(poll)[:1])
    cut_ballots_of_erased(Event("member.erased", str(member.pk), {"member": str(member.pk)}))
    assert Ballot.objects.get().member is None
    assert votes_of(poll) == [1, 0, 0]
    assert wrong_counters() == []


@pytest.mark.parametrize("rows", [1, 20])
def test_the_polls_of_a_list_take_three_queries(rows, django_assert_num_queries):
    topics, reader = [a_poll().topic for _number in range(rows)], a_member()
    rights.rights_of(reader)
    with django_assert_num_queries(3):
        assert len(standings(topics, reader)) == rows


def test_shares_are_of_all_ballots():
    poll = a_poll(kind="multiple")
    tea, coffee, _water = options_of(poll)
    cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=[tea, coffee])
    cast_ballot(by=a_member(), topic_id=poll.topic_id, choices=[tea])
    poll.refresh_from_db()
    assert [row.share for row in standing_of(poll.topic, a_member()).options] == [100, 50, 0]
    Option.objects.filter(pk=tea).update(votes=9)
    assert wrong_counters() == ["community_polls.Option.votes"]
