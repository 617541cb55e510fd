"""Sales of other shops become orders that are over: paid, delivered, confirmed, closed and settled at their days.

Rows go in by COPY, each table once a batch. Nothing is published: no letter, no point and no count of stock follows from what
happened before.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from commerce import money
from commerce.imports import history
from commerce.imports.booking import Books
from commerce.imports.copying import copy_rows
from commerce.imports.gathering import Invoice, Refused
from commerce.imports.models import ImportedInvoice, InvoiceKind
from commerce.imports.providing import Provider
from commerce.orders import numbering
from commerce.orders.conf import LEAST_RETURN_DAYS
from commerce.orders.models import (
    Fulfilment,
    Order,
    OrderLine,
    OrderState,
    PaymentState,
    Purchase,
    SettlementState,
)
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7

LINES = (
    "id", "order_id", "product_id", "variant_id", "position", "title", "sku", "options", "quantity", "unit_price", "amount",
    "tax_rate", "tax", "warranty_months", "return_days", "shipped",
)  # fmt: skip
WITHOUT_COMMISSION = {"commission_rate": 0, "commission": 0, "commission_tax": 0}
PURCHASES = (
    "id", "number", "member_id", "payment", "currency", "amount", "total", "language", "made_at", "expires_at", "paid_at",
)  # fmt: skip
ORDERS = (
    "id", "purchase_id", "vendor_id", "number", "state", "fulfilment", "settlement", "method_kind", "amount", "total",
    "made_at", "placed_at", "shipped_at", "delivered_at", "confirmed_at", "returnable_until", "closed_at",
)  # fmt: skip
INVOICES = ("id", "vendor_id", "number", "kind", "order_id", "country", "lines")


@dataclass
class Outcome:
    """What became of a batch: lines taken over and found again, orders and returns made; `refused` holds (line, reason)."""

    sold: int = 0
    returned: int = 0
    unchanged: int = 0
    orders: int = 0
    refused: list[Refused] = field(default_factory=list)


def store_sales(
    invoices: Sequence[Invoice], *, vendor: Vendor, provider: Provider, members: dict[str, uuid.UUID], books: Books
) -> None:
    """Make orders of whole invoices whose SKUs have variants. Inside the transaction of the batch."""
    moment = clock.now()
    numbers = _numbers(invoices)
    pairs = [
        (invoice, _order(invoice, number, vendor, members[invoice.rows[0].member], provider, moment))
        for invoice, number in zip(invoices, numbers, strict=True)
    ]
    orders = [order for _invoice, order in pairs]
    copy_rows(Purchase, PURCHASES, ([getattr(order.purchase, name) for name in PURCHASES] for order in orders))
    copy_rows(Order, ORDERS, ([getattr(order, name) for name in ORDERS] for order in orders))
    copy_rows(
        OrderLine,
        (*LINES, *WITHOUT_COMMISSION),
        (line for invoice, order in pairs for line in _lines(invoice, order, provider)),
    )
    copy_rows(
        ImportedInvoice,
        INVOICES,
        (
            (
                uuid7(), vendor.pk, invoice.number, InvoiceKind.SALE.value, order.pk, invoice.rows[0].country,
                [row.fingerprint for row in invoice.rows],
            )
            for invoice, order in pairs
        ),
    )  # fmt: skip
    history.write_sales(orders)
    books.sell(orders)


def _numbers(invoices: Sequence[Invoice]) -> list[str]:
    """A number for each purchase by its own day, that no other has."""
    here = timezone.get_default_timezone()
    while True:
        drawn = [numbering.drawn_on(invoice.at.astimezone(here).date()) for invoice in invoices]
        if len(set(drawn)) == len(drawn) and not Purchase.objects.filter(number__in=drawn).exists():
            return drawn


def _order(
    invoice: Invoice, number: str, vendor: Vendor, member: uuid.UUID, provider: Provider, moment: dt.datetime
) -> Order:
    at, total = invoice.at, invoice.total
    longest = max(provider.known(row.sku).product.return_days for row in invoice.rows)
    purchase = Purchase(
        number=number, member_id=member, payment=PaymentState.CAPTURED, currency=settings.CURRENCY, amount=total,
        total=total, language=settings.LANGUAGE_CODE, made_at=at, expires_at=at, paid_at=at,
    )  # fmt: skip
    return Order(
        purchase=purchase, vendor=vendor, number=numbering.order_number(number, 1), state=OrderState.CLOSED,
        fulfilment=Fulfilment.PURCHASE_CONFIRMED, settlement=SettlementState.PAID, method_kind="parcel", amount=total,
        total=total, made_at=at,
        **history.days_of(at, return_days=max(longest, LEAST_RETURN_DAYS), now=moment),
    )  # fmt: skip


def _lines(invoice: Invoice, order: Order, provider: Provider) -> Any:
    free = tuple(WITHOUT_COMMISSION.values())
    for place, row in enumerate(invoice.rows):
        variant = provider.known(row.sku)
        product = variant.product
        yield (
            uuid7(), order.pk, product.pk, variant.pk, place, row.title, row.sku, variant.label[:200], row.quantity,
            row.unit_price, row.amount, product.tax_rate, money.included_tax(row.amount, product.tax_rate),
            product.warranty_months, product.return_days, row.quantity, *free,
        )  # fmt: skip
