"""Word of mouth names what it is about, what to think of it and for whom that holds."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from community.boards.models import Board, TopicSubject
from community.boards.models.places import Kind
from community.boards.wording import reason
from community.foundation.problems import Invalid
from community.subjects.models import Subject

FOR_WHOM_LENGTH = 120


class Verdict(NamedTuple):
    verdict: str
    for_whom: str


def clean_verdict(board: Board, subjects: Sequence[Subject], verdict: str, for_whom: str) -> Verdict:
    """The verdict of a word-of-mouth topic; empty on boards of other kinds, where none may be given.

    Raises Invalid with the field: `subjects` if word of mouth names none, `verdict`, `for_whom`.
    """
    if board.kind != Kind.WORD_OF_MOUTH:
        if verdict or for_whom:
            raise Invalid(
                _("Only word of mouth carries a verdict."),
                code="unknown_field",
                field="verdict" if verdict else "for_whom",
            )
        return Verdict("", "")
    if not subjects:
        raise Invalid(_("Say what you tell others about: choose a subject."), code="required", field="subjects")
    if verdict not in TopicSubject.Verdict.values:
        raise Invalid(_("Choose what you think of it."), code="required", field="verdict")
    kept = reason(for_whom)
    if len(kept) > FOR_WHOM_LENGTH:
        raise Invalid(_("Say for whom in at most 120 characters."), code="max_length", field="for_whom")
    return Verdict(verdict, kept)
