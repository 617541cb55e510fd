"""Money that goes back: asked for inside an act, sent outside any transaction, tried until the provider answers.

    refund = ask(attempt=attempt, amount=3_000, key=f"return:{row.pk}", reason=..., by=member)      # in the caller's act
    send(refund.pk)                                                         # the job does it, right after the commit

`refunded` of the attempt is raised under its lock when the refund is asked for, so that rivals never give back more than
came (rule 2.4); the constraint of the table says the same.
"""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from commerce import locks
from commerce.orders.models import Purchase
from commerce.payments import conf
from commerce.payments.errors import (
    NothingToSend,
    ProviderRefused,
    ProviderUnreachable,
    RefundDiffers,
    RefundTooLarge,
)
from commerce.payments.models import Attempt, AttemptState, Refund, RefundState
from commerce.payments.providers import Refunded, outside_transaction, provider_named
from community.foundation import clock
from community.foundation.problems import NotThere
from community.jobs.registry import run_soon
from community.outbox.events import publish

logger = logging.getLogger(__name__)
SENDING = "payments.send_refunds"
"""The job that sends them."""


def ask(*, attempt: Attempt, amount: int, key: str, reason: str = "", by: Any = None) -> Refund:
    """Owe this much of an attempt back, in the caller's transaction; locks the attempt.

    The same key gives the same refund. Raises RefundTooLarge (more than came and did not go back), RefundDiffers (the key
    was used for another amount or attempt), ValueError for an amount below one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("ask() belongs inside the act's transaction")
    if amount < 1:
        raise ValueError("a refund is of something")
    locked = locks.take_one("attempt", attempt.pk)
    earlier = Refund.objects.filter(key=key).first()
    if earlier is not None:
        if (earlier.attempt_id, earlier.amount) != (locked.pk, amount):
            raise RefundDiffers
        return earlier
    if locked.refunded + amount > locked.captured:
        raise RefundTooLarge
    Attempt.objects.filter(pk=locked.pk).update(refunded=F("refunded") + amount)
    refund = Refund.objects.create(attempt=locked, key=key, amount=amount, reason=reason[:300], by=by)
    attempt.refunded = locked.refunded + amount
    transaction.on_commit(_soon, robust=True)
    return refund


def paid_attempt(purchase: Purchase) -> Attempt:
    """The attempt that paid a purchase: the first captured, should there be two. Raises NotThere."""
    row = Attempt.objects.filter(purchase=purchase, state=AttemptState.CAPTURED).order_by("ended_at", "pk").first()
    if row is None:
        raise NotThere
    return row


def due() -> list[UUID]:
    """The refunds whose next try has come."""
    rows = Refund.objects.filter(state=RefundState.PENDING, next_at__lte=clock.now()).order_by("next_at", "pk")
    return list(rows.values_list("pk", flat=True)[: conf.BATCH])


def send_due(tell: Callable[[int, int | None], None] | None = None) -> dict[str, int]:
    """Send every refund that is due; gives how many are done, wait for another try, failed or broke."""
    counts = Counter(done=0, pending=0, failed=0, broke=0)
    waiting = due()
    for number, refund_id in enumerate(waiting, 1):
        try:
            counts[send(refund_id).state] += 1
        except Exception:
            logger.exception("Sending refund %s broke; it is tried again.", refund_id)
            counts["broke"] += 1
        if tell is not None:
            tell(number, len(waiting))
    return dict(counts)


def send(refund_id: UUID) -> Refund:
    """Ask the provider to give the money back, if it is time and nobody else is doing it. Without an answer it stays
    pending and is tried again, later and later; what the provider refuses has failed, and operators are alarmed."""
    outside_transaction()
    refund = _claimed(refund_id)
    if refund is None:
        return Refund.objects.get(pk=refund_id)
    try:
        told = provider_named(refund.attempt.provider).refund(refund)
    except ProviderUnreachable:
        return refund
    except ProviderRefused as refusal:
        told = Refunded(RefundState.FAILED, failure=refusal.why)
    return settle(refund_id=refund_id, told=told)


@transaction.atomic
def settle(*, refund_id: UUID, told: Refunded) -> Refund:
    """Write down what became of a refund: by the answer, or by the provider's own message. One that was done may still
    fail (a closed account); one that failed is done only after it was sent again."""
    attempt_id = Refund.objects.filter(pk=refund_id).values_list("attempt", flat=True).first()
    if attempt_id is None:
        raise NotThere
    attempt = locks.take_one("attempt", attempt_id)
    refund = Refund.objects.get(pk=refund_id)
    if told.reference:
        refund.reference = told.reference[:120]
    if _moved(refund, told):
        payload = {"refund": str(refund.pk), "purchase": str(attempt.purchase_id)}
        publish(topic=f"refund.{refund.state}", key=str(attempt.purchase_id), payload=payload)
    refund.save(update_fields=["reference", "state", "failure", "done_at"])
    return refund


@transaction.atomic
def send_again(*, refund: Refund) -> Refund:
    """Let the job try a refund that failed once more, as a new one to the provider. Raises NothingToSend."""
    locks.take_one("attempt", refund.attempt_id)
    row = Refund.objects.get(pk=refund.pk)
    if row.state != RefundState.FAILED:
        raise NothingToSend
    row.state, row.failure, row.reference = RefundState.PENDING, "", ""
    row.round, row.tries, row.next_at = row.round + 1, 0, clock.now()
    row.save(update_fields=["state", "failure", "reference", "round", "tries", "next_at"])
    transaction.on_commit(_soon, robust=True)
    return row


def _moved(refund: Refund, told: Refunded) -> bool:
    """Set a refund to what was told, if it may move there."""
    allowed = {RefundState.PENDING: (RefundState.DONE, RefundState.FAILED), RefundState.DONE: (RefundState.FAILED,)}
    if told.state not in allowed.get(RefundState(refund.state), ()):
        return False
    refund.state, refund.failure = told.state, told.failure[:60]
    refund.done_at = clock.now() if told.state == RefundState.DONE else None
    return True


def _claimed(refund_id: UUID) -> Refund | None:
    """Take a refund in hand: whoever moves its next try away is the one who sends it now."""
    row = Refund.objects.select_related("attempt").filter(pk=refund_id, state=RefundState.PENDING).first()
    moment = clock.now()
    if row is None:
        return None
    delay = conf.REFUND_DELAYS[min(row.tries, len(conf.REFUND_DELAYS) - 1)]
    waiting = Refund.objects.filter(pk=refund_id, state=RefundState.PENDING, next_at__lte=moment)
    claimed = waiting.update(next_at=moment + delay, tries=F("tries") + 1)
    row.tries += 1
    return row if claimed else None


def _soon() -> None:
    """Wake a worker; without a broker the job comes by itself within a minute."""
    run_soon(SENDING)
