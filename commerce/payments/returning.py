"""The buyer comes back: whose payment it is, how it stands in words, where to go on."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from commerce.payments import sandbox
from commerce.payments.applying import Applied, apply_event
from commerce.payments.errors import sentence_for
from commerce.payments.models import Attempt, AttemptState
from commerce.payments.providers import provider_named
from community.foundation.addresses import absolute
from community.foundation.problems import NotThere


def own_attempt(attempt_id: UUID, *, by: Any) -> Attempt:
    """A payment of one of the member's own purchases. Raises NotThere."""
    attempt = Attempt.objects.visible_to(by).select_related("purchase").filter(pk=attempt_id).first()
    if attempt is None:
        raise NotThere
    return attempt


def asked_by_sandbox(attempt_id: UUID, *, by: Any) -> Attempt:
    """A payment about which the sandbox in this process asks its buyer. Raises NotThere."""
    attempt = own_attempt(attempt_id, by=by)
    ours = attempt.provider == sandbox.Sandbox.name and not provider_named(attempt.provider).remote
    if not ours or (attempt.alive and attempt.action_url != sandbox.page_of(attempt)):
        raise NotThere
    return attempt


def consent(attempt: Attempt, *, yes: bool) -> Applied:
    """What the buyer said on the sandbox's page, applied as the sandbox's own news."""
    outcome = sandbox.consented(attempt) if yes else sandbox.refused(attempt)
    return apply_event(
        attempt_id=attempt.pk,
        outcome=outcome,
        event_id=f"consent:{attempt.pk}",
        provider=attempt.provider,
        kind="consent",
    )


def sentence(attempt: Attempt) -> str | Promise:
    """How a payment that is not captured stands, in words that say what to do next."""
    if attempt.state == AttemptState.VOIDED:
        return sentence_for("expired")
    if attempt.state == AttemptState.FAILED:
        return sentence_for(attempt.failure)
    return _("We are waiting for word from the payment service. You may close this page: nothing gets lost.")


def near(address: str) -> str:
    """A page of this site without its name: who typed another of its names stays logged in."""
    return address.removeprefix(settings.SITE_URL.rstrip("/")) if address.startswith(absolute("/")) else address


def onwards(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect, also out of a fragment."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
