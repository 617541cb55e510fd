"""Purchases and orders as pages and REST read them: whole, in a constant number of queries."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from commerce.catalog.models import DigitalFile, Picture, ProductKind
from commerce.orders.models import Order, OrderLine, OrderState, Parcel, ParcelLine, PaymentState, Proof, Purchase
from community.foundation import paging
from community.foundation.paging import Page
from community.foundation.problems import NotThere

UNDER_WAY = (PaymentState.PENDING, PaymentState.AUTHORISED)


def purchases_of(member: Any, *, cursor: str | None, size: int = paging.PAGE_SIZE) -> Page[Purchase]:
    """What a member bought, newest first, whole. What was never paid is left out, unless it is being paid just now."""
    return paging.keyset(with_orders(bought_by(member)), order=("-made_at",), cursor=cursor, size=size)


def bought_by(member: Any) -> QuerySet[Purchase]:
    """The rows of what a member bought or is paying for."""
    return Purchase.objects.filter(Q(paid_at__isnull=False) | Q(payment__in=UNDER_WAY), member=member)


def find_purchase(number: str, viewer: Any) -> Purchase:
    """A purchase by its number, whole. Raises NotThere if `viewer` may not see it."""
    found = with_orders(Purchase.objects.visible_to(viewer).filter(number=number)).select_related("member").first()
    if found is None:
        raise NotThere
    return found


def find_order(viewer: Any, **which: Any) -> Order:
    """An order by its number or id, whole. Raises NotThere if `viewer` may not see it."""
    found = whole(Order.objects.visible_to(viewer).filter(**which)).first()
    if found is None:
        raise NotThere
    return found


def with_orders(rows: QuerySet[Purchase]) -> QuerySet[Purchase]:
    """Joined with their orders, whole."""
    return rows.prefetch_related(Prefetch("orders", whole(Order.objects.order_by("number"))))


def whole(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Joined with all that a page of an order shows but its history. Eight queries, however many rows."""
    pictures = Prefetch("product__pictures", Picture.objects.select_related("upload").order_by("position", "id"))
    lines = OrderLine.objects.select_related("product__subject__picture", "product__vendor", "schema")
    contents = ParcelLine.objects.select_related("line").order_by("line__position")
    return rows.select_related("vendor", "purchase__member").prefetch_related(
        Prefetch("lines", lines.prefetch_related(pictures, "allocations").order_by("position", "id")),
        Prefetch("proofs", Proof.objects.select_related("picture")),
        Prefetch("parcels", Parcel.objects.prefetch_related(Prefetch("lines", contents))),
    )


def files_of(order: Order) -> dict[UUID, list[DigitalFile]]:
    """The files that came with an order, by product; nothing before it is paid or after it was cancelled."""
    if order.state in (OrderState.DRAFT, OrderState.EXPIRED, OrderState.CANCELLED):
        return {}
    digital = [
        line.product_id
        for line in order.lines.all()
        if line.product is not None and line.product.kind == ProductKind.DIGITAL and line.quantity > line.cancelled
    ]
    found: dict[UUID, list[DigitalFile]] = {}
    if digital:
        for file in DigitalFile.objects.filter(product__in=digital).order_by("added_at", "id"):
            found.setdefault(file.product_id, []).append(file)
    return found
