"""What changed lately, on a product's page."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog.choosing import Shown
from commerce.catalog.locks import may_sell_for
from commerce.changes import reading

FIRST = 3


def latest(shown: Shown, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The newest changes; to its vendor also the way to tell of one. Nothing where nothing was told."""
    page = reading.page_of(shown.product, request.user, size=FIRST)
    may_write = may_sell_for(request.user, shown.product.vendor)
    if not page.items and not may_write:
        return None
    return "commerce/changes/product/_latest.html", {"changes": page.items, "more": page.next, "may_write": may_write}
