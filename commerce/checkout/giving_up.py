"""A purchase that will not be paid gives back all that was held for it. The cart stays as it is."""

from uuid import UUID

from django.db import transaction

from commerce import locks
from commerce.orders import placing
from commerce.orders.models import Axis, PaymentState, Purchase
from commerce.orders.stepping import step
from commerce.payments.models import Attempt, AttemptState
from commerce.points import spending
from commerce.stock import capacity, holding

UNPAID = (PaymentState.NONE, PaymentState.PENDING, PaymentState.AUTHORISED)


@transaction.atomic
def give_up(*, purchase_id: UUID, reason: str) -> bool:
    """Let an unpaid purchase go that has no live payment; False if it is paid, gone, or still being paid.

    Raises locks.Busy.
    """
    purchase = locks.take_one("purchase", purchase_id)
    if purchase is None or purchase.payment not in UNPAID:
        return False
    locks.take("order", purchase.orders.values_list("pk", flat=True))
    if purchase.attempts.filter(state__in=(AttemptState.PENDING, AttemptState.AUTHORISED)).exists():
        return False
    step(purchase, Axis.PAYMENT, "voided", reason=reason)
    let_go(purchase, reason=reason)
    return True


def on_failed(purchase: Purchase, attempt: Attempt) -> None:
    """The provider said no, or the payment was called off: payments calls this with purchase, orders and attempt held."""
    if purchase.payment in UNPAID:
        event = "voided" if attempt.state == AttemptState.VOIDED else "failed"
        step(purchase, Axis.PAYMENT, event, reason=attempt.failure, reference=attempt.pk)
        let_go(purchase, reason=attempt.failure or "payment_failed")


def let_go(purchase: Purchase, *, reason: str) -> None:
    """Release stock, days and points, in the order of locks; the orders expire. Purchase and orders are held."""
    source = ("purchase", purchase.pk)
    holding.release(source)
    capacity.release(source)
    if purchase.points:
        spending.release(purchase.pk)
    placing.expire(purchase, reason=reason)
