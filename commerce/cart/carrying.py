"""Whose cart a page's request is about: the member's, or the guest's whose secret a cookie carries.

The cookie is set when something is put into a cart, not before; scripts cannot read it. A second one holds nothing but
the number of things in the cart, for the mark in the frame: guests' pages are shared between guests and hold none.
"""

import contextlib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from commerce.cart import opening
from commerce.cart.conf import COOKIE, COUNT_COOKIE, GUEST_DAYS
from commerce.cart.joining import join
from commerce.cart.models import Cart, CartLine
from commerce.cart.reading import cart_of
from commerce.locks import Busy
from community.foundation.problems import Refused

SECONDS = GUEST_DAYS * 86_400


def cart_of_request(request: HttpRequest) -> Cart | None:
    """The cart that the reader has; None before anything was put into it. What a member brought as a guest is joined."""
    if request.user.is_authenticated:
        return joined(request, request.user) or cart_of(request.user)
    return opening.of_guest(request.COOKIES.get(COOKIE, ""))


def joined(request: HttpRequest, member: Any) -> Cart | None:
    """Make the guest's cart of this browser the member's; None where there is none, or others hold it just now."""
    secret = request.COOKIES.get(COOKIE, "")
    with contextlib.suppress(Busy):
        return join(member, secret) if secret else None
    return None


def cart_to_fill(request: HttpRequest) -> tuple[Cart, str]:
    """The reader's cart, made if there was none, and the secret of a guest's ("" for members)."""
    cart = cart_of_request(request)
    if request.user.is_authenticated:
        return cart or opening.of_member(request.user), ""
    return (cart, request.COOKIES[COOKIE]) if cart else opening.for_guest()


def carry(request: HttpRequest, response: HttpResponse, cart: Cart | None, secret: str = "") -> HttpResponse:
    """Let the guest's browser keep the secret (where one is given) and the number of things; a member's, neither."""
    if request.user.is_authenticated or cart is None:
        for name in (COOKIE, COUNT_COOKIE):
            if name in request.COOKIES:
                response.delete_cookie(name, samesite="Lax")
        return response
    keep: dict[str, Any] = {"max_age": SECONDS, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    if secret:
        response.set_cookie(COOKIE, secret, httponly=True, **keep)
    response.set_cookie(COUNT_COOKIE, str(number_in(cart)), **keep)
    return response


def number_in(cart: Cart | None) -> int:
    """How many different things are in it."""
    return CartLine.objects.filter(cart=cart).count() if cart else 0


def require_own_page(request: HttpRequest) -> None:
    """Raises Refused for a form that another site sent: guests' pages hold no token that would tell."""
    origin = request.headers.get("Origin", "")
    elsewhere = bool(origin) and urlsplit(origin).netloc != request.get_host()
    if elsewhere or request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Refused(
            _("This form was sent from another site. Open the product's page here and try again."), code="csrf"
        )
