"""What happens to returns by time alone: unanswered ones are accepted, unsent ones lapse, received ones are refunded."""

import logging
from collections import Counter
from collections.abc import Callable

from commerce.returns.conf import AT_ONCE
from commerce.returns.deciding import accept_unanswered
from commerce.returns.models import Return, ReturnState
from commerce.returns.refunding import refund_unrefunded
from commerce.returns.sending import lapse
from community.foundation import clock
from community.foundation.problems import Problem

logger = logging.getLogger(__name__)
ACTS = {
    ReturnState.REQUESTED: ("accepted", accept_unanswered),
    ReturnState.ACCEPTED: ("lapsed", lapse),
    ReturnState.RECEIVED: ("refunded", refund_unrefunded),
}


def settle_due(tell: Callable[[int, int | None], None] | None = None) -> dict[str, int]:
    """Do what is due, each return in a transaction of its own; one that cannot be settled now stops none of the others."""
    counts = Counter(accepted=0, lapsed=0, refunded=0, failed=0)
    due = list(Return.objects.open().filter(due_at__lte=clock.now()).order_by("due_at", "pk")[:AT_ONCE])
    for number, row in enumerate(due, 1):
        word, act = ACTS[ReturnState(row.state)]
        try:
            counts[word] += act(row.pk)
        except Problem as problem:
            logger.warning("Return %s waits: %s", row.number, problem.code)
            counts["failed"] += 1
        if tell is not None:
            tell(number, len(due))
    return dict(counts)
