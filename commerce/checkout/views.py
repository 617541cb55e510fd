"""The page on which a cart is paid."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commerce.cart import showing
from commerce.cart.models import Cart
from commerce.cart.reading import cart_of
from commerce.checkout import paying
from commerce.checkout.choosing import Choice, Priced, priced
from commerce.checkout.errors import PaymentDeclined, PaymentRunning
from commerce.checkout.forms import NEW, CheckoutForm
from commerce.delivery import addressing
from commerce.delivery.errors import AddressInvalid
from commerce.payments.choosing import ways
from commerce.points.balances import balance_of
from community.foundation.access import signed_in
from community.foundation.problems import Problem, shown_on
from community.members.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def checkout(request: MemberRequest) -> HttpResponse:
    """Everything on one page: where to, how, with what, and what it costs."""
    cart = cart_of(request.user)
    if cart is None or not cart.lines.exists():
        messages.info(request, _("There is nothing in your cart yet."))
        return redirect("commerce_cart:page")
    shown = showing.show(cart, member=request.user, chosen=request.GET)
    form = _form(request, shown)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            answer = _bought(request, form)
            if answer is not None:
                return answer
    context = {"shown": shown, "form": form, **_priced(request, cart, form)}
    showing.note_seen(shown)
    return render(request, "commerce/checkout/checkout/page.html", context)


@require_POST
@signed_in
def sums(request: MemberRequest) -> HttpResponse:
    """What it costs by what is chosen so far: the part beside the form."""
    cart = cart_of(request.user)
    if cart is None:
        return HttpResponse(status=204)
    form = _form(request, showing.show(cart, member=request.user, chosen={}))
    form.is_valid()
    context = {"form": form, **_priced(request, cart, form)}
    return render(request, "commerce/checkout/checkout/_sums.html", context)


def _bought(request: MemberRequest, form: CheckoutForm) -> HttpResponse | None:
    """Where the buyer goes on; None where the form says what is wrong."""
    try:
        paid = paying.check_out(member=request.user, choice=form.choice(), claim=form.claim())
    except AddressInvalid as invalid:
        for name, fault in invalid.faults.items():
            form.add_error(name, str(fault.detail))
        return None
    except PaymentRunning as running:
        messages.info(request, str(running.detail))
        return redirect(running.purchase)
    except PaymentDeclined:
        form.begin_anew()
        raise
    return redirect(paid.action_url or paid.purchase.get_absolute_url())


def _form(request: MemberRequest, shown: showing.Shown) -> CheckoutForm:
    addresses = addressing.addresses_of(request.user)
    offered = ways(request.user)
    sent = [shelf for shelf in shown.shelves if shelf.delivered]
    first: dict[str, Any] = {
        "claim": uuid.uuid4(),
        "address": str(addresses[0].pk) if addresses else NEW,
        "country": "KR",
        "payment_method": offered[0].method if offered else "",
        **{f"delivery-{shelf.vendor.slug}": shelf.chosen.id for shelf in sent},
    }
    return CheckoutForm(
        request.POST or None,
        initial=first,
        addresses=addresses,
        methods={shelf.vendor: [way.method for way in shelf.ways] for shelf in sent},
        ways=offered,
        spendable=balance_of(request.user).available,
    )


def _priced(request: MemberRequest, cart: Cart, form: CheckoutForm) -> dict[str, Any]:
    """The price by the form, or why there is none yet."""
    choice = form.choice() if form.is_bound else _first_choice(form)
    found: Priced | None = None
    refused = ""
    try:
        found = priced(cart.pk, choice, member=request.user)
    except AddressInvalid:  # not whole yet: what it costs elsewhere than on islands and abroad
        plain = Choice(choice.payment_method, None, choice.deliveries, choice.points)
        found = priced(cart.pk, plain, member=request.user)
    except Problem as problem:
        refused = str(problem.detail)
    return {"found": found, "refused": refused}


def _first_choice(form: CheckoutForm) -> Choice:
    """What the page proposes: the address used last, each vendor's default, no points."""
    address = next(iter(form.addresses.values()), None)
    return Choice(payment_method="", address=addressing.as_kept(address) if address else None)
