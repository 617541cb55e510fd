"""Cards that providers keep for members: taken over when the provider says so, used by `choosing`, forgotten on request."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from commerce.payments import conf
from commerce.payments.errors import ProviderRefused, ProviderUnreachable, TooManyKept, UnknownWay
from commerce.payments.models import Attempt, KeptMethod
from commerce.payments.providers import Card, Outcome, offered, outside_transaction, provider_named
from community.foundation import clock
from community.foundation.addresses import absolute
from community.jobs.registry import run_soon

FORGETTING = "payments.forget_cards"
"""The job that tells providers."""


def begin_keeping(*, by: Any, provider: str) -> str:
    """Where the member gives a card that the provider will keep. Raises UnknownWay, TooManyKept, ProviderUnreachable."""
    if provider not in offered() or not provider_named(provider).keeps_cards:
        raise UnknownWay
    if KeptMethod.objects.filter(member=by).count() >= conf.MOST_KEPT:
        raise TooManyKept
    back = absolute(reverse("commerce_payments:card_back", args=[provider]))
    return provider_named(provider).keep(by, return_url=back)


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


@transaction.atomic
def forget(*, by: Any, kept_id: UUID) -> bool:
    """Forget a card of the member here and now; the provider is told in a moment. False if there is none."""
    return bool(_let_go(KeptMethod.objects.visible_to(by).filter(pk=kept_id)))


def forget_all(*, member: Any) -> None:
    """When a member leaves."""
    _let_go(KeptMethod.objects.filter(member=member))


def tell_providers() -> dict[str, int]:
    """Have providers drop the cards that are nobody's any more; what could not be told is told the next time."""
    outside_transaction()
    counts = Counter(forgotten=0, unreached=0)
    for card in KeptMethod.objects.filter(member=None).order_by("pk")[: conf.BATCH]:
        try:
            provider_named(card.provider).forget(card)
        except (ProviderUnreachable, ProviderRefused):
            counts["unreached"] += 1
            continue
        card.delete()
        counts["forgotten"] += 1
    return dict(counts)


def _let_go(rows: QuerySet[KeptMethod]) -> int:
    number = rows.update(member=None, brand="", last4="", expires="")
    if number:
        transaction.on_commit(lambda: run_soon(FORGETTING), robust=True)
    return number
