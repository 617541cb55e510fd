"""What goes back of an order: money through the attempt that brought it, points to their lots, the vendor's and the
site's part on the ledger (rules 2.5, 2.6). Cancelling, returns and goodwill all come through here.

Whoever calls this holds the purchase and the order. Locked here: attempt, then accounts; what comes back to stock must
be put back between the two, so it is passed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Sum

from commerce import money
from commerce.checkout import booking
from commerce.checkout.errors import NothingToRefund, RefundTooLarge
from commerce.orders.models import Axis, Order, OrderLine, PaymentState, Purchase, Stage
from commerce.orders.stepping import step
from commerce.orders.units import refund_of
from commerce.payments import refunding
from commerce.payments.models import Attempt, Refund
from commerce.points import earning, spending


@dataclass(frozen=True)
class Back:
    """What units bring back, in smallest units: the buyer's money, the worth of points, other discounts that the site
    bore, and the commission that was taken on them."""

    money: int = 0
    points_worth: int = 0
    other_borne: int = 0
    commission: int = 0

    def __add__(self, other: "Back") -> "Back":
        return Back(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def worth_of(line: OrderLine, count: int, *, already: int) -> Back:
    """What the next `count` units of a line bring back, after `already` of them came back (rule 2.5): the parts of all
    units add up to the line. Raises TooManyUnits."""
    units = refund_of(line, count, already)
    borne = [taken for taken in line.allocations.all() if taken.funder == "site" and taken.stage != Stage.POINTS]
    return Back(
        money=units.to_pay,
        points_worth=units.points_worth,
        other_borne=sum(sum(taken.units[already : already + count]) for taken in borne),
        commission=units.commission,
    )


def give_back(
    *,
    order: Order,
    purchase: Purchase,
    back: Back,
    key: str,
    reason: str,
    by: Any = None,
    restock: Callable[[], None] | None = None,
    kind: str = booking.REFUND,
) -> Refund | None:
    """Give it back, once a key. `restock` puts goods on the shelf again, at its place in the order of locks.

    What was given as goodwill before is not given twice: no more money goes back than came. Raises RefundTooLarge where
    nothing is left, locks.Busy.
    """
    sent = min(back.money, order.total - order.refunded)
    refund = _money(purchase, sent, key=key, reason=reason, by=by) if sent else None
    if restock is not None:
        restock()
    points = _points(purchase, back.points_worth)
    shares = booking.Shares(sent, back.points_worth + back.other_borne, back.commission)
    team = order.vendor.team
    books = booking.books_for_refund(team, points_of=purchase.member_id)
    booking.book_refund(order, shares, team=team, key=key, books=books, by=by, kind=kind)
    if points:
        spending.give_back(purchase.pk, points, key)
    _count(order, purchase, sent, points, back.points_worth, by)
    _take_back_earned(order)
    return refund


def give_goodwill(*, order: Order, purchase: Purchase, amount: int, key: str, reason: str, by: Any) -> Refund:
    """Money for nothing that comes back: the vendor bears all of it, the commission stays. Raises NothingToRefund,
    RefundTooLarge."""
    if amount < 1:
        raise NothingToRefund(field="amount")
    if amount > order.total - order.refunded:
        raise RefundTooLarge(field="amount")
    back, kind = Back(money=amount), booking.GOODWILL
    refund = give_back(order=order, purchase=purchase, back=back, key=key, reason=reason, by=by, kind=kind)
    assert refund is not None
    return refund


def _money(purchase: Purchase, amount: int, *, key: str, reason: str, by: Any) -> Refund:
    attempt = Attempt.objects.filter(purchase=purchase, captured__gt=0).order_by("made_at").last()
    if attempt is None:
        raise RefundTooLarge
    return refunding.ask(attempt=attempt, amount=amount, key=key, reason=reason, by=by)


def _points(purchase: Purchase, worth: int) -> int:
    """Whole points for what has come back of their worth so far: cents of a point wait for the next return."""
    whole = 10 ** money.decimals(settings.CURRENCY)
    return (purchase.points_worth_returned + worth) // whole - purchase.points_returned


def _count(order: Order, purchase: Purchase, sent: int, points: int, worth: int, by: Any) -> None:
    Order.objects.filter(pk=order.pk).update(refunded=F("refunded") + sent)
    Purchase.objects.filter(pk=purchase.pk).update(
        refunded=F("refunded") + sent,
        points_returned=F("points_returned") + points,
        points_worth_returned=F("points_worth_returned") + worth,
    )
    order.refunded += sent
    purchase.refunded += sent
    purchase.points_returned += points
    purchase.points_worth_returned += worth
    whole = purchase.refunded == purchase.total and purchase.points_returned == purchase.points
    if purchase.payment != PaymentState.REFUNDED and (sent or points or whole):
        step(purchase, Axis.PAYMENT, "refunded" if whole else "partly_refunded", by=by)


def _take_back_earned(order: Order) -> None:
    """Points that the order earned go back by the share of the money that did."""
    paid = OrderLine.objects.filter(order=order).aggregate(paid=Sum(F("amount") - F("discount") - F("points_worth")))
    if paid["paid"]:
        earning.take_back(key=f"purchase:{order.pk}", share=(min(order.refunded, paid["paid"]), paid["paid"]))
