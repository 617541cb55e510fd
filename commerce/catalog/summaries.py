"""What lists show of a product without asking its variants: the lowest price, and whether it can be bought."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, Min, OuterRef, Q, Subquery

from commerce.catalog import changes, registering
from commerce.catalog.models import Product, ProductKind, Variant


def refresh(product_ids: Iterable[uuid.UUID]) -> None:
    """Bring price and availability of these products up to date, in the caller's transaction.

    Called by every act that changes a variant's price or whether it can be bought. Rows are locked in key order, and
    read again once locked, so that rivals leave the truth of the last of them.
    """
    ids = set(product_ids)
    changes.note(ids)
    locked = Product.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    if not list(locked.values_list("pk")):
        return
    active = Variant.objects.filter(product=OuterRef("pk"), active=True)
    lowest = active.order_by().values("product").annotate(lowest=Min("price")).values("lowest")
    counted = registering.availability()
    can_be_bought = active.filter(Q(product__kind=ProductKind.DIGITAL) | counted) if counted else active
    Product.objects.filter(pk__in=ids).update(price=Subquery(lowest), available=Exists(can_be_bought))
