"""Warn, silence or suspend a member, with a reason and an end, and lift it."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max

from community.foundation import clock
from community.foundation.problems import NotThere, Refused
from community.members.models import Member
from community.moderation.conf import LONGEST_SANCTION
from community.moderation.errors import AlreadyDecided, EndMissing, NotOnOperators, ReasonMissing
from community.moderation.models import Case, Entry, Sanction
from community.outbox.events import publish

_COLUMN = {Sanction.Kind.SILENCE: "silenced_until", Sanction.Kind.SUSPENSION: "suspended_until"}
_ACT = {
    Sanction.Kind.WARNING: Entry.Act.WARNED,
    Sanction.Kind.SILENCE: Entry.Act.SILENCED,
    Sanction.Kind.SUSPENSION: Entry.Act.SUSPENDED,
}


@transaction.atomic
def sanction(
    *, by: Any, member: Member, kind: str, reason: str, ends_at: dt.datetime | None = None, case: Case | None = None
) -> Sanction:
    """Sanction a member. A warning has no end, the others need one; of several in force the latest end counts.

    Raises Refused for who is no operator, NotOnOperators, ReasonMissing, EndMissing, Invalid for an unknown kind.
    """
    if not by.is_operator:
        raise Refused
    reason = " ".join(reason.split())[:1000]
    if not reason:
        raise ReasonMissing
    kind, moment = Sanction.Kind(kind), clock.now()
    _check_end(kind, ends_at, moment)
    held = Member.objects.select_for_update().get(pk=member.pk)
    if held.is_operator:
        raise NotOnOperators
    made = Sanction.objects.create(member=held, kind=kind, reason=reason, case=case, by=by, at=moment, ends_at=ends_at)
    _settle(held, kind)
    _log(made, _ACT[kind], by, reason)
    publish(topic="sanction.given", key=str(held.pk), payload={"sanction": str(made.pk), "member": str(held.pk)})
    return made


def _check_end(kind: str, ends_at: dt.datetime | None, moment: dt.datetime) -> None:
    if kind == Sanction.Kind.WARNING:
        if ends_at is not None:
            raise EndMissing
    elif ends_at is None or not moment < ends_at <= moment + LONGEST_SANCTION:
        raise EndMissing


@transaction.atomic
def lift(*, by: Any, sanction_id: uuid.UUID, reason: str) -> Sanction:
    """End a silence or suspension before its time.

    Raises Refused for who is no operator, NotThere, ReasonMissing, AlreadyDecided when it is over.
    """
    if not by.is_operator:
        raise Refused
    reason = " ".join(reason.split())[:1000]
    if not reason:
        raise ReasonMissing
    found = Sanction.objects.filter(pk=sanction_id).first()
    if found is None:
        raise NotThere
    held = Member.objects.select_for_update().get(pk=found.member_id)
    made = Sanction.objects.select_for_update().get(pk=sanction_id)
    if made.lifted_at is not None or made.ends_at is None or made.ends_at <= clock.now():
        raise AlreadyDecided
    made.lifted_at, made.lifted_by = clock.now(), by
    made.save(update_fields=["lifted_at", "lifted_by"])
    _settle(held, made.kind)
    _log(made, Entry.Act.LIFTED, by, reason)
    return made


def _settle(member: Member, kind: str) -> None:
    """Write the latest end of what is in force on the member, whose lock is held."""
    column = _COLUMN.get(Sanction.Kind(kind))
    if column is None:
        return
    in_force = Sanction.objects.in_force(clock.now()).filter(member=member, kind=kind)
    setattr(member, column, in_force.aggregate(last=Max("ends_at"))["last"])
    member.save(update_fields=[column])


def _log(made: Sanction, act: str, by: Any, reason: str) -> None:
    Entry.objects.create(at=clock.now(), by=by, act=act, reason=reason, ends_at=made.ends_at)
