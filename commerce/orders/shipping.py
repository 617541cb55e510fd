"""What leaves, in one parcel or several, and that it arrived."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from commerce.orders import arriving, carriers
from commerce.orders.choosing import chosen, unsent
from commerce.orders.errors import SentAlready
from commerce.orders.fetching import order_for_buyer, order_for_staff, seen_order, works_for
from commerce.orders.models import Axis, LineKind, Order, OrderLine, Parcel, ParcelLine
from commerce.orders.preparing import accept
from commerce.orders.stepping import step
from community.foundation import clock


@transaction.atomic
def ship(
    *,
    by: Any,
    order_id: uuid.UUID,
    carrier: str = "",
    tracking: str = "",
    lines: Mapping[uuid.UUID, int] | None = None,
) -> Parcel:
    """Note that a parcel left with these units (all that are left, where none are named). Accepts the order if nobody did.

    When nothing is left to send, the order is on its way. Raises NotThere, NotYourOrder, UnknownLine, TooManyUnits,
    NothingChosen, SentAlready (409), IllegalStep (409).
    """
    order = order_for_staff(by=by, order_id=order_id)
    accept(order, by=by)
    number = carriers.tidied(tracking)
    if number and order.parcels.filter(carrier=carrier, tracking=number).exists():
        raise SentAlready(field="tracking")
    goods = list(order.lines.filter(kind=LineKind.ITEM))
    units = chosen(goods, lines, unsent)
    moment = clock.now()
    everything = sum(units.values()) == sum(unsent(line) for line in goods)
    if everything:
        step(order, Axis.FULFILMENT, "shipped", by=by, shipped_at=moment)
    else:
        step(order, Axis.FULFILMENT, "partly_shipped", by=by)
    parcel = Parcel.objects.create(order=order, carrier=carrier, tracking=number, shipped_at=moment, by=by)
    ParcelLine.objects.bulk_create(
        ParcelLine(parcel=parcel, line=line, quantity=count) for line, count in units.items()
    )
    for line, count in units.items():
        OrderLine.objects.filter(pk=line.pk).update(shipped=F("shipped") + count)
    order.lines.filter(kind=LineKind.DELIVERY).update(shipped=F("quantity") - F("cancelled"))
    return parcel


@transaction.atomic
def deliver(*, by: Any, order_id: uuid.UUID) -> Order:
    """Note that all of a sent order arrived: the vendor, who follows the parcel, or the buyer, who has it.

    Raises NotThere, NotYourOrder, IllegalStep.
    """
    seen = seen_order(by=by, order_id=order_id)
    find = order_for_staff if works_for(by, seen.vendor_id) else order_for_buyer
    order = find(by=by, order_id=order_id)
    arriving.arrived([order], at=clock.now(), by=by)
    return order
