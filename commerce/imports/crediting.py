"""Returns of other shops, put on the orders from which they come: the member's imported ones of the same SKU, sold before, at
the same price first, then those that cost more, the newest first. What cannot be found there is refused: it was sold
before the file begins, or was never goods.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from commerce import locks
from commerce.imports import history
from commerce.imports.booking import Books
from commerce.imports.checking import Row
from commerce.imports.gathering import Invoice, Refused
from commerce.imports.models import ImportedInvoice
from commerce.ledger.posting_many import Posting, post_all
from commerce.orders.models import Axis, Order, OrderLine, PaymentState, Purchase
from commerce.vendors.models import Vendor

NOT_BOUGHT = "the member bought no such number of it before, at this price or above: it was sold before this file begins, or elsewhere"
Members = Mapping[str, uuid.UUID]


@dataclass
class _Sold:
    """Lines from which units may come back, held, by member and SKU, the newest first."""

    lines: dict[tuple[uuid.UUID, str], list[OrderLine]]
    orders: dict[uuid.UUID, Order]
    purchases: dict[uuid.UUID, Purchase]


@dataclass
class _Moved:
    """What came back so far, to be written at once."""

    lines: dict[uuid.UUID, OrderLine] = field(default_factory=dict)
    orders: dict[uuid.UUID, Order] = field(default_factory=dict)
    steps: list[tuple[Order, history.Step, uuid.UUID, dt.datetime]] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)


def store_credits(
    invoices: Sequence[tuple[Invoice, ImportedInvoice]], *, members: Members, books: Books
) -> tuple[int, list[Refused]]:
    """Take over the lines of returns, each with the row of its invoice, new or of an earlier run. Gives how many lines were
    taken, and those refused. Inside the transaction of the batch."""
    rows = [row for invoice, _known in invoices for row in invoice.rows]
    if not rows:
        return 0, []
    sold = _hold(rows, invoices[0][1].vendor, members)
    moved, refused, taken = _Moved(), [], 0
    for invoice, known in invoices:
        fine, faults = _take_back(invoice, known, sold, moved, members, books)
        known.lines = [*known.lines, *(row.fingerprint for row in fine)]
        taken += len(fine)
        refused += faults
    _write(moved, [known for _invoice, known in invoices if known.lines])
    return taken, refused


def _hold(rows: Iterable[Row], vendor: Vendor, members: Members) -> _Sold:
    """Lock the imported orders that these rows may come from, and read their lines as they are now."""
    wanted = {(members[row.member], row.sku) for row in rows}
    there = _candidates(vendor, wanted).values_list("order__purchase", "order", "order__purchase__member", "sku")
    found = [(purchase, order) for purchase, order, member, sku in there if (member, sku) in wanted]
    purchases = locks.take("purchase", [purchase for purchase, _order in found])
    orders = locks.take("order", [order for _purchase, order in found])
    lines = defaultdict(list)
    for line in _candidates(vendor, wanted).filter(order__in=list(orders)).order_by("-order__placed_at", "-pk"):
        member = purchases[orders[line.order_id].purchase_id].member_id
        lines[member, line.sku].append(line)
    return _Sold(dict(lines), orders, purchases)


def _candidates(vendor: Vendor, wanted: set[tuple[uuid.UUID, str]]) -> QuerySet[OrderLine]:
    rows = OrderLine.objects.filter(
        order__vendor=vendor, order__imported_from__isnull=False, quantity__gt=F("returned")
    )
    members = {member for member, _sku in wanted}
    return rows.filter(order__purchase__member__in=members, sku__in={sku for _member, sku in wanted})


def _take_back(
    invoice: Invoice, known: ImportedInvoice, sold: _Sold, moved: _Moved, members: Members, books: Books
) -> tuple[list[Row], list[Refused]]:
    """Take the units of a return from their lines; gives the rows that found theirs, and the refusals."""
    fine: list[Row] = []
    refused: list[Refused] = []
    money: Counter[uuid.UUID] = Counter()
    touched: set[uuid.UUID] = set()
    for row in invoice.rows:
        units = _units_for(row, sold.lines.get((members[row.member], row.sku), []), sold.orders)
        if not units:
            refused.append((row.number, NOT_BOUGHT))
            continue
        fine.append(row)
        for line, count in units:
            line.returned += count
            moved.lines[line.pk] = line
            money[line.order_id] += count * row.unit_price
            touched.add(line.order_id)
    for order in sorted((sold.orders[key] for key in touched), key=lambda one: one.number):
        moved.orders[order.pk] = order
        purchase = sold.purchases[order.purchase_id]
        steps = [*history.CAME_BACK, *_refund(order, purchase, money[order.pk])]
        moved.steps += [(order, step, known.pk, invoice.at) for step in steps]
    amounts = [(sold.orders[key], amount) for key, amount in money.items()]
    moved.postings += books.refund(amounts, credit=known.pk, at=invoice.at) if fine else []
    return fine, refused


def _units_for(row: Row, lines: Sequence[OrderLine], orders: Mapping[uuid.UUID, Order]) -> list[tuple[OrderLine, int]]:
    """From which lines the units of a row come back; nothing if they are not all there."""
    open_then = [
        line for line in lines if line.unit_price >= row.unit_price and _placed(orders[line.order_id]) <= row.at
    ]
    left, units = -row.quantity, []
    for line in sorted(open_then, key=lambda one: one.unit_price != row.unit_price):
        count = min(left, line.quantity - line.returned)
        if count:
            units.append((line, count))
            left -= count
        if not left:
            return units
    return []


def _placed(order: Order) -> dt.datetime:
    assert order.placed_at is not None
    return order.placed_at


def _refund(order: Order, purchase: Purchase, amount: int) -> list[history.Step]:
    """Raise what was refunded of an order and its purchase; gives the step of the payment."""
    if not amount:
        return []
    order.refunded += amount
    purchase.refunded += amount
    order.purchase = purchase
    before, whole = purchase.payment, purchase.refunded == purchase.total
    purchase.payment = PaymentState.REFUNDED if whole else PaymentState.PARTIALLY_REFUNDED
    return [(Axis.PAYMENT, "refunded" if whole else "partly_refunded", before, purchase.payment)]


def _write(moved: _Moved, invoices: Sequence[ImportedInvoice]) -> None:
    OrderLine.objects.bulk_update(moved.lines.values(), ["returned"], batch_size=1000)
    Order.objects.bulk_update(moved.orders.values(), ["refunded"], batch_size=1000)
    purchases = {order.purchase_id: order.purchase for order in moved.orders.values() if order.refunded}
    Purchase.objects.bulk_update(purchases.values(), ["refunded", "payment"], batch_size=1000)
    known = [one for one in invoices if not one._state.adding]
    ImportedInvoice.objects.bulk_create([one for one in invoices if one._state.adding])
    ImportedInvoice.objects.bulk_update(known, ["lines"])
    history.write_returns(moved.steps)
    post_all(moved.postings)
