"""Give spent units back, exactly to the lots they came from (rule 2.6)."""

from typing import Any

from commerce.ledger.models import Account, AccountKind, Transaction
from commerce.ledger.posting import Leg, Source, post


def give_back(
    *,
    transaction: Transaction,
    amount: int,
    key: str,
    out_of: Account,
    kind: str = "return",
    source: Source | None = None,
    by: Any = None,
    note: str = "",
) -> Transaction:
    """Return so many of the units that `transaction` took from an available account; they leave `out_of`.

    Units of lots that expired meanwhile come back as a lot with thirty days of grace. The same key returns once.
    Raises ExceedsSpent (409) when less than that is still to be returned, InsufficientBalance, Busy.
    """
    taken = transaction.entries.select_related("account").get(account__kind=AccountKind.AVAILABLE, amount__lt=0)
    legs = [Leg(out_of, -amount), Leg(taken.account, amount, lots_of=transaction)]
    return post(kind=kind, key=key, legs=legs, source=source, by=by, note=note)
