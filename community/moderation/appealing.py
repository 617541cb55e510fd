"""An author answers a decision; another moderator looks at it again."""

import uuid
from typing import Any

from django.db import transaction

from community.foundation import clock
from community.foundation.problems import Invalid, NotThere
from community.moderation.conf import APPEAL_WITHIN
from community.moderation.deciding import decide
from community.moderation.errors import AlreadyDecided, NotByTheSame, ReasonMissing, TooLateToAppeal
from community.moderation.models import Appeal, Case, Decision, Outcome
from community.outbox.events import publish

LONGEST = 2000


@transaction.atomic
def appeal(*, by: Any, decision_id: uuid.UUID, text: str) -> Appeal:
    """The author's answer to a decision that hid their words, once, within six months. Silenced members may, too.

    Raises NotThere for anyone else, Invalid for an empty or overlong text, TooLateToAppeal, AlreadyDecided.
    """
    decision = Decision.objects.select_for_update().filter(pk=decision_id, case__author=by).first()
    if decision is None or decision.outcome != Outcome.HIDDEN:
        raise NotThere
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Invalid(code="length", field="text")
    if clock.now() - decision.at > APPEAL_WITHIN:
        raise TooLateToAppeal
    if Appeal.objects.filter(decision=decision).exists():
        raise AlreadyDecided
    made = Appeal.objects.create(decision=decision, text=text, at=clock.now())
    publish(topic="appeal.made", key=str(decision.case_id), payload={"appeal": str(made.pk)})
    return made


@transaction.atomic
def answer_appeal(*, by: Any, appeal_id: uuid.UUID, upheld: bool, answer: str) -> Appeal:
    """Another moderator (or an operator) keeps the decision or turns it, in words that the author reads.

    Raises NotThere, NotByTheSame, ReasonMissing, AlreadyDecided.
    """
    made = Appeal.objects.select_for_update(of=("self",)).select_related("decision").filter(pk=appeal_id).first()
    if made is None or not Case.objects.visible_to(by).filter(pk=made.decision.case_id).exists():
        raise NotThere
    if made.answered_at is not None:
        raise AlreadyDecided
    if made.decision.by_id == by.pk and not by.is_operator:
        raise NotByTheSame
    answer = " ".join(answer.split())
    if not answer:
        raise ReasonMissing
    made.upheld, made.answer, made.answered_by, made.answered_at = upheld, answer[:1000], by, clock.now()
    made.save(update_fields=["upheld", "answer", "answered_by", "answered_at"])
    if not upheld:
        decide(by=by, case_id=made.decision.case_id, outcome=Outcome.RESTORED, reason=made.answer)
    publish(topic="appeal.answered", key=str(made.decision.case_id), payload={"appeal": str(made.pk)})
    return made


def is_open_to_appeal(decision: Decision) -> bool:
    """Whether the author may (still) answer this decision."""
    answered = Appeal.objects.filter(decision=decision).exists()
    return decision.outcome == Outcome.HIDDEN and not answered and clock.now() - decision.at <= APPEAL_WITHIN
