"""What this app tells the registries of the lower ones."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from commerce import locks
from commerce.cart import exporting
from commerce.cart.carrying import joined
from commerce.cart.models import CartLine
from commerce.catalog import panels
from commerce.catalog.models import ProductKind
from commerce.specifications.reading import current_schema
from community.foundation import fragments
from community.members import export


def register_all() -> None:
    locks.register("cart", "commerce_cart.Cart")
    panels.register(panels.Panel(name="cart", place="buy", order=20, build=buy))
    fragments.dress("css/commerce/cart.css")
    fragments.fill("top", "commerce/cart/frame/_top.html", number, order=20, remembered=True)
    export.add_rows("commerce_cart.CartLine", exporting.lines_of)
    user_logged_in.connect(bring_along, dispatch_uid="commerce_cart.bring_along")


def buy(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The form that puts it into the cart, where it can be bought."""
    if page.chosen is None or not page.chosen.can_buy or page.product.state != "listed":
        return None
    made = page.product.kind == ProductKind.MADE_TO_ORDER
    return "commerce/cart/add/_panel.html", {"specified": made and current_schema(page.product) is not None}


def number(request: HttpRequest, about: object) -> dict[str, Any]:
    """How many things a member has in the cart. Guests' pages hold no number."""
    member: Any = request.user
    known = CartLine.objects.visible_to(member).count() if member.is_authenticated else 0
    return {"number": known}


def bring_along(sender: object, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Whoever logs in brings the cart of the browser along, by whatever door they come in."""
    if request is not None:
        joined(request, user)
