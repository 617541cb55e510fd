"""What a member takes along of the ledger: each entry of the accounts that are theirs."""

from collections.abc import Iterator
from typing import Any

from commerce.ledger.models import Entry


def entries_of(member: Any) -> Iterator[dict[str, Any]]:
    """The member's entries, the first first."""
    rows = Entry.objects.filter(account__member=member).order_by("pk")
    found: Any = rows.values(
        "id", "amount", "account__kind", "account__unit", "transaction__kind", "transaction__note", "transaction__at"
    )
    yield from found.iterator(2000)
