"""Cards that providers keep for members: taken over when the provider says so, used by `choosing`, forgotten on request."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from commerce.payments import conf
from commerce.payments.errors import TooManyKept, UnknownWay
from commerce.payments.models import Attempt, KeptMethod
from commerce.payments.providers import Card, Outcome, offered, outside_transaction, provider_named
from community.foundation import clock
from community.foundation.problems import NotThere


def begin_keeping(*, by: Any, provider: str, return_url: str) -> str:
    """Where the member gives a card that the provider will keep. Raises UnknownWay, TooManyKept, ProviderUnreachable."""
    if provider not in offered() or not provider_named(provider).keeps_cards:
        raise UnknownWay
    if KeptMethod.objects.filter(member=by).count() >= conf.MOST_KEPT:
        raise TooManyKept
    return provider_named(provider).keep(by, return_url=return_url)


def finish_keeping(*, by: Any, provider: str, reference: str) -> KeptMethod | None:
    """Take over the card that the member gave at the provider; None if there is none (yet)."""
    if provider not in offered():
        raise UnknownWay
    card = provider_named(provider).kept(by, reference)
    return keep(member_id=by.pk, provider=provider, card=card) if card is not None else None


def keep(*, member_id: Any, provider: str, card: Card) -> KeptMethod | None:
    """Remember a card by its token. Told again it is updated; another member's token is nobody's (None)."""
    values = {
        "customer": card.customer[:120],
        "brand": card.brand[:20],
        "last4": card.last4[-4:],
        "expires": card.expires[:7],
        "used_at": clock.now(),
    }
    try:
        with transaction.atomic():
            row, _new = KeptMethod.objects.update_or_create(
                provider=provider, token=card.token, member_id=member_id, defaults=values
            )
    except IntegrityError:
        return None
    return row


def keep_what_was_told(attempt: Attempt, outcome: Outcome) -> None:
    """A buyer may let the provider keep the card while paying."""
    if outcome.kept is not None:
        keep(member_id=attempt.purchase.member_id, provider=attempt.provider, card=outcome.kept)


def forget(*, by: Any, kept_id: UUID) -> None:
    """Have the provider drop a card, then drop it here. Raises NotThere, and ProviderUnreachable: it is kept then."""
    kept = KeptMethod.objects.visible_to(by).filter(pk=kept_id).first()
    if kept is None:
        raise NotThere
    outside_transaction()
    provider_named(kept.provider).forget(kept)
    kept.delete()
