"""How polls stand, as one member may see it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from community.boards import rights
from community.foundation import clock
from community.members.ignoring import ignored_ids
from community.members.standing import has_voice
from community.polls.counting import Round, Runoff, instant_runoff
from community.polls.errors import VotersHidden
from community.polls.models import Ballot, Option, Poll, PollKind, ResultsShown


@dataclass(frozen=True)
class OptionStanding:
    """An answer with its votes and their share of the ballots in percent, None while hidden; `mine` is 1 for the
    reader's first choice, 2 for the second, and None if not chosen."""

    option: Option
    votes: int | None
    share: int | None
    mine: int | None


@dataclass(frozen=True)
class Standing:
    """A poll as one member sees it now."""

    poll: Poll
    options: list[OptionStanding]
    shown: bool
    closed: bool
    my_choices: list[uuid.UUID]
    may_vote: bool
    may_close: bool

    @property
    def voted(self) -> bool:
        return bool(self.my_choices)

    @property
    def ranked(self) -> bool:
        return self.poll.kind == PollKind.RANKED

    @property
    def places(self) -> range:
        """The places that can be given in a ranked poll."""
        return range(1, self.poll.most_choices + 1)


def standings(topics: Iterable[Any], member: Any) -> dict[uuid.UUID, Standing]:
    """The polls of these topics by topic id; topics without one are left out. Three queries, however many."""
    by_id = {topic.pk: topic for topic in topics}
    polls = list(
        Poll.objects.filter(topic__in=by_id).prefetch_related(Prefetch("options", Option.objects.order_by("position")))
    )
    mine: dict[uuid.UUID, list[uuid.UUID]] = {}
    if polls and member.is_authenticated:
        ballots = Ballot.objects.filter(member=member, poll__in=[poll.pk for poll in polls])
        mine = dict(ballots.values_list("poll_id", "choices"))
    return {poll.topic_id: _standing(poll, by_id[poll.topic_id], mine.get(poll.pk, []), member) for poll in polls}


def standing_of(topic: Any, member: Any) -> Standing | None:
    """The poll of one topic, or None."""
    return standings([topic], member).get(topic.pk)


def _standing(poll: Poll, topic: Any, my_choices: list[uuid.UUID], member: Any) -> Standing:
    closed = poll.closed_at(clock.now())
    shown = closed or poll.results_shown == ResultsShown.ALWAYS
    shown = shown or (poll.results_shown == ResultsShown.VOTED and bool(my_choices))
    rank = {option_id: place for place, option_id in enumerate(my_choices, start=1)}
    options = [
        OptionStanding(
            option=option,
            votes=option.votes if shown else None,
            share=round(100 * option.votes / poll.ballot_count)
            if shown and poll.ballot_count
            else 0
            if shown
            else None,
            mine=rank.get(option.pk),
        )
        for option in poll.options.all()
    ]
    may_close = not closed and member.is_authenticated
    may_close = may_close and (topic.author_id == member.pk or rights.may(member, "moderate", topic.board_id))
    may_vote = not closed and topic.is_published and not topic.locked and has_voice(member)
    return Standing(poll, options, shown, closed, my_choices, may_vote, may_close)


def runoff_of(standing: Standing) -> Runoff[Option] | None:
    """The rounds of a ranked poll whose results may be shown; equal rankings are counted by the database."""
    poll = standing.poll
    if poll.kind != PollKind.RANKED or not standing.shown:
        return None
    options = {row.option.pk: row.option for row in standing.options}
    rankings = Ballot.objects.filter(poll=poll).values_list("choices").annotate(times=Count("pk")).order_by("choices")
    counted = instant_runoff(list(options), [(choices, times) for choices, times in rankings])
    return Runoff(
        rounds=tuple(
            Round(
                {options[key]: votes for key, votes in past.counts.items()},
                past.exhausted,
                options[past.out] if past.out else None,
            )
            for past in counted.rounds
        ),
        winner=options[counted.winner] if counted.winner else None,
    )


METHODS = {
    PollKind.SINGLE: "plurality: the answer that most ballots name",
    PollKind.MULTIPLE: "approval: the answer that most ballots name",
    PollKind.RANKED: "instant-runoff (Robert's Rules of Order Newly Revised, 12th edition, 45:62-69, preferential voting)",
}


def voters_of(standing: Standing, member: Any) -> QuerySet[Ballot]:
    """The ballots with whose they are, newest last.

    Raises VotersHidden for a secret poll, and for one whose results this member may not see yet.
    """
    if not (standing.poll.voters_shown and standing.shown):
        raise VotersHidden
    ballots = Ballot.objects.filter(poll=standing.poll).select_related("member")
    return ballots.exclude(member__in=ignored_ids(member))
