"""Purchases whose time to pay ran out: providers are asked to call the payment off, then everything held goes back."""

from collections.abc import Callable
from uuid import UUID

from commerce.checkout.conf import SWEEP_BATCH
from commerce.checkout.giving_up import UNPAID, give_up
from commerce.orders.models import Purchase
from commerce.payments import asking
from commerce.payments.errors import ProviderRefused
from commerce.payments.models import LIVE
from community.foundation import clock


def expire_due(tell: Callable[[int, int | None], None] | None = None) -> dict[str, int]:
    """End what was not paid in time; gives how many came to nothing, were paid after all, or still wait for an answer.
    May run twice at once. No provider is asked under a lock."""
    due = Purchase.objects.filter(payment__in=UNPAID, expires_at__lte=clock.now()).order_by("expires_at", "pk")
    counts = {"expired": 0, "paid": 0, "waiting": 0}
    found = list(due.values_list("pk", flat=True)[:SWEEP_BATCH])
    for number, purchase_id in enumerate(found, 1):
        counts[_end(purchase_id)] += 1
        if tell is not None:
            tell(number, len(found))
    return counts


def _end(purchase_id: UUID) -> str:
    purchase = Purchase.objects.get(pk=purchase_id)
    for attempt_id in purchase.attempts.filter(state__in=LIVE).values_list("pk", flat=True):
        try:
            asking.give_up(attempt_id)
        except ProviderRefused:
            asking.ask_again(attempt_id, at_most_every=False)
    if give_up(purchase_id=purchase.pk, reason="expired"):
        return "expired"
    purchase.refresh_from_db()
    if purchase.payment in UNPAID:
        return "waiting"
    return "paid" if purchase.paid_at else "expired"
