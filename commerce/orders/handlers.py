"""What follows on a step a moment later: who is told, and how often a product was sold."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Sum

from commerce.catalog.models import Product
from commerce.orders.models import LineKind, Order, OrderEvent, OrderLine, OrderState, Purchase
from commerce.orders.picturing import show_to_vendor
from community.members.models import TeamMember
from community.notifications.noticing import tell
from community.outbox.events import Event, handles

SOLD = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.CLOSED)


@handles("purchase.captured")
def tell_that_it_is_paid(event: Event) -> None:
    """Once a purchase, however many vendors it went to; nothing where it came too late and all went back."""
    purchase = Purchase.objects.get(pk=event.payload["purchase"])
    if purchase.orders.filter(state__in=SOLD).exists():
        tell(
            kind="order_paid",
            to=[purchase.member_id],
            target=("purchase", purchase.pk),
            source=("order_step", UUID(event.payload["step"])),
        )


@handles("order.placed")
def tell_the_vendor(event: Event) -> None:
    _tell_staff("order_new", event)


@handles("order.placed")
def show_pictures(event: Event) -> None:
    """What is made after a picture of the buyer's, the vendor must see."""
    show_to_vendor(Order.objects.select_related("purchase").get(pk=event.payload["order"]))


@handles("order.placed")
def count_as_sold(event: Event) -> None:
    for product_id, units in _units_of(event.payload["order"]):
        Product.objects.filter(pk=product_id).update(sold_count=F("sold_count") + units)


@handles("order.cancelled", "order.partly_cancelled")
def count_anew(event: Event) -> None:
    """Seldom enough to be summed anew."""
    for product_id, _units in _units_of(event.payload["order"]):
        sold = OrderLine.objects.filter(product=product_id, order__state__in=SOLD)
        units = sold.aggregate(units=Sum(F("quantity") - F("cancelled")))["units"] or 0
        Product.objects.filter(pk=product_id).update(sold_count=units)


@handles("order.shipped", "order.partly_shipped")
def tell_that_it_left(event: Event) -> None:
    _tell_buyer("order_sent", event)


@handles("order.made_ready")
def tell_that_it_is_ready(event: Event) -> None:
    _tell_buyer("order_ready", event)


@handles("order.proof_sent")
def tell_of_a_proof(event: Event) -> None:
    _tell_buyer("order_proof", event)


@handles("order.proof_approved", "order.proof_declined")
def tell_of_the_answer(event: Event) -> None:
    _tell_staff("order_proof_answered", event)


@handles("order.delivered")
def tell_that_it_arrived(event: Event) -> None:
    """Not of files, which were there at once."""
    if Order.objects.exclude(method_kind="").filter(pk=event.payload["order"]).exists():
        _tell_buyer("order_arrived", event)


@handles("order.cancelled", "order.partly_cancelled")
def tell_the_other_side(event: Event) -> None:
    """The vendor of what the buyer cancelled, the buyer of everything else."""
    step = OrderEvent.objects.select_related("purchase").get(pk=event.payload["step"])
    if step.by_id == step.purchase.member_id:
        _tell_staff("order_called_off", event)
    else:
        _tell_buyer("order_cancelled", event)


def _tell_buyer(kind: str, event: Event) -> None:
    step = OrderEvent.objects.select_related("purchase").get(pk=event.payload["step"])
    order = UUID(event.payload["order"])
    tell(kind=kind, to=[step.purchase.member_id], target=("order", order), source=_source(step), by=step.by_id)


def _tell_staff(kind: str, event: Event) -> None:
    step = OrderEvent.objects.select_related("order__vendor").get(pk=event.payload["step"])
    order: Any = step.order
    staff = TeamMember.objects.filter(team=order.vendor.team_id).values_list("member_id", flat=True)
    tell(kind=kind, to=list(staff), target=("order_to_deliver", order.pk), source=_source(step), by=step.by_id)


def _source(step: OrderEvent) -> tuple[str, UUID]:
    return "order_step", step.pk


def _units_of(order_id: str) -> Iterable[tuple[UUID, int]]:
    """How many of each product an order has, in one order for all, so that two handlers never wait for each other."""
    lines = OrderLine.objects.filter(order=UUID(order_id), kind=LineKind.ITEM).order_by("product")
    return lines.values_list("product").annotate(units=Sum("quantity"))
