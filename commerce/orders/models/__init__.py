"""Purchases, orders and their lines, frozen as they were sold, on the axes of rule 2.4 (`machines`)."""

from commerce.orders.models.lines import Allocation, LineKind, OrderLine, Stage
from commerce.orders.models.orders import Fulfilment, Order, OrderState, SettlementState
from commerce.orders.models.parcels import Parcel, ParcelLine
from commerce.orders.models.proofs import Proof
from commerce.orders.models.purchases import PaymentState, Purchase
from commerce.orders.models.steps import Axis, OrderEvent

__all__ = [
    "Allocation",
    "Axis",
    "Fulfilment",
    "LineKind",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderState",
    "Parcel",
    "ParcelLine",
    "PaymentState",
    "Proof",
    "Purchase",
    "SettlementState",
    "Stage",
]
