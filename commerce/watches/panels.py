"""The button on a product's page."""

from collections.abc import Hashable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from commerce.catalog.choosing import Shown
from commerce.watches.forms import WatchForm
from commerce.watches.models import Watch
from community.foundation import prepared

TEMPLATE = "commerce/watches/watch/_panel.html"


def panel(shown: Shown, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What the reader watches of this product, and the form to watch it. Nothing for what is not on sale."""
    if shown.chosen is None or shown.product.state != "listed":
        return None
    return TEMPLATE, inputs(shown, request)


def same_for(shown: Shown, request: HttpRequest) -> Hashable | None:
    """The form is the same for all members who watch nothing of the product."""
    signed_in = request.user.is_authenticated
    if shown.mark is None or (signed_in and _watches(request.user, shown.product.pk)):
        return None
    return shown.mark, signed_in


def _watches(member: Any, product_id: UUID) -> bool:
    def build(product_id: UUID) -> Any:
        rows = Watch.objects.visible_to(member).filter(product=product_id)
        return rows.order_by().values_list("pk", flat=True)[:1]

    key = ("watches of a product", member.is_operator)
    return bool(prepared.rows(key, build, by=member.pk, product_id=product_id))


def inputs(shown: Shown, request: HttpRequest, data: Any = None) -> dict[str, Any]:
    """What the panel's template takes; `data` is what was entered."""
    if not request.user.is_authenticated:
        return {"watches": [], "watch_form": None}
    rows = Watch.objects.visible_to(request.user).filter(product=shown.product).select_related("variant")
    watches = list(rows.order_by("id"))
    for one in watches:
        one.product = shown.product
    form = WatchForm(data, variants=shown.variants, chosen=shown.chosen, watches=watches)
    return {"watches": watches, "watch_form": form}
