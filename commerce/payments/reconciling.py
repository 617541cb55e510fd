"""Ask after what a provider did not tell: lost messages, lost answers, buyers who never came back (item 2.30).

Every attempt that waits is asked after, and what the provider says is applied like any news. What is authorised is captured,
unless it is captured later; what belongs to a purchase that is over is voided. A payment that came after all goes to
`registering.on_late_capture`.
"""

import logging
from collections import Counter
from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet

from commerce.payments import asking, conf
from commerce.payments.applying import OPEN, Applied
from commerce.payments.asking import UNREACHED
from commerce.payments.models import Attempt, AttemptState, EventOutcome
from community.foundation import clock

logger = logging.getLogger(__name__)


def reconcile(tell: Callable[[int, int | None], None] | None = None) -> dict[str, int]:
    """Ask after every attempt that is due, oldest first; gives how many were asked after, moved, unreached or broke.

    One that breaks (a bug, a row that stays locked) does not keep the others waiting; it is due again.
    """
    counts = Counter(asked=0, moved=0, unreached=0, broke=0)
    in_vain: Counter[str] = Counter()
    rows = list(due().values_list("pk", "provider")[: conf.BATCH])
    for number, (attempt_id, provider) in enumerate(rows, 1):
        if in_vain[provider] < conf.IN_VAIN:
            became = _one(attempt_id)
            counts["asked"] += 1
            counts[became] += 1
            in_vain[provider] = in_vain[provider] + 1 if became == "unreached" else 0
        if tell is not None:
            tell(number, len(rows))
    return {name: counts[name] for name in ("asked", "moved", "unreached", "broke")}


def due() -> QuerySet[Attempt]:
    """Attempts alive that nobody asked after lately: the older they are, the more seldom. A time of asking that lies ahead
    is none: a clock went back."""
    moment = clock.now()
    wanted = Q(asked_at=None) | Q(asked_at__gt=moment)
    for younger_than, often in conf.ASKED_AGAIN:
        wanted |= Q(made_at__gt=moment - younger_than, asked_at__lte=moment - often)
    waits = Q(made_at__lte=moment - conf.ASKED_AFTER) | Q(made_at__gt=moment)
    return Attempt.objects.alive().filter(waits & wanted).order_by("made_at", "pk")


def look_after(attempt_id: UUID) -> Applied:
    """Ask after one attempt, then do what is left to do with it: capture it, or give it up. Raises ProviderRefused."""
    applied = asking.ask_again(attempt_id, at_most_every=False)
    attempt = applied.attempt
    if applied.became == UNREACHED or not attempt.alive:
        return applied
    never_heard = applied.became == EventOutcome.UNKNOWN and attempt.made_at <= clock.now() - conf.NEVER_HEARD
    if never_heard or is_over(attempt):
        return asking.give_up(attempt_id)
    if attempt.state == AttemptState.AUTHORISED and not attempt.capture_later:
        return asking.capture(attempt_id)
    return applied


def is_over(attempt: Attempt) -> bool:
    """Whether nobody wants the money any more: the time to pay is up, or the purchase was paid or given up otherwise."""
    purchase = attempt.purchase
    return purchase.payment not in OPEN or purchase.expires_at <= clock.now()


def _one(attempt_id: UUID) -> str:
    try:
        applied = look_after(attempt_id)
    except Exception:
        logger.exception("Asking after payment %s broke; it is asked after again.", attempt_id)
        return "broke"
    if applied.became == UNREACHED:
        return "unreached"
    return "moved" if applied.moved else "waits"
