"""Goods that are picked up at the vendor's counter, by the code that only the buyer has."""

from typing import Any

from django.db import transaction

from commerce.orders import arriving
from commerce.orders.errors import NoSuchCode
from commerce.orders.fetching import order_for_staff
from commerce.orders.machines import NOT_SENT
from commerce.orders.models import Order
from commerce.orders.numbering import normalised
from commerce.orders.preparing import accept
from commerce.vendors.models import Vendor
from community.foundation import clock


def waiting_for(*, vendor: Vendor, code: str) -> Order:
    """The vendor's order that this code opens, as the counter shows it before anything is handed over. Raises NoSuchCode."""
    rows = Order.objects.of_vendor(vendor).filter(method_kind="pickup", state__in=("placed", "confirmed"))
    wanted = normalised(code)
    order = rows.filter(fulfilment__in=NOT_SENT, pickup_code=wanted).first() if wanted else None
    if order is None:
        raise NoSuchCode(field="code")
    return order


@transaction.atomic
def hand_over(*, by: Any, vendor: Vendor, code: str) -> Order:
    """The buyer stands at the counter and shows the code: it is theirs now. A code opens once.

    Raises NoSuchCode (404), NotYourOrder, IllegalStep.
    """
    order = order_for_staff(by=by, order_id=waiting_for(vendor=vendor, code=code).pk)
    accept(order, by=by)
    arriving.arrived([order], at=clock.now(), by=by)
    return order
