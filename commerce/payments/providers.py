"""What a payment provider can be asked, and which this site has.

    outcome = provider_named(attempt.provider).fetch(attempt)

A provider answers with an Outcome and changes nothing here: `applying` does. One that is `remote` speaks over the network
and may never be asked inside a transaction (`outside_transaction` holds that); the others answer at once. Every question
may be asked twice: the key of the attempt or of the refund makes the second the same as the first.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from commerce.payments.models import Attempt, KeptMethod, Refund
from community.site import present

ACTION_REQUIRED = "action_required"
"""Beside the states of an attempt: it waits for the buyer, who goes on at `action_url`."""


@dataclass(frozen=True)
class Outcome:
    """What a provider says of an attempt. `state` is one of AttemptState or ACTION_REQUIRED.

    `amount` (smallest units) and `currency` are what it authorised or captured. `sequence` orders what it tells; None
    means "as it is now". `failure` is a code of `errors`. `kept` is the card it keeps from now on, if the buyer chose so.
    """

    state: str
    reference: str = ""
    action_url: str = ""
    failure: str = ""
    amount: int | None = None
    currency: str = ""
    sequence: int | None = None
    kept: "Card | None" = None

    @property
    def facts(self) -> dict[str, Any]:
        """What is written down of it."""
        names = ("state", "reference", "failure", "amount", "currency", "sequence")
        return {name: value for name in names if (value := getattr(self, name)) not in ("", None)}


@dataclass(frozen=True)
class Refunded:
    """What a provider says of a refund: `state` is one of RefundState."""

    state: str
    reference: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Card:
    """A card that the provider keeps: its token, and what is printed on a receipt."""

    token: str
    customer: str = ""
    brand: str = ""
    last4: str = ""
    expires: str = ""


@dataclass(frozen=True)
class Told:
    """One message of a provider, its signature checked. It is about an attempt (by our key or by the provider's reference),
    about a refund, or about neither. `alarm`: a person has to look at it. `facts` holds no word about a person."""

    event_id: str
    kind: str
    attempt_id: UUID | None = None
    reference: str = ""
    outcome: Outcome | None = None
    refund_id: UUID | None = None
    refunded: Refunded | None = None
    member_id: UUID | None = None
    card: Card | None = None
    alarm: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """A way of payment as the buyer chooses it; `method` is what checkout takes."""

    method: str
    title: str | Promise
    hint: str | Promise = ""
    icon: str = "credit-card"
    kept: KeptMethod | None = None


class Provider(Protocol):
    """A payment provider. Each question raises ProviderUnreachable when no reliable answer came; those that change
    something raise ProviderRefused when it will not."""

    name: str
    remote: bool
    keeps_cards: bool

    def ways(self) -> Sequence[Way]:
        """What it offers to everyone."""

    def authorise(self, attempt: Attempt, *, return_url: str, kept: KeptMethod | None) -> Outcome:
        """Begin: take the money at once, unless the attempt is captured later or the buyer has to do something."""

    def capture(self, attempt: Attempt, amount: int) -> Outcome:
        """Take what was authorised, or less of it."""

    def void(self, attempt: Attempt) -> Outcome:
        """Give up what is not captured; whatever was under way can take nothing any more. Says what is true then."""

    def fetch(self, attempt: Attempt) -> Outcome | None:
        """How it is now; None if the provider never heard of it. Never begins anything."""

    def refund(self, refund: Refund) -> Refunded:
        """Give money back, or say what became of this refund."""

    def event(self, request: HttpRequest) -> list[Told]:
        """The messages in a request that the provider sent by itself. Raises ForgedEvent."""

    def keep(self, member: Any, *, return_url: str) -> str:
        """Where the member gives a card to be kept; empty if the provider keeps none."""

    def kept(self, member: Any, reference: str) -> Card | None:
        """The card that the member gave there, if it was this member."""

    def forget(self, kept: KeptMethod) -> None:
        """Keep it no longer. A card it does not know is forgotten already."""


_paths: dict[str, str] = {}


def register(name: str, path: str) -> None:
    """Make a provider known by the dotted path of its class, which is imported when it is first needed."""
    _paths[name] = path
    provider_named.cache_clear()


def known() -> list[str]:
    """The names of all providers that code exists for."""
    return list(_paths)


@functools.cache
def provider_named(name: str) -> Provider:
    """Raises LookupError for a name that no code answers to."""
    if name not in _paths:
        raise LookupError(f"no payment provider is called {name!r}")
    return import_string(_paths[name])()


def offered() -> list[str]:
    """The providers by which one can pay here. The sandbox takes no money: a site that was set up offers it only when
    PAYMENT_PROVIDERS names it."""
    if settings.PAYMENT_PROVIDERS:
        return [name for name in settings.PAYMENT_PROVIDERS if name in _paths]
    configured = ["stripe"] if settings.STRIPE_SECRET_KEY else []
    return configured or ([] if present.site().is_set_up else ["sandbox"])


def outside_transaction() -> None:
    """Called before every word to a provider: no row is locked while others wait for an answer (rule 2.0).

    Raises RuntimeError inside a transaction that is not a test's own.
    """
    if any(not block._from_testcase for block in connection.atomic_blocks):  # type: ignore[attr-defined]
        raise RuntimeError("a payment provider was to be asked inside a transaction")
