"""Questions to providers about an attempt, and what their answers do. All of them outside any transaction.

Each may be asked again, by rivals too: the provider sees one key, and `applying` applies one answer. When no answer came,
the attempt stays as it is and the job of `reconciling` asks again.
"""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from commerce.payments import applying, choosing, conf, keeping
from commerce.payments.applying import Applied, apply_answer
from commerce.payments.attempting import return_url
from commerce.payments.errors import ProviderRefused, ProviderUnreachable
from commerce.payments.models import Attempt, AttemptState, EventOutcome
from commerce.payments.providers import Outcome, Provider, outside_transaction, provider_named
from community.foundation import clock
from community.foundation.problems import NotThere

UNREACHED = "unreached"
"""Beside EventOutcome: no answer came."""
Question = Callable[[Provider, Attempt], Outcome | None]


def authorise(attempt_id: UUID) -> Applied:
    """Ask the provider to take the money of an attempt that has begun. Afterwards it may wait for the buyer at its
    `action_url`, be captured, or have failed; without an answer it stays pending."""

    def question(provider: Provider, attempt: Attempt) -> Outcome:
        kept = choosing.kept_of(attempt.method)
        if ":" in attempt.method and kept is None:
            return Outcome(AttemptState.FAILED, failure="declined")  # the card was forgotten meanwhile
        return provider.authorise(attempt, return_url=return_url(attempt), kept=kept)

    applied = _ask(attempt_id, "authorise", question, only=(AttemptState.PENDING,))
    if applied.attempt.state == AttemptState.AUTHORISED and not applied.attempt.capture_later:
        return capture(attempt_id)
    return applied


def capture(attempt_id: UUID, amount: int | None = None) -> Applied:
    """Take what is authorised, or `amount` of it. Raises ProviderRefused when the provider will not."""

    def question(provider: Provider, attempt: Attempt) -> Outcome:
        return provider.capture(attempt, amount or attempt.authorised)

    return _ask(attempt_id, "capture", question, only=(AttemptState.AUTHORISED,))


def give_up(attempt_id: UUID) -> Applied:
    """Have the provider void what is not captured. If it was captured in the meantime, that is what is applied."""
    return _ask(attempt_id, "void", lambda provider, attempt: provider.void(attempt))


def ask_again(attempt_id: UUID, *, at_most_every: bool = True) -> Applied:
    """Ask how an attempt is now. `at_most_every`: not if somebody did a moment ago."""
    if at_most_every and not _nobody_asked_lately(attempt_id):
        return Applied(_attempt(attempt_id), EventOutcome.UNCHANGED)
    return _ask(attempt_id, "fetch", lambda provider, attempt: provider.fetch(attempt))


def _ask(attempt_id: UUID, kind: str, question: Question, only: tuple[str, ...] = ()) -> Applied:
    outside_transaction()
    attempt = _attempt(attempt_id)
    if only and attempt.state not in only:
        return Applied(attempt, EventOutcome.UNCHANGED)
    Attempt.objects.filter(pk=attempt_id).update(asked_at=clock.now())
    try:
        outcome = question(provider_named(attempt.provider), attempt)
    except ProviderUnreachable:
        return Applied(attempt, UNREACHED)
    except ProviderRefused as refusal:
        if kind != "authorise":
            raise
        outcome = Outcome(AttemptState.FAILED, failure="declined")
        applying.alarm(attempt, kind=kind, why=refusal.why)
    if outcome is None:
        return Applied(attempt, EventOutcome.UNKNOWN)
    applied = apply_answer(attempt=attempt, outcome=outcome, kind=kind)
    keeping.keep_what_was_told(attempt, outcome)
    return applied


def _attempt(attempt_id: UUID) -> Attempt:
    attempt = Attempt.objects.select_related("purchase").filter(pk=attempt_id).first()
    if attempt is None:
        raise NotThere
    return attempt


def _nobody_asked_lately(attempt_id: UUID) -> bool:
    moment = clock.now()
    lately = Q(asked_at__gt=moment - conf.ASKED_AT_MOST) & Q(asked_at__lte=moment)
    return bool(Attempt.objects.filter(pk=attempt_id).exclude(lately).update(asked_at=moment))
