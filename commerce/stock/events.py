"""What others are told of a stock: "stock.back", "stock.out" (it can be bought again, or no more) and "stock.low".

Called by every act under the lock of the stock, so that each crossing of the line is told exactly once.
"""

from collections.abc import Iterable

from commerce.stock.models import Stock
from community.foundation import clock
from community.outbox.events import publish, publish_all


def tell_available(stock: Stock, *, before: int, after: int) -> None:
    """Publish if the available number rose from nothing or fell to it."""
    if before <= 0 < after:
        _publish("stock.back", stock)
    elif after <= 0 < before:
        _publish("stock.out", stock)


def tell_received(stocks: Iterable[Stock]) -> None:
    """Publish that these can be bought, which had nothing before."""
    publish_all(topic="stock.back", told=[_event_of(stock) for stock in stocks])


def tell_low(stock: Stock) -> None:
    """Publish once when so few are on hand that more should be ordered; once more only after they were refilled.

    `stock` is as it is after the change.
    """
    is_low = stock.on_hand <= stock.refill_at
    if is_low and stock.low_told_at is None:
        stock.low_told_at = clock.now()
        stock.save(update_fields=["low_told_at"])
        _publish("stock.low", stock)
    elif not is_low and stock.low_told_at is not None:
        stock.low_told_at = None
        stock.save(update_fields=["low_told_at"])


def _publish(topic: str, stock: Stock) -> None:
    key, payload = _event_of(stock)
    publish(topic=topic, key=key, payload=payload)


def _event_of(stock: Stock) -> tuple[str, dict[str, str]]:
    return str(stock.variant_id), {"variant": str(stock.variant_id), "stock": str(stock.pk)}
