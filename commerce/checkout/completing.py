"""What was paid is sold, in the transaction that learns of it (rules 2.3, 2.4).

Whoever calls this holds the purchase, its orders and the attempt; stock, days and accounts are locked here, in this order.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F

from commerce.cart import removing
from commerce.checkout import booking
from commerce.checkout.giving_up import let_go
from commerce.checkout.telling import tell_money_goes_back
from commerce.ledger.errors import InsufficientBalance
from commerce.orders import placing
from commerce.orders.models import Allocation, Axis, OrderLine, PaymentState, Purchase
from commerce.orders.stepping import step
from commerce.payments import refunding
from commerce.payments.models import Attempt
from commerce.points import spending
from commerce.points.errors import AlreadySettled
from commerce.stock import capacity, holding
from commerce.stock.errors import FullyBooked, OutOfStock
from community.foundation import clock

PAID = (
    PaymentState.CAPTURED,
    PaymentState.PARTIALLY_REFUNDED,
    PaymentState.REFUNDED,
    PaymentState.DISPUTED,
    PaymentState.WON,
    PaymentState.LOST,
)


def on_captured(purchase: Purchase, attempt: Attempt) -> None:
    """The money is there: sell, or give it back whole where what was bought is gone meanwhile (a late capture)."""
    if purchase.payment in PAID:
        return
    step(purchase, Axis.PAYMENT, "captured", reference=attempt.pk)
    try:
        with transaction.atomic():
            complete(purchase, paid_at=clock.now())
    except (OutOfStock, FullyBooked, InsufficientBalance, AlreadySettled) as lost:
        _give_back_whole(purchase, attempt, reason=lost.code)


def on_late_capture(purchase: Purchase, attempt: Attempt) -> None:
    """The money came when the purchase was over. Where it is paid already, by another attempt, this money goes back."""
    if purchase.payment in PAID:
        refunding.ask(attempt=attempt, amount=attempt.captured, key=f"twice:{attempt.pk}", reason="paid_twice")
        return
    on_captured(purchase, attempt)


def complete(purchase: Purchase, *, paid_at: dt.datetime) -> None:
    """Sell what is held (or hold it once more), spend the points, book the sale, place the orders, clear the cart.

    Raises OutOfStock, FullyBooked, AlreadySettled; nothing is sold then.
    """
    source = ("purchase", purchase.pk)
    lines = list(OrderLine.objects.filter(order__purchase=purchase).select_related("order__vendor__team"))
    holding.sell(source)
    promised = capacity.commit(source) if any(line.schema_id for line in lines) else {}
    _book(purchase, lines)
    if purchase.points:
        spending.commit(purchase.pk)
    placing.place(purchase, paid_at=paid_at, promised=promised)
    _clear_cart(purchase, lines)


def _book(purchase: Purchase, lines: list[OrderLine]) -> None:
    """Each order on its own; all accounts that are needed are found, and where need be locked, at once."""
    orders = {line.order_id: line.order for line in lines}
    taken = list(Allocation.objects.filter(line__in=lines)) if any(line.amount != line.to_pay for line in lines) else []
    teams = [order.vendor.team for order in orders.values()]
    books = booking.books_for_sale(teams, points_of=purchase.member_id if purchase.points else None)
    for order in orders.values():
        own = [line for line in lines if line.order_id == order.pk]
        keys = {line.pk for line in own}
        shares = booking.shares_of(own, [one for one in taken if one.line_id in keys])
        booking.book_sale(order, shares, team=order.vendor.team, books=books)


def _clear_cart(purchase: Purchase, lines: list[OrderLine]) -> None:
    """What was bought leaves the cart; what was put in on top meanwhile stays."""
    bought = {line.cart_line_id: line.quantity for line in lines if line.cart_line_id}
    removing.take_out_bought(member_id=purchase.member_id, quantities=bought)


def _give_back_whole(purchase: Purchase, attempt: Attempt, *, reason: str) -> None:
    """Paid, but nothing can be sold for it: never "paid but no order" (rule 2.3)."""
    refunding.ask(attempt=attempt, amount=attempt.captured, key=f"late:{attempt.pk}", reason=reason, by=None)
    let_go(purchase, reason=reason)
    Purchase.objects.filter(pk=purchase.pk).update(refunded=F("total"))
    purchase.refunded = purchase.total
    step(purchase, Axis.PAYMENT, "refunded", reason=reason, reference=attempt.pk)
    tell_money_goes_back(purchase)
