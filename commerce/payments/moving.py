"""How an attempt may move, and what an answer of a provider does to it: decided without touching the database.

    pending → authorised → captured          pending | authorised → failed | voided
    failed | voided → captured               the provider took the money after all: a late capture

Captured is the end. What goes back is counted in `refunded`, not by a state.
"""

from commerce.payments.models import LIVE, Attempt, AttemptState, EventOutcome
from commerce.payments.providers import ACTION_REQUIRED, Outcome
from community.foundation import clock

MOVES: dict[str, set[str]] = {
    AttemptState.PENDING: {
        AttemptState.AUTHORISED, AttemptState.CAPTURED, AttemptState.FAILED, AttemptState.VOIDED,
    },
    AttemptState.AUTHORISED: {AttemptState.CAPTURED, AttemptState.FAILED, AttemptState.VOIDED},
    AttemptState.FAILED: {AttemptState.CAPTURED},
    AttemptState.VOIDED: {AttemptState.CAPTURED},
    AttemptState.CAPTURED: set(),
}  # fmt: skip
MONEY = (AttemptState.AUTHORISED, AttemptState.CAPTURED)


def judged(attempt: Attempt, outcome: Outcome) -> str:
    """What becomes of an outcome: one of EventOutcome. A captured or authorised amount has to be the one asked for, in
    its currency; only of what is captured later may less be taken."""
    if outcome.sequence is not None and outcome.sequence < attempt.sequence:
        return EventOutcome.OLDER
    if outcome.state in MONEY and not _fits(attempt, outcome):
        return EventOutcome.MISMATCH
    if outcome.state in MOVES[attempt.state]:
        return EventOutcome.APPLIED
    if attempt.state == AttemptState.PENDING and outcome.state in (ACTION_REQUIRED, AttemptState.PENDING):
        return EventOutcome.APPLIED if _says_more(attempt, outcome) else EventOutcome.UNCHANGED
    return EventOutcome.UNCHANGED


def move(attempt: Attempt, outcome: Outcome) -> None:
    """Set the columns of an attempt to what was told; only for an outcome that was judged to be applied."""
    attempt.reference = outcome.reference[:120] or attempt.reference
    attempt.sequence = max(attempt.sequence, outcome.sequence or 0)
    waits = outcome.state in (ACTION_REQUIRED, AttemptState.PENDING)
    attempt.action_url = outcome.action_url[:500] if waits else ""
    if waits:
        return
    attempt.state = outcome.state
    attempt.failure = outcome.failure[:60]
    if outcome.state in MONEY:
        attempt.authorised = max(attempt.authorised, outcome.amount or 0)
    if outcome.state == AttemptState.CAPTURED:
        attempt.captured = outcome.amount or 0
    if attempt.state not in LIVE:
        attempt.ended_at = clock.now()


def _fits(attempt: Attempt, outcome: Outcome) -> bool:
    if outcome.currency.upper() != attempt.currency or outcome.amount is None:
        return False
    if outcome.state == AttemptState.CAPTURED and attempt.capture_later:
        return 0 < outcome.amount <= attempt.amount
    return outcome.amount == attempt.amount


def _says_more(attempt: Attempt, outcome: Outcome) -> bool:
    return (outcome.reference or attempt.reference, outcome.action_url) != (attempt.reference, attempt.action_url)
