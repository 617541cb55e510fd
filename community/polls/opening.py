"""Open a poll on a topic, checked before anything is made of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.boards.models import Topic
from community.foundation import clock
from community.foundation.characters import is_blank, line
from community.polls import conf
from community.polls.errors import WrongPoll
from community.polls.models import Option, Poll, PollKind, ResultsShown


@dataclass(frozen=True)
class PollDraft:
    """A poll that can be opened as it is."""

    kind: str
    options: tuple[str, ...]
    question: str = ""
    most_choices: int = 1
    voters_shown: bool = False
    results_shown: str = ResultsShown.ALWAYS
    closes_at: dt.datetime | None = None


def drafted(entered: Mapping[str, Any]) -> PollDraft | None:
    """The poll that a form or a REST body asks for; None where it names no answers.

    `options` is a list, or text with one answer a line. A time of closing is `closes_at`, or `days` from now.
    Raises WrongPoll.
    """
    options = _answers(entered.get("options") or [])
    question = line(entered.get("question") or "")
    if not options:
        if question:
            raise WrongPoll
        return None
    kind = entered.get("kind") or PollKind.SINGLE
    if kind not in PollKind.values or len(question) > conf.QUESTION_LENGTH:
        raise WrongPoll(_("A question has at most 200 characters."))
    return PollDraft(
        kind=kind,
        options=options,
        question=question,
        most_choices=_most_choices(kind, entered.get("most_choices"), len(options)),
        voters_shown=bool(entered.get("voters_shown")),
        results_shown=entered.get("results_shown") or ResultsShown.ALWAYS,
        closes_at=_closing(entered),
    )


@transaction.atomic
def open_poll(*, topic: Topic, draft: PollDraft) -> Poll:
    """Put the poll on a topic that is being published."""
    poll = Poll.objects.create(
        topic=topic,
        question=draft.question,
        kind=draft.kind,
        most_choices=draft.most_choices,
        voters_shown=draft.voters_shown,
        results_shown=draft.results_shown,
        closes_at=draft.closes_at,
        created_at=clock.now(),
    )
    Option.objects.bulk_create(
        Option(poll=poll, position=position, text=text) for position, text in enumerate(draft.options, start=1)
    )
    return poll


def _answers(entered: Any) -> tuple[str, ...]:
    """The different, non-empty answers. Bounded before anything is built from them."""
    if isinstance(entered, str):
        entered = entered[: conf.MOST_OPTIONS * (conf.OPTION_LENGTH + 2) + 1].splitlines()
    if len(entered) > conf.MOST_OPTIONS * 2:
        raise WrongPoll
    answers = [answer for each in entered if not is_blank(answer := line(str(each)))]
    if not answers:
        return ()
    if not conf.LEAST_OPTIONS <= len(answers) <= conf.MOST_OPTIONS or len(set(answers)) != len(answers):
        raise WrongPoll
    if any(len(answer) > conf.OPTION_LENGTH for answer in answers):
        raise WrongPoll(_("An answer has at most 120 characters."))
    return tuple(answers)


def _most_choices(kind: str, entered: Any, options: int) -> int:
    if kind == PollKind.SINGLE:
        return 1
    if entered in (None, ""):
        return options
    if not 1 <= int(entered) <= options:
        raise WrongPoll(_("A member cannot choose more answers than there are."))
    return int(entered)


def _closing(entered: Mapping[str, Any]) -> dt.datetime | None:
    moment, closes_at, days = clock.now(), entered.get("closes_at"), entered.get("days")
    if closes_at is None and days:
        closes_at = moment + dt.timedelta(days=int(days))
    if closes_at is not None and not moment < closes_at <= moment + dt.timedelta(days=conf.LONGEST_DAYS):
        raise WrongPoll(_("A poll closes in the future, within a year."))
    return closes_at
