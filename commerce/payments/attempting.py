"""Begin to pay a purchase: at most one attempt is alive (rule 2.4).

    with transaction.atomic():                       # the caller's act: the purchase is locked, or its own
        attempt = begin(purchase=purchase, method="sandbox")
    if attempt.state == AttemptState.PENDING:
        asking.authorise(attempt.pk)                 # outside: the provider is asked over the network

A provider in this process answers at once: the attempt comes back as the answer left it, and the callbacks of `registering`
have run. That costs three statements.
"""

from django.db import IntegrityError, connection
from django.urls import reverse

from commerce.orders.models import Purchase
from commerce.payments import applying, choosing
from commerce.payments.errors import AlreadyPaid, AlreadyPaying, PurchaseOver
from commerce.payments.models import LIVE, Attempt, AttemptState, EventOutcome
from commerce.payments.moving import judged, move
from community.foundation.addresses import absolute


def begin(*, purchase: Purchase, method: str, capture_later: bool = False) -> Attempt:
    """Begin in the caller's transaction. `method` is a word of `choosing` for the member of the purchase.

    Raises AlreadyPaying, AlreadyPaid, PurchaseOver, UnknownWay; ValueError when there is nothing to pay, which needs no provider.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("begin() belongs inside the act's transaction")
    if purchase.total <= 0:
        raise ValueError("nothing is to be paid")
    way = choosing.chosen(method, purchase.member)
    _require_unpaid(purchase)
    attempt = Attempt(
        purchase=purchase,
        provider=way.provider.name,
        method=method,
        capture_later=capture_later,
        currency=purchase.currency,
        amount=purchase.total,
    )
    if way.provider.remote:
        _insert(attempt)
    else:
        _answered(purchase, attempt, way)
    return attempt


def return_url(attempt: Attempt) -> str:
    """Where the provider sends the buyer when it is done with them."""
    return absolute(reverse("commerce_payments:return", args=[attempt.pk]))


def _require_unpaid(purchase: Purchase) -> None:
    states = set(Attempt.objects.filter(purchase=purchase).values_list("state", flat=True))
    if states & set(LIVE):
        raise AlreadyPaying
    if AttemptState.CAPTURED in states:
        raise AlreadyPaid
    if purchase.payment not in applying.OPEN:
        raise PurchaseOver


def _insert(attempt: Attempt) -> None:
    try:
        attempt.save(force_insert=True)
    except IntegrityError as error:
        if "payments_one_live_attempt_a_purchase" in str(error):
            raise AlreadyPaying from error
        raise


def _answered(purchase: Purchase, attempt: Attempt, way: choosing.Chosen) -> None:
    """Nobody else sees the row before the commit, so it is written as it ends and needs no lock."""
    outcome = way.provider.authorise(attempt, return_url=return_url(attempt), kept=way.kept)
    became = judged(attempt, outcome)
    if became == EventOutcome.APPLIED:
        move(attempt, outcome)
    _insert(attempt)
    event_id = f"authorise:{attempt.pk}:{outcome.state}"
    applying.note(attempt, event_id=event_id, kind="authorise", became=became, facts=outcome.facts)
    if attempt.state != AttemptState.PENDING:
        applying.tell(purchase, [], attempt)  # its orders are the caller's too: none of them is over
