"""The button on a product's page."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog.choosing import Shown
from commerce.watches.forms import WatchForm
from commerce.watches.models import Watch

TEMPLATE = "commerce/watches/watch/_panel.html"


def panel(shown: Shown, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What the reader watches of this product, and the form to watch it. Nothing for what is not on sale."""
    if shown.chosen is None or shown.product.state != "listed":
        return None
    return TEMPLATE, inputs(shown, request)


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
