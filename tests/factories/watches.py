"""Watches for tests, by the acts."""

from typing import Any

from commerce.catalog.models import Product
from commerce.watches import watching
from commerce.watches.models import Watch
from tests.factories.catalog import a_product
from tests.factories.members import a_member


def a_watch(by: Any = None, product: Product | None = None, variant: Any = None, **wishes: Any) -> Watch:
    """A watch for both, unless it is said for what."""
    said = watching.Wishes(**(wishes or {"back_in_stock": True, "price_fall": True}))
    return watching.watch(
        by=by or a_member(), product=product or a_product(), variant_id=variant.pk if variant else None, wishes=said
    )
