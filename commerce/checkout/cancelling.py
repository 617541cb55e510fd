"""What a cancellation gives back, in its own transaction: money, points, stock, days, the vendor's and the site's part."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from commerce import locks
from commerce.checkout.giving_back import Back, give_back, worth_of
from commerce.orders.models import Order, OrderLine, Purchase
from commerce.orders.registering import GivenBack
from commerce.stock import capacity
from commerce.stock.models import Stock
from commerce.stock.returning import restock


def on_cancel(*, order: Order, units: Sequence[GivenBack], by: Any, reason: str) -> None:
    """Called by `orders` with the purchase and the order locked, after the counts of the lines were raised."""
    purchase = Purchase.objects.get(pk=order.purchase_id)
    back = sum((worth_of(one.line, one.count, already=one.already) for one in units), start=Back())
    parts = ",".join(f"{one.line.pk}:{one.already}+{one.count}" for one in units)
    give_back(
        order=order,
        purchase=purchase,
        back=back,
        key=f"cancelled:{uuid.uuid5(order.pk, parts)}",
        reason=reason,
        by=by,
        restock=_shelves(order, units, by),
    )


def _shelves(order: Order, units: Sequence[GivenBack], by: Any) -> Callable[[], None]:
    """Nothing had left: what was sold is there again, and the days on which nothing will be made are free."""

    def put_back() -> None:
        goods = [(one, key) for one in units if (key := one.line.variant_id) is not None]
        locks.take(
            "stock",
            Stock.objects.filter(variant__in=[key for _one, key in goods]).values_list("pk", flat=True),
        )
        for one, key in goods:
            source = ("cancellation", uuid.uuid5(one.line.pk, str(one.already)))
            restock(variant_id=key, quantity=one.count, source=source, by=by)
        if any(one.line.schema_id for one, _key in goods) and not _anything_is_made(order):
            capacity.give_back(("purchase", order.purchase_id))

    return put_back


def _anything_is_made(order: Order) -> bool:
    """Whether something of the purchase is still to be made: days are kept for the purchase as a whole."""
    made = OrderLine.objects.filter(order__purchase=order.purchase_id, schema__isnull=False)
    return any(line.cancelled < line.quantity for line in made)
