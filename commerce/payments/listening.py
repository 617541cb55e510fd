"""What a provider tells by itself: its messages, signed, delivered at least once and in any order."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from commerce.payments import keeping, refunding
from commerce.payments.applying import REPEATED, apply_event, note_once
from commerce.payments.models import Attempt, EventOutcome, Refund
from commerce.payments.providers import Refunded, Told, known, provider_named
from community.foundation.problems import NotThere


def hear(provider: str, request: HttpRequest) -> list[str]:
    """Apply every message in a request; gives what became of each: one of EventOutcome, or REPEATED.

    A provider that is not offered any more is heard still: money of earlier purchases may move. Raises NotThere for one
    that does not exist, ForgedEvent, Busy.
    """
    if provider not in known():
        raise NotThere
    return [_applied(provider, told) for told in provider_named(provider).event(request)]


def _applied(provider: str, told: Told) -> str:
    attempt = _attempt(provider, told)
    if told.refund_id is not None and told.refunded is not None:
        return _refund(provider, told, told.refund_id, told.refunded)
    if told.card is not None and told.member_id is not None:
        keeping.keep(member_id=told.member_id, provider=provider, card=told.card)
    if told.outcome is None or attempt is None:
        return _note(provider, told, attempt, _plainly(told))
    applied = apply_event(
        attempt_id=attempt.pk,
        outcome=told.outcome,
        event_id=told.event_id,
        provider=provider,
        kind=told.kind,
        payload={**told.outcome.facts, **told.facts},
    )
    keeping.keep_what_was_told(attempt, told.outcome)
    return applied.became


@transaction.atomic
def _refund(provider: str, told: Told, refund_id: UUID, refunded: Refunded) -> str:
    refund = Refund.objects.filter(pk=refund_id, attempt__provider=provider).select_related("attempt").first()
    if refund is None:
        return _note(provider, told, None, EventOutcome.UNKNOWN)
    became = _note(provider, told, refund.attempt, EventOutcome.APPLIED)
    if became != REPEATED:
        refunding.settle(refund_id=refund.pk, told=refunded)
    return became


def _attempt(provider: str, told: Told) -> Attempt | None:
    """By our own key, which the provider was given, else by the provider's."""
    rows = Attempt.objects.filter(provider=provider).select_related("purchase")
    if told.attempt_id is not None:
        return rows.filter(pk=told.attempt_id).first()
    return rows.filter(reference=told.reference).first() if told.reference else None


def _plainly(told: Told) -> EventOutcome:
    """What becomes of a message that moves nothing."""
    if told.alarm:
        return EventOutcome.ALARM
    return EventOutcome.UNKNOWN if told.outcome is not None else EventOutcome.NOTED


def _note(provider: str, told: Told, attempt: Attempt | None, became: str) -> str:
    new = note_once(
        provider=provider,
        event_id=told.event_id[:160],
        kind=told.kind[:60],
        attempt=attempt,
        payload=told.facts,
        outcome=became,
    )
    return became if new else REPEATED
