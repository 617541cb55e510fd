"""The sandbox: a provider in this process that takes no money, needs no network and no configuration.

    sandbox             pays at once                    sandbox-3ds     sends the buyer to a page that asks for a yes or a no
    sandbox-declined    is declined                     sandbox-slow    pays after a while, when it is asked again

It keeps three kinds of cards: one that pays, one that is declined, one that asks first. What the buyer decided on its
page, the page applies (`views.sandbox`); beyond that it remembers nothing but the attempt itself.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.payments import conf
from commerce.payments.errors import ProviderRefused
from commerce.payments.models import Attempt, AttemptState, KeptMethod, Refund, RefundState
from commerce.payments.providers import ACTION_REQUIRED, Card, Outcome, Refunded, Told, Way
from community.foundation import clock
from community.foundation.addresses import absolute
from community.foundation.ids import uuid7
from community.foundation.problems import NotThere

PAYS, DECLINED, ASKS, SLOW = "sandbox", "sandbox-declined", "sandbox-3ds", "sandbox-slow"
CARDS = {"4242": PAYS, "0002": DECLINED, "3220": ASKS}
"""What each kept card does, by its last four digits."""
WAYS = (
    Way(PAYS, _("Sandbox"), _("Pays at once. No money moves."), "zap"),
    Way(ASKS, _("Sandbox with a question"), _("Asks for your consent first, as a bank does."), "shield-check"),
    Way(SLOW, _("Slow sandbox"), _("The payment arrives after a minute or so."), "hourglass"),
    Way(DECLINED, _("Sandbox that declines"), _("Shows what a declined payment looks like."), "circle-x"),
)


class Sandbox:
    """See the module."""

    name = "sandbox"
    remote = False
    keeps_cards = True

    def ways(self) -> Sequence[Way]:
        return WAYS

    def authorise(self, attempt: Attempt, *, return_url: str, kept: KeptMethod | None) -> Outcome:
        does = CARDS.get(kept.last4, PAYS) if kept else attempt.method
        if does == DECLINED:
            return _outcome(attempt, AttemptState.FAILED, failure="declined")
        if does == ASKS:
            return _outcome(attempt, ACTION_REQUIRED, action_url=page_of(attempt))
        if does == SLOW:
            return _outcome(attempt, AttemptState.PENDING)
        return consented(attempt)

    def capture(self, attempt: Attempt, amount: int) -> Outcome:
        if attempt.state not in (AttemptState.AUTHORISED, AttemptState.CAPTURED) or not 0 < amount <= attempt.amount:
            raise ProviderRefused("not_authorised")
        return _outcome(attempt, AttemptState.CAPTURED, amount=attempt.captured or amount)

    def void(self, attempt: Attempt) -> Outcome:
        return self._as_it_is(attempt) if not attempt.alive else _outcome(attempt, AttemptState.VOIDED)

    def fetch(self, attempt: Attempt) -> Outcome | None:
        if attempt.state != AttemptState.PENDING:
            return self._as_it_is(attempt)
        if attempt.method == SLOW:
            paid = clock.now() - attempt.made_at >= conf.SLOW
            return consented(attempt) if paid else _outcome(attempt, AttemptState.PENDING)
        return _outcome(attempt, ACTION_REQUIRED, action_url=attempt.action_url)

    def refund(self, refund: Refund) -> Refunded:
        return Refunded(RefundState.DONE, reference=f"sandbox_{refund.pk.hex}")

    def event(self, request: HttpRequest) -> list[Told]:
        """It tells nothing by itself; nobody can speak for it."""
        raise NotThere

    def keep(self, member: Any, *, return_url: str) -> str:
        return absolute(reverse("commerce_payments:sandbox_card"))

    def kept(self, member: Any, reference: str) -> Card | None:
        """`reference` is the last four digits of one of its cards."""
        if reference not in CARDS:
            return None
        return Card(f"sandbox_{uuid7().hex}", "sandbox", "Sandbox", reference, f"12/{clock.today().year + 3}")

    def forget(self, kept: KeptMethod) -> None:
        return None

    def _as_it_is(self, attempt: Attempt) -> Outcome:
        amount = attempt.captured or attempt.authorised or None
        return _outcome(attempt, attempt.state, amount=amount, failure=attempt.failure)


def consented(attempt: Attempt) -> Outcome:
    """The buyer said yes, or was not asked."""
    state = AttemptState.AUTHORISED if attempt.capture_later else AttemptState.CAPTURED
    return _outcome(attempt, state, amount=attempt.amount)


def refused(attempt: Attempt) -> Outcome:
    """The buyer said no."""
    return _outcome(attempt, AttemptState.FAILED, failure="authentication_failed")


def page_of(attempt: Attempt) -> str:
    """Where the buyer is asked."""
    return absolute(reverse("commerce_payments:sandbox", args=[attempt.pk]))


def _outcome(attempt: Attempt, state: str, **more: Any) -> Outcome:
    return Outcome(state, reference=f"sandbox_{attempt.pk.hex}", currency=attempt.currency, **more)
