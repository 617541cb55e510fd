"""Consents: separate, dated, revocable. Nothing is assumed: without a decision there is no consent."""

from dataclasses import dataclass

from django.db import transaction

from community.foundation import clock
from community.foundation.problems import Invalid
from community.members.models import Member
from community.outbox.events import publish
from community.profiles.errors import NeedsConsentFirst
from community.profiles.models import Consent

WORDING = "2026-11-01"
"""Changes with the sentences of `Consent.PURPOSES`; a decision keeps the version that it was made on."""


@dataclass(frozen=True)
class Decision:
    """The state of one purpose: the decision that holds (None: never asked) and all there were, newest first."""

    purpose: str
    label: str
    held: Consent | None
    history: list[Consent]

    @property
    def granted(self) -> bool:
        return bool(self.held and self.held.granted)


@transaction.atomic
def decide(*, by: Member, decisions: dict[str, bool]) -> list[Consent]:
    """Grant or revoke purposes; those not named stay. Gives the rows of what changed.

    Revoking marketing mail revokes mail at night. Raises Invalid for an unknown purpose, NeedsConsentFirst.
    """
    for purpose in decisions:
        if purpose not in dict(Consent.PURPOSES):
            raise Invalid(code="unknown_purpose", field=purpose)
    Member.objects.select_for_update().get(pk=by.pk)
    now_held = {row.purpose: row.granted for row in Consent.objects.filter(member=by, current=True)}
    wanted = {**now_held, **decisions}
    if wanted.get(Consent.NIGHT) and not wanted.get(Consent.MARKETING):
        if decisions.get(Consent.NIGHT):
            raise NeedsConsentFirst(field=Consent.NIGHT)
        wanted[Consent.NIGHT] = False
    changed = [purpose for purpose, granted in wanted.items() if now_held.get(purpose, False) is not granted]
    return [_write(by, purpose, wanted[purpose]) for purpose in changed]


def has_consented(member: Member | None, purpose: str) -> bool:
    """Whether the member's consent to a purpose holds now."""
    if member is None or not member.is_authenticated:
        return False
    return Consent.objects.filter(member_id=member.pk, purpose=purpose, current=True, granted=True).exists()


def state_of(member: Member) -> list[Decision]:
    """Every purpose with its decision and its history, in one query."""
    rows = list(Consent.objects.filter(member=member).order_by("-at", "-id"))
    return [
        Decision(
            purpose=purpose,
            label=str(label),
            held=next((row for row in rows if row.purpose == purpose and row.current), None),
            history=[row for row in rows if row.purpose == purpose],
        )
        for purpose, label in Consent.PURPOSES
    ]


def _write(by: Member, purpose: str, granted: bool) -> Consent:
    Consent.objects.filter(member=by, purpose=purpose, current=True).update(current=False)
    row = Consent.objects.create(member=by, purpose=purpose, granted=granted, wording=WORDING, at=clock.now())
    payload = {"member": str(by.pk), "purpose": purpose, "granted": granted}
    publish(topic="consent.changed", key=str(by.pk), payload=payload)
    return row
