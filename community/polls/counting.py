"""Count a ranked poll by instant-runoff voting.

Method and source: "preferential voting", Robert's Rules of Order Newly Revised (12th edition, 45:62-69), also known as
instant-runoff or the alternative vote. Each ballot counts for the answer it ranks highest among those still in. If an
answer has more than half of the ballots that still count, it wins; else the answer with the fewest is out, and its
ballots pass on. A ballot none of whose answers is still in counts no more.

The book leaves ties to the assembly; here they are settled so that anyone can recount and find the same: of the tied,
the one that had fewest in the round before is out, and so on back to the first round; if they were tied throughout,
the one that stands last in the poll.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Answer = TypeVar("Answer", bound=Hashable)


@dataclass(frozen=True)
class Round(Generic[Answer]):
    """Ballots of each answer that is still in, ballots that count no more, and the answer that goes out after it."""

    counts: dict[Answer, int]
    exhausted: int
    out: Answer | None


@dataclass(frozen=True)
class Runoff(Generic[Answer]):
    """All rounds, and the winner; None while there is no ballot."""

    rounds: tuple[Round[Answer], ...]
    winner: Answer | None


def instant_runoff(answers: Sequence[Answer], ballots: Sequence[tuple[Sequence[Answer], int]]) -> Runoff[Answer]:
    """Count `ballots`, each a ranking (best first) with how many members cast it. `answers` stand in poll order."""
    rounds: list[Round[Answer]] = []
    remaining = list(answers)
    while remaining:
        counts, exhausted = _count(remaining, ballots)
        counting = sum(counts.values())
        if counting == 0:
            return Runoff((Round(counts, exhausted, None),) if not rounds else tuple(rounds), None)
        leader = max(counts, key=lambda answer: counts[answer])
        if counts[leader] * 2 > counting or len(remaining) == 1:
            return Runoff((*rounds, Round(counts, exhausted, None)), leader)
        out = _last(counts, remaining, rounds)
        rounds.append(Round(counts, exhausted, out))
        remaining.remove(out)
    return Runoff((), None)


def _count(
    remaining: Sequence[Answer], ballots: Sequence[tuple[Sequence[Answer], int]]
) -> tuple[dict[Answer, int], int]:
    counts = dict.fromkeys(remaining, 0)
    exhausted = 0
    for ranking, times in ballots:
        first = next((answer for answer in ranking if answer in counts), None)
        if first is None:
            exhausted += times
        else:
            counts[first] += times
    return counts, exhausted


def _last(counts: dict[Answer, int], remaining: Sequence[Answer], earlier: Sequence[Round[Answer]]) -> Answer:
    tied = list(remaining)
    for known in (counts, *(past.counts for past in reversed(earlier))):
        fewest = min(known[answer] for answer in tied)
        tied = [answer for answer in tied if known[answer] == fewest]
        if len(tied) == 1:
            break
    return tied[-1]
