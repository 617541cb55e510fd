"""Ways of payment: which are offered to a member, and what the word for one means.

A word is "sandbox", "sandbox-3ds", "stripe", or "<provider>:<id of a kept card>".
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commerce.payments.errors import UnknownWay
from commerce.payments.models import KeptMethod
from commerce.payments.providers import Provider, Way, offered, provider_named


@dataclass(frozen=True)
class Chosen:
    """A way of payment that is offered to a member."""

    method: str
    provider: Provider
    kept: KeptMethod | None = None


def ways(member: Any) -> list[Way]:
    """What this member may choose from: kept cards first, the last used at the top."""
    names = offered()
    providers = [provider_named(name) for name in names]
    cards = KeptMethod.objects.visible_to(member).filter(provider__in=names).order_by("-used_at", "-pk")
    kept = [Way(f"{card.provider}:{card.pk}", str(card), _("Paid with one tap"), "credit-card", card) for card in cards]
    return kept + [way for provider in providers for way in provider.ways()]


def chosen(method: str, member: Any) -> Chosen:
    """What a word means for this member; a kept card only for the one who keeps it. Raises UnknownWay."""
    name, _colon, key = method.partition(":")
    name = name.partition("-")[0] if not key else name
    if name not in offered():
        raise UnknownWay
    provider = provider_named(name)
    if key:
        return Chosen(method, provider, _card(name, key, member))
    if method not in [way.method for way in provider.ways()]:
        raise UnknownWay
    return Chosen(method, provider)


def kept_of(method: str) -> KeptMethod | None:
    """The kept card of an attempt's way of payment, if it is one and is kept still."""
    key = method.partition(":")[2]
    return KeptMethod.objects.filter(pk=key).first() if key else None


def _card(provider: str, key: str, member: Any) -> KeptMethod:
    try:
        card = KeptMethod.objects.visible_to(member).filter(provider=provider, pk=UUID(key)).first()
    except ValueError:
        card = None
    if card is None:
        raise UnknownWay
    return card


def keepers() -> list[tuple[str, str]]:
    """The offered providers that keep cards, by name, with the title of their first way."""
    providers = [provider_named(name) for name in offered()]
    return [(provider.name, str(provider.ways()[0].title)) for provider in providers if provider.keeps_cards]
