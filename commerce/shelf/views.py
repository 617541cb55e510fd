"""My shelf: its pages, and what is done on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.shelf import adding, reading
from commerce.shelf.again import buy_again
from commerce.shelf.forms import OwnWordsForm, ThingForm
from community.foundation.access import signed_in
from community.foundation.problems import Conflict, Invalid, shown_on
from community.members.requests import MemberRequest


@require_safe
@signed_in
def shelf(request: MemberRequest) -> HttpResponse:
    """What one owns, what came last first."""
    show, order = request.GET.get("show", ""), request.GET.get("order", "")
    page = reading.page_of(request.user, show=show, order=order, cursor=request.GET.get("cursor"))
    context = {"page": page, "show": show, "order": order, "due": reading.number_due(request.user)}
    return render(request, "commerce/shelf/shelf/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: MemberRequest) -> HttpResponse:
    """Something from elsewhere."""
    form = ThingForm(request.POST if request.method == "POST" else None, by=request.user, new=True)
    if form.is_valid():
        with shown_on(form):
            adding.add(by=request.user, **form.told)
            messages.success(request, _("It stands on your shelf."))
            return redirect("commerce_shelf:shelf")
    return render(request, "commerce/shelf/new/page.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def thing(request: MemberRequest, thing_id: UUID) -> HttpResponse:
    """One thing, and one's own words for it."""
    shown = reading.one_of(request.user, thing_id)
    data = request.POST if request.method == "POST" else None
    if shown.thing.by_hand:
        form: OwnWordsForm = ThingForm.of(shown, data, by=request.user)
    else:
        form = OwnWordsForm.of(shown, data)
    if form.is_valid():
        told = form.told if isinstance(form, ThingForm) else form.cleaned_data
        with shown_on(form):
            adding.change(by=request.user, thing_id=thing_id, **told)
            messages.success(request, _("Saved."))
            return redirect("commerce_shelf:shelf")
    context = {"shown": shown, "form": form}
    return render(request, "commerce/shelf/thing/page.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def remove(request: MemberRequest, thing_id: UUID) -> HttpResponse:
    """Take something from elsewhere off the shelf, once it was asked whether."""
    if request.method == "POST":
        adding.remove(by=request.user, thing_id=thing_id)
        messages.success(request, _("It is off your shelf."))
        return redirect("commerce_shelf:shelf")
    return render(request, "commerce/shelf/remove/page.html", {"shown": reading.one_of(request.user, thing_id)})


@require_POST
@signed_in
def again(request: MemberRequest, thing_id: UUID) -> HttpResponse:
    """Into the cart once more. What cannot be had as it was leads to its page, with the reason."""
    shown = reading.one_of(request.user, thing_id)
    try:
        buy_again(by=request.user, thing_id=thing_id)
    except (Conflict, Invalid) as problem:
        messages.error(request, str(problem.detail))
        return redirect(shown.product if shown.product and shown.can_buy else "commerce_catalog:shop")
    messages.success(request, _("It is in your cart, at today's price."))
    return redirect("commerce_cart:page")
