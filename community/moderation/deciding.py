"""Take a case, decide it with a reason, and tell whom it concerns."""

import uuid
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from community.foundation import clock, targets
from community.foundation.problems import Invalid, NotThere, Problem
from community.members import allowances
from community.moderation.conf import CLAIM
from community.moderation.errors import AlreadyDecided, ReasonMissing, TakenByAnother
from community.moderation.models import Case, Decision, Entry, Outcome
from community.outbox.events import publish

LONGEST_REASON = 1000


@transaction.atomic
def claim(*, by: Any, case_id: uuid.UUID) -> Case:
    """Take an open case for half an hour, so that nobody works on it twice; again, the half hour begins anew.

    Raises NotThere, AlreadyDecided, TakenByAnother.
    """
    case = _held(by, case_id)
    if case.state != Case.State.OPEN:
        raise AlreadyDecided
    case.claimed_by, case.claimed_until = by, clock.now() + CLAIM
    case.save(update_fields=["claimed_by", "claimed_until"])
    return case


@transaction.atomic
def release(*, by: Any, case_id: uuid.UUID) -> Case:
    """Give a case back that one has taken."""
    case = _held(by, case_id)
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["claimed_by", "claimed_until"])
    return case


@transaction.atomic
def decide(*, by: Any, case_id: uuid.UUID, outcome: str, reason: str) -> Decision:
    """Decide an open case: leave the target, or hide it. A decided case can be turned by `restored` or `hidden` later.

    The author is told the reason and may answer; those who flagged are told the outcome; the log has a line.
    Raises NotThere, ReasonMissing, Invalid for an unknown outcome or a reason beyond 1,000 characters,
    AlreadyDecided when the case already stands so, TakenByAnother.
    """
    reason = " ".join(reason.split())
    if outcome not in Outcome.values:
        raise Invalid(code="unknown_outcome", field="outcome")
    if not reason:
        raise ReasonMissing
    if len(reason) > LONGEST_REASON:
        raise Invalid(code="too_long", field="reason")
    case = _held(by, case_id)
    last = case.decisions.order_by("-at", "-pk").first()
    if case.state == Case.State.DECIDED and not _turns(last, outcome):
        raise AlreadyDecided
    _carry_out(case, outcome, by, reason)
    return record(case=case, by=by, outcome=outcome, reason=reason)


def _turns(last: Decision | None, outcome: str) -> bool:
    """Whether a decided case may go from its last decision to this outcome."""
    hidden = last is not None and last.outcome == Outcome.HIDDEN
    return outcome == (Outcome.RESTORED if hidden else Outcome.HIDDEN)


def _held(by: Any, case_id: uuid.UUID) -> Case:
    visible = Case.objects.visible_to(by).filter(pk=case_id).values("pk")
    case = Case.objects.select_for_update(of=("self",)).select_related("claimed_by").filter(pk__in=visible).first()
    if case is None:
        raise NotThere
    if case.claimed_by_id not in (None, by.pk) and case.claimed_until and case.claimed_until > clock.now():
        raise TakenByAnother
    return case


def _carry_out(case: Case, outcome: str, by: Any, reason: str) -> None:
    if outcome == Outcome.KEPT:
        return
    kind = targets.kinds()[case.target_kind]
    target = apps.get_model(kind.model)._base_manager.filter(pk=case.target_id).first()
    if target is None:
        raise NotThere
    act = kind.hide if outcome == Outcome.HIDDEN else kind.restore
    if act is None:
        raise NotThere
    try:
        act(target=target, by=by, reason=reason[:200])
    except Problem:
        # What its author took away is hidden by that; the decision and its reason stand all the same.
        if outcome == Outcome.RESTORED or kind.visible_to(AnonymousUser()).filter(pk=target.pk).exists():
            raise


@transaction.atomic
def record(*, case: Case, by: Any, outcome: str, reason: str) -> Decision:
    """Write down a decision that was carried out: case, statement of reasons, log, event."""
    moment = clock.now()
    decision = Decision.objects.create(case=case, by=by, outcome=outcome, reason=reason, at=moment)
    case.state, case.decided_at, case.claimed_by, case.claimed_until = Case.State.DECIDED, moment, None, None
    case.save(update_fields=["state", "decided_at", "claimed_by", "claimed_until"])
    Entry.objects.create(
        at=moment, by=by, act=Entry.Act(outcome), target_kind=case.target_kind, board_id=case.board_id, reason=reason
    )
    if outcome == Outcome.HIDDEN:
        for member_id in case.flags.filter(~Q(member=None)).values_list("member_id", flat=True):
            allowances.note(member_id=member_id, act="flag_upheld")
        if case.author_id:
            allowances.note(member_id=case.author_id, act="upheld_flag")  # weighs against the author's trust
    publish(topic="flag.decided", key=str(case.pk), payload={"case": str(case.pk), "decision": str(decision.pk)})
    return decision
