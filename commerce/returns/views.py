"""The buyer's pages: ask to give something back, and how it goes on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.orders import carriers
from commerce.orders.models import Order
from commerce.returns import asking, sending, wording
from commerce.returns.forms import AskForm, SentForm
from commerce.returns.models import Return, ReturnState
from commerce.returns.reading import expected, find_return, order_with_lines, returnable_of
from community.foundation.access import signed_in
from community.foundation.problems import shown_on
from community.members.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: MemberRequest, number: str) -> HttpResponse:
    """What of an order comes back, and why. Where nothing can, the page says so."""
    order = order_with_lines(request.user, number)
    offered = returnable_of(order)
    form = AskForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            told = {"wants": form.cleaned_data["wants"], "note": form.cleaned_data["note"]}
            row = asking.ask_return(by=request.user, order_id=order.pk, lines=form.wanted, **told)
            messages.success(request, _("The vendor was asked. You are told as soon as there is an answer."))
            return redirect(row)
    context = {"order": order, "form": form, "offered": offered}
    return render(request, "commerce/returns/ask/page.html", context, status=400 if form.errors else 200)


@require_safe
@signed_in
def one(request: MemberRequest, number: str) -> HttpResponse:
    """One return: where it stands, what comes back, what is to be done next."""
    return _page(request, find_return(request.user, number=number), SentForm())


@require_POST
@signed_in
def sent(request: MemberRequest, number: str) -> HttpResponse:
    row, form = find_return(request.user, number=number), SentForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            sending.tell_sent(by=request.user, return_id=row.pk, **form.cleaned_data)
            messages.success(request, _("Noted: it is on its way back."))
            return redirect(row)
    return _page(request, row, form)


@require_POST
@signed_in
def withdraw(request: MemberRequest, number: str) -> HttpResponse:
    row = sending.withdraw(by=request.user, return_id=find_return(request.user, number=number).pk)
    messages.success(request, _("Noted: you keep it."))
    return redirect(row)


def _page(request: HttpRequest, row: Return, form: SentForm) -> HttpResponse:
    order: Order = row.order
    is_buyer = order.purchase.member_id == request.user.pk
    context = {
        "row": row,
        "order": order,
        "standing": wording.standing(row),
        "stages": wording.stages(row),
        "at_vendors_cost": wording.at_vendors_cost(row),
        "expected": expected(row) if row.due_at else None,
        "is_buyer": is_buyer,
        "can_send": is_buyer and row.state == ReturnState.ACCEPTED,
        "can_withdraw": is_buyer and row.state in (ReturnState.REQUESTED, ReturnState.ACCEPTED),
        "tracking_url": carriers.tracking_url(row.carrier, row.tracking),
        "carrier": carriers.name_of(row.carrier),
        "form": form,
    }
    return render(request, "commerce/returns/one/page.html", context, status=400 if form.errors else 200)
