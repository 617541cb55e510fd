"""Stocks for tests, filled by the acts."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from commerce.catalog.models import Variant
from commerce.stock import counting
from commerce.stock.holding import Wanted
from commerce.stock.models import Source, Stock
from community.foundation import clock
from tests.factories.catalog import a_variant, seller_of


def a_stock(on_hand: int = 10, *, variant: Variant | None = None, refill_at: int = 0) -> Stock:
    """The stock of a variant (a new one) of which so many were received."""
    variant = variant or a_variant()
    by = seller_of(variant.product.vendor)
    stock = counting.set_refill_at(by=by, variant=variant, refill_at=refill_at)
    return counting.receive(by=by, variant=variant, quantity=on_hand) if on_hand else stock


def wanted(*pairs: tuple[Stock, int]) -> list[Wanted]:
    return [Wanted(stock.variant_id, quantity) for stock, quantity in pairs]


def a_source(kind: str = "purchase", id: UUID | None = None) -> Source:
    """Plays the caller: a purchase that does not exist yet."""
    return kind, id or uuid4()


def soon(minutes: float = 15) -> dt.datetime:
    return clock.now() + dt.timedelta(minutes=minutes)


def numbers(stock: Stock) -> tuple[int, int, int]:
    """(on hand, held, available) as they stand in the database."""
    return Stock.objects.values_list("on_hand", "held", "available").get(pk=stock.pk)


def low_letters(member: Any) -> list[str]:
    """The titles of what this member was told about low stock."""
    return [str(notice.target_id) for notice in member.notices.filter(kind="stock_low")]
