"""The cart's page, and what is done on it. Every form works without scripts; with them the cart alone is drawn anew."""

import contextlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.cart import changing, removing
from commerce.cart.adding import add as put_in
from commerce.cart.adding import variant_on_sale
from commerce.cart.carrying import carry, cart_of_request, cart_to_fill, number_in, require_own_page
from commerce.cart.errors import CartGone, WrongQuantity
from commerce.cart.forms import AddForm, QuantityForm
from commerce.cart.models import LABEL_LENGTH, Cart
from commerce.cart.reading import line_of
from commerce.cart.showing import CHOICE, note_seen, show
from commerce.locks import Busy
from commerce.specifications.forms import SpecificationForm
from commerce.specifications.reading import current_schema
from community.foundation.access import everyone
from community.foundation.problems import Conflict, Invalid, NotThere, Overlong, Problem, shown_on


@everyone
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole cart, as it would be bought now."""
    return _drawn(request, cart_of_request(request))


@everyone
@csrf_exempt  # Stands on pages shared between guests, which hold no token; `require_own_page` looks where it comes from.
@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put something in. What must still be specified is asked for on a page of its own, with all that was entered."""
    require_own_page(request)
    form = AddForm(request.POST)
    if not form.is_valid():
        raise Invalid(code="invalid_quantity", field="quantity")
    variant = variant_on_sale(form.cleaned_data["variant"], request.user)
    schema = current_schema(variant.product)
    wishes = SpecificationForm(request.POST, schema=schema, by=request.user) if schema else None
    if wishes is None or wishes.is_valid():
        values = wishes.checked.values if wishes else None
        with shown_on(wishes or form):
            cart, secret = cart_to_fill(request)
            quantity = form.cleaned_data["quantity"]
            line = put_in(cart=cart, by=request.user, variant_id=variant.pk, quantity=quantity, specification=values)
            return carry(request, _added(request, cart, line), cart, secret)
    context = {"form": form, "wishes": wishes, "variant": variant, "product": variant.product}
    return render(request, "commerce/cart/add/page.html", context, status=400)


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """A line by itself: its number, its label, how it is made."""
    cart = _own(request)
    row = line_of(cart, line_id)
    schema = current_schema(row.variant.product)
    data = request.POST if request.method == "POST" else None
    form = QuantityForm(data, initial={"quantity": row.quantity, "label": row.label})
    wishes = SpecificationForm(data, schema=schema, by=request.user, initial=row.specification) if schema else None
    if data is not None and form.is_valid() and (wishes is None or wishes.is_valid()):
        values = wishes.checked.values if wishes else None
        said = {name: form.cleaned_data[name] for name in ("quantity", "label")}
        with shown_on(form):
            changing.change(cart=cart, by=request.user, line_id=line_id, specification=values, **said)
            return carry(request, redirect("commerce_cart:page"), cart)
    context = {"form": form, "wishes": wishes, "line": row, "product": row.variant.product}
    return render(request, "commerce/cart/line/page.html", context, status=200 if data is None else 400)


@everyone
@never_cache
@require_POST
def change(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Another number or another label, from the cart's page."""
    cart, form = _own(request), QuantityForm(request.POST)
    if not form.is_valid():
        return _drawn(
            request, cart, WrongQuantity() if "quantity" in form.errors else Overlong(LABEL_LENGTH, field="label")
        )
    said = {"quantity": form.cleaned_data["quantity"]}
    if "label" in request.POST:
        said["label"] = form.cleaned_data["label"]
    return _done(request, cart, lambda: changing.change(cart=cart, by=request.user, line_id=line_id, **said))


@everyone
@never_cache
@require_POST
def remove(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Take a line out."""
    cart = _own(request)
    return _done(request, cart, lambda: removing.remove(cart=cart, line_id=line_id))


@everyone
@never_cache
@require_POST
def remove_hindered(request: HttpRequest) -> HttpResponse:
    """Take out whatever cannot be bought as it stands."""
    cart = _own(request)
    return _done(request, cart, lambda: removing.remove_hindered(cart=cart))


def _own(request: HttpRequest) -> Cart:
    cart = cart_of_request(request)
    if cart is None:
        raise NotThere
    return cart


def _done(request: HttpRequest, cart: Cart, act: Any) -> HttpResponse:
    """Do it; scripts get the cart anew, others the page. A refusal stands above the cart."""
    try:
        act()
    except (Invalid, Conflict) as problem:
        return _drawn(request, cart, problem)
    if request.htmx:  # type: ignore[attr-defined]
        return _drawn(request, cart)
    return carry(request, redirect(f"{reverse('commerce_cart:page')}{_choices(request)}"), cart)


def _drawn(request: HttpRequest, cart: Cart | None, problem: Problem | None = None) -> HttpResponse:
    shown = show(cart, member=request.user, chosen=request.GET.dict())
    part = "_cart" if request.htmx else "page"  # type: ignore[attr-defined]
    context = {"shown": shown, "problem": problem, "query": _choices(request), "number": len(shown.lines)}
    answer = render(request, f"commerce/cart/cart/{part}.html", context, status=problem.status if problem else 200)
    with contextlib.suppress(Busy, CartGone):
        note_seen(shown)
    return carry(request, answer, cart)


def _added(request: HttpRequest, cart: Cart, line: Any) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        context = {"line": line, "number": number_in(cart)}
        return render(request, "commerce/cart/add/_added.html", context)
    return redirect(f"{reverse('commerce_cart:page')}?added={line.pk}")


def _choices(request: HttpRequest) -> str:
    """The choices of delivery, to be carried on."""
    chosen = {name: str(value) for name, value in request.GET.items() if name.startswith(CHOICE)}
    return f"?{urlencode(chosen)}" if chosen else ""
