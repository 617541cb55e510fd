"""The buyer's pages: what was bought, one purchase, one order, and what can be done with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commerce.orders import (
    cancelling,
    confirming,
    history,
    panels,
    possible,
    proofing,
    reading,
    reordering,
    shipping,
    wording,
)
from commerce.orders.errors import NothingToReorder
from commerce.orders.forms import CancelForm, ChangesForm
from commerce.orders.models import Order
from community.foundation.access import signed_in
from community.foundation.problems import shown_on
from community.members.requests import MemberRequest


@require_GET
@signed_in
def purchases(request: MemberRequest) -> HttpResponse:
    """What one bought, newest first."""
    page = reading.purchases_of(request.user, cursor=request.GET.get("cursor"))
    return render(request, "commerce/orders/purchases/page.html", {"page": page})


@require_GET
@signed_in
def purchase(request: MemberRequest, purchase_number: str) -> HttpResponse:
    """One purchase: its orders, what it cost, where it goes."""
    found = reading.find_purchase(purchase_number, request.user)
    context = {
        "purchase": found,
        "orders": list(found.orders.all()),
        "is_buyer": found.member_id == request.user.pk,
        "panels": panels.render("purchase", found, request),
    }
    return render(request, "commerce/orders/purchase/page.html", context)


@require_GET
@signed_in
def order(request: MemberRequest, order_number: str) -> HttpResponse:
    """One order: where it stands, what it holds, what happened, what can be done now."""
    found = reading.find_order(request.user, number=order_number)
    is_buyer = found.purchase.member_id == request.user.pk
    context = {
        "order": found,
        "lines": list(found.lines.all()),
        "standing": wording.standing(found),
        "stages": wording.stages(found),
        "history": history.told(found, request.user),
        "proofs": list(found.proofs.all()),
        "files": reading.files_of(found) if is_buyer else {},
        "acts": possible.for_buyer(found) if is_buyer else [],
        "is_buyer": is_buyer,
        "panels": {place: panels.render(place, found, request) for place in ("acts", "main")},
    }
    return render(request, "commerce/orders/order/page.html", context)


@require_POST
@signed_in
def confirm(request: MemberRequest, order_number: str) -> HttpResponse:
    found = confirming.confirm_purchase(by=request.user, order_id=_seen(request, order_number).pk)
    messages.success(request, _("Thank you: the purchase is confirmed."))
    return redirect(found)


@require_POST
@signed_in
def arrived(request: MemberRequest, order_number: str) -> HttpResponse:
    found = shipping.deliver(by=request.user, order_id=_seen(request, order_number).pk)
    messages.success(request, _("Noted: it arrived."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cancel(request: MemberRequest, order_number: str) -> HttpResponse:
    """Choose what to cancel, all of it unless one says otherwise."""
    found = _seen(request, order_number)
    form = CancelForm(request.POST or None, order=found)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            told = {"reason": form.cleaned_data["reason"], "lines": form.wanted}
            row = cancelling.cancel_lines(by=request.user, order_id=found.pk, **told)
            messages.success(request, _("Cancelled. What you paid for it goes back the way it came."))
            return redirect(row)
    context = {"order": found, "form": form, "possible": "cancel" in possible.for_buyer(found)}
    return render(request, "commerce/orders/cancel/page.html", context, status=400 if form.errors else 200)


@require_POST
@signed_in
def reorder(request: MemberRequest, order_number: str) -> HttpResponse:
    """Into the cart once more, what can still be bought; the cart says the prices of today."""
    found = _seen(request, order_number)
    try:
        again = reordering.reorder(by=request.user, order_id=found.pk)
    except NothingToReorder as nothing:
        messages.error(request, nothing.detail)
        return redirect(found)
    for one in again.refused:
        messages.warning(request, f"{one.title}: {one.why}")
    messages.success(
        request, _("In your cart, at the prices of today: %(titles)s.") % {"titles": ", ".join(again.added)}
    )
    return redirect("commerce_cart:page")


@require_POST
@signed_in
def approve_proof(request: MemberRequest, order_number: str) -> HttpResponse:
    found = proofing.approve_proof(by=request.user, order_id=_seen(request, order_number).pk)
    messages.success(request, _("Approved: it is made like this."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask_for_changes(request: MemberRequest, order_number: str) -> HttpResponse:
    """Say what should be different before it is made."""
    found = _seen(request, order_number)
    form = ChangesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            told = proofing.ask_for_changes(by=request.user, order_id=found.pk, **form.cleaned_data)
            messages.success(request, _("Sent: the vendor shows you another proof."))
            return redirect(told)
    context = {"order": found, "form": form, "proofs": list(found.proofs.all())}
    return render(request, "commerce/orders/changes/page.html", context, status=400 if form.errors else 200)


def _seen(request: HttpRequest, number: str) -> Order:
    return reading.find_order(request.user, number=number)
