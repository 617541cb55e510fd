"""Where buyers come back from a provider, the sandbox's own pages, kept cards, and what providers tell by themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.payments import asking, choosing, conf, keeping, listening, returning
from commerce.payments.forms import ConsentForm, SandboxCardForm
from commerce.payments.models import AttemptState, KeptMethod
from community.foundation.access import everyone, signed_in
from community.foundation.problems import NotThere, TooLarge, shown_on
from community.members.requests import MemberRequest
from community.members.settings_views import settings_page


@require_safe
@never_cache
@signed_in
def back(request: MemberRequest, attempt_id: UUID) -> HttpResponse:
    """How the payment stands. The provider is asked, since its message may be late, lost or still to come."""
    attempt = returning.own_attempt(attempt_id, by=request.user)
    if attempt.alive:
        attempt = asking.ask_again(attempt_id).attempt
    if attempt.state == AttemptState.CAPTURED:
        return returning.onwards(request, attempt.purchase.get_absolute_url())
    part = "_state" if request.htmx else "page"  # type: ignore[attr-defined]
    context = {
        "attempt": attempt,
        "purchase": attempt.purchase,
        "sentence": returning.sentence(attempt),
        "go_on": returning.near(attempt.action_url),
    }
    return render(request, f"commerce/payments/return/{part}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def sandbox(request: MemberRequest, attempt_id: UUID) -> HttpResponse:
    """The sandbox asks the buyer, as a bank does."""
    attempt = returning.asked_by_sandbox(attempt_id, by=request.user)
    if not attempt.alive:
        return redirect("commerce_payments:return", attempt.pk)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            returning.consent(attempt, yes=form.cleaned_data["answer"] == "yes")
            return redirect("commerce_payments:return", attempt.pk)
    context = {"attempt": attempt, "purchase": attempt.purchase, "form": form}
    return render(request, "commerce/payments/sandbox/page.html", context)


@csrf_exempt
@require_POST
@everyone
def events(request: HttpRequest, provider: str) -> HttpResponse:
    """What a provider tells: signed, and answered with 200 also when it was told before."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > conf.EVENT_BYTES:
        raise TooLarge
    return JsonResponse({"became": listening.hear(provider, request)})


@require_safe
@signed_in
def kept(request: MemberRequest) -> HttpResponse:
    """The cards that providers keep for the member."""
    rows = KeptMethod.objects.visible_to(request.user).order_by("-used_at", "-pk")
    context = {"rows": rows, "providers": choosing.keepers()}
    return settings_page(request, "commerce/payments/kept/page.html", "payment", context)


@require_POST
@signed_in
def keep(request: MemberRequest) -> HttpResponse:
    """Off to the provider, which takes the card itself: no number passes through here."""
    address = keeping.begin_keeping(by=request.user, provider=request.POST.get("provider", ""))
    return redirect(returning.near(address))


@require_safe
@never_cache
@signed_in
def card_back(request: MemberRequest, provider: str) -> HttpResponse:
    """Back from the provider with the key of what was given there."""
    row = keeping.finish_keeping(by=request.user, provider=provider, reference=request.GET.get("reference", "")[:200])
    if row is None:
        messages.info(request, _("No card was added. If you gave one, it appears here in a minute."))
    else:
        messages.success(request, _("%(card)s is kept for you.") % {"card": row})
    return redirect("commerce_payments:kept")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sandbox_card(request: MemberRequest) -> HttpResponse:
    """Choose one of the sandbox's cards."""
    if "sandbox" not in [provider for provider, _title in choosing.keepers()]:
        raise NotThere
    form = SandboxCardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = reverse("commerce_payments:card_back", args=["sandbox"])
        return redirect(f"{address}?reference={form.cleaned_data['card']}")
    return settings_page(request, "commerce/payments/sandbox_card/page.html", "payment", {"form": form})


@require_POST
@signed_in
def forget(request: MemberRequest, kept_id: UUID) -> HttpResponse:
    if not keeping.forget(by=request.user, kept_id=kept_id):
        raise NotThere
    messages.success(request, _("The card is forgotten, here and at the payment service."))
    return redirect("commerce_payments:kept")
