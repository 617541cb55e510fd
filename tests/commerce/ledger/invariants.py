"""The ledger sums to zero in each unit, balances are the sums of entries and of lots, lots are what their uses left."""

from commerce.ledger.auditing import audit


def violations() -> list[str]:
    return [str(finding) for finding in audit()]
