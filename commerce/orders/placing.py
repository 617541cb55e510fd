"""From a price to a purchase: rows of everything when somebody sets out to pay, placed orders when it is paid.

    purchase = make(member=member, quote=quote, address=address, ...)      nothing is owed or sent yet
    place(purchase, paid_at=moment)                                        paid: vendors see their orders
    expire(purchase, reason="payment_declined")                            not paid

Orders that are not placed change under the lock of their purchase alone, so these take no other.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from commerce import money
from commerce.commissions.conf import TAX_RATE as COMMISSION_TAX_RATE
from commerce.commissions.rating import Rate, rates_for
from commerce.orders import numbering
from commerce.orders.arriving import arrived
from commerce.orders.conf import LONGEST_NOTE, TRIES
from commerce.orders.models import (
    Allocation,
    Axis,
    LineKind,
    Order,
    OrderLine,
    OrderState,
    PaymentState,
    Purchase,
)
from commerce.orders.stepping import step, step_all
from commerce.pricing.quoting import Asked, PricedLine, PricedOrder, Quote

NO_COMMISSION = Rate(0, None)
"""What vendors ask for delivery they pass on to who carries it."""


@transaction.atomic
def make(
    *,
    member: Any,
    quote: Quote,
    address: Mapping[str, Any] | None,
    cart_id: uuid.UUID | None,
    claim: uuid.UUID | None,
    language: str,
    expires_at: dt.datetime,
    notes: Mapping[uuid.UUID, str] | None = None,
) -> Purchase:
    """Write what is about to be bought, exactly as quoted: purchase, an order a vendor, lines, what is taken off, and the
    commission that holds now. Everything is written in one statement a table.

    Raises NoPlan (409), and IntegrityError for a claim, or a cart, that has a purchase already.
    """
    rates = rates_for(line.asked.variant.product for order in quote.orders for line in order.lines if line.asked)
    purchase = _numbered(
        member=member,
        claim=claim,
        cart_id=cart_id,
        currency=settings.CURRENCY,
        amount=quote.amount,
        points=quote.points,
        points_worth=quote.points_worth,
        total=quote.total,
        **_named([line for order in quote.orders for line in order.lines]),
        address=dict(address) if address is not None else None,
        language=language,
        expires_at=expires_at,
    )
    orders = [_order(purchase, place, priced, notes or {}) for place, priced in enumerate(quote.orders, 1)]
    Order.objects.bulk_create(orders)
    pairs = [pair for order, priced in zip(orders, quote.orders, strict=True) for pair in _lines(order, priced, rates)]
    OrderLine.objects.bulk_create([line for line, _priced in pairs])
    allocations = [allocation for line, priced in pairs for allocation in _allocations(line, priced)]
    if allocations:
        Allocation.objects.bulk_create(allocations)
    return purchase


@transaction.atomic
def place(
    purchase: Purchase, *, paid_at: dt.datetime, promised: Mapping[uuid.UUID, dt.date] | None = None
) -> list[Order]:
    """The locked purchase is paid: vendors have orders to fulfil. Orders to pick up get their codes; files are delivered at
    once. `promised` are the days for what is made to order, by product. Gives the orders.

    Also for one that had expired, if its payment came after all and everything was still there. Raises IllegalStep.
    """
    orders = list(purchase.orders.order_by("number"))
    purchase.paid_at = paid_at
    Purchase.objects.filter(pk=purchase.pk).update(paid_at=paid_at)
    step_all(orders, Axis.ORDER, "placed", placed_at=paid_at)
    _note_codes_and_promises(orders, promised or {})
    files = [order for order in orders if not order.method_kind]
    if files:
        step_all(files, Axis.ORDER, "confirmed")
        arrived(files, at=paid_at)
    return orders


@transaction.atomic
def expire(purchase: Purchase, *, reason: str = "") -> None:
    """The locked purchase was not paid: its orders come to nothing, and its cart is free for another try. A payment that
    is still alive at a provider has to be given up first. Nothing happens to one that expired before; raises IllegalStep
    for a paid one."""
    orders = list(purchase.orders.exclude(state=OrderState.EXPIRED).order_by("number"))
    if purchase.payment in (PaymentState.NONE, PaymentState.PENDING, PaymentState.AUTHORISED):
        step(purchase, Axis.PAYMENT, "voided", reason=reason)
    step_all(orders, Axis.ORDER, "expired", reason=reason)


def _numbered(**columns: Any) -> Purchase:
    """A purchase under a number that no other has."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return Purchase.objects.create(number=numbering.purchase_number(), **columns)
        except IntegrityError as error:
            if not left or "number" not in str(error.__cause__):
                raise
    raise AssertionError("not reached")


def _named(lines: Sequence[PricedLine]) -> dict[str, Any]:
    return {"headline": lines[0].title[:200], "goods": len(lines)}


def _order(purchase: Purchase, place: int, priced: PricedOrder, notes: Mapping[uuid.UUID, str]) -> Order:
    method = priced.method
    return Order(
        purchase=purchase,
        vendor=priced.vendor,
        number=numbering.order_number(purchase.number, place),
        method_kind=method.kind if method else "",
        method_name=method.name[:80] if method else "",
        method_place=method.place[:300] if method else "",
        amount=priced.amount,
        points_worth=priced.points_worth,
        total=priced.total,
        **_named(priced.lines),
        note=notes.get(priced.vendor.pk, "").strip()[:LONGEST_NOTE],
        made_at=purchase.made_at,
    )


def _lines(
    order: Order, priced: PricedOrder, rates: Mapping[uuid.UUID, Rate]
) -> Iterator[tuple[OrderLine, PricedLine]]:
    """The lines of an order beside what they were made of; the delivery comes last."""
    for place, line in enumerate(priced.all_lines):
        asked = line.asked
        rate = rates[asked.variant.product_id] if asked else NO_COMMISSION
        commission = money.share(line.net, rate.basis_points)
        sold = OrderLine(
            order=order,
            position=place,
            kind=LineKind.ITEM if asked else LineKind.DELIVERY,
            title=line.title[:200],
            quantity=line.quantity,
            unit_price=line.unit_price,
            amount=line.amount,
            discount=line.discount,
            points_worth=line.points_worth,
            tax_rate=line.tax_rate,
            tax=line.tax,
            commission_plan_id=rate.plan_id,
            commission_rate=rate.basis_points,
            commission=commission,
            commission_tax=money.included_tax(commission, COMMISSION_TAX_RATE),
        )
        yield (_with_what_was_asked(sold, asked) if asked else sold), line


def _with_what_was_asked(sold: OrderLine, asked: Asked) -> OrderLine:
    variant, product = asked.variant, asked.variant.product
    sold.variant, sold.product, sold.schema = variant, product, asked.schema
    sold.cart_line_id = asked.key
    sold.options, sold.sku = variant.label[:200], variant.sku
    sold.specification, sold.label = dict(asked.specification), asked.label
    sold.warranty_months, sold.return_days = product.warranty_months, product.return_days
    return sold


def _allocations(line: OrderLine, priced: PricedLine) -> Iterator[Allocation]:
    for taken in priced.discounts:
        yield Allocation(
            line=line,
            stage=taken.stage,
            source_kind=taken.source_kind,
            source_id=taken.source_id,
            funder=taken.funder,
            amount=taken.amount,
            units=list(taken.units),
        )


def _note_codes_and_promises(orders: list[Order], promised: Mapping[uuid.UUID, dt.date]) -> None:
    days = _promised_by_order(orders, promised) if promised else {}
    changed = []
    for order in orders:
        code = numbering.pickup_code() if order.method_kind == "pickup" and not order.pickup_code else order.pickup_code
        day = days.get(order.pk, order.promised_on)
        if (code, day) != (order.pickup_code, order.promised_on):
            order.pickup_code, order.promised_on = code, day
            changed.append(order)
    if changed:
        Order.objects.bulk_update(changed, ["pickup_code", "promised_on"])


def _promised_by_order(orders: list[Order], promised: Mapping[uuid.UUID, dt.date]) -> dict[uuid.UUID, dt.date]:
    """The last of the days promised for what is in each order."""
    found: dict[uuid.UUID, dt.date] = {}
    rows = OrderLine.objects.filter(order__in=orders, product__in=promised).values_list("order_id", "product_id")
    for order_id, product_id in rows:
        found[order_id] = max(found.get(order_id, dt.date.min), promised[product_id])
    return found
