"""Proof by night that the ledger adds up. It tells and never mends: a wrong figure is a question for a person.

Higher apps add what they promise of their own accounts, in `AppConfig.ready`:

    auditing.register("points.pending", pending_differences)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

Check = Callable[[], Iterable["Finding"]]


@dataclass(frozen=True)
class Finding:
    """A figure that is not what it should be. `subject` names the row; amounts are in smallest units."""

    check: str
    subject: str
    expected: int
    found: int

    def __str__(self) -> str:
        return f"{self.check}: {self.subject} is {self.found}, not {self.expected}"


# Each check is one statement, hence one snapshot: what is posted meanwhile is in all of it or in none.
_STATEMENTS = {
    "ledger.zero_by_unit": """
        SELECT a.unit, 0, sum(e.amount)
        FROM commerce_ledger_entry e JOIN commerce_ledger_account a ON a.id = e.account_id
        GROUP BY a.unit HAVING sum(e.amount) <> 0""",
    "ledger.zero_by_transaction": """
        SELECT t.id || ' ' || a.unit, 0, sum(e.amount)
        FROM commerce_ledger_transaction t JOIN commerce_ledger_entry e ON e.transaction_id = t.id
        JOIN commerce_ledger_account a ON a.id = e.account_id
        GROUP BY t.id, a.unit HAVING sum(e.amount) <> 0""",
    "ledger.balances": """
        SELECT a.id::text, coalesce(e.total, 0), a.balance FROM commerce_ledger_account a
        LEFT JOIN (SELECT account_id, sum(amount) AS total FROM commerce_ledger_entry GROUP BY account_id) e
          ON e.account_id = a.id
        WHERE a.balance IS NOT NULL AND a.balance <> coalesce(e.total, 0)""",
    "ledger.lots_of_account": """
        SELECT a.id::text, a.balance, coalesce(l.total, 0) FROM commerce_ledger_account a
        LEFT JOIN (SELECT account_id, sum(remaining) AS total FROM commerce_ledger_lot GROUP BY account_id) l
          ON l.account_id = a.id
        WHERE a.kind = 'available' AND a.balance <> coalesce(l.total, 0)""",
    "ledger.uses_of_lot": """
        SELECT l.id::text, l.amount - coalesce(u.total, 0), l.remaining FROM commerce_ledger_lot l
        LEFT JOIN (SELECT lot_id, sum(amount - returned) AS total FROM commerce_ledger_lotuse GROUP BY lot_id) u
          ON u.lot_id = l.id
        WHERE l.remaining <> l.amount - coalesce(u.total, 0)""",
}
_more: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Prove this too. Two checks of one name are a mistake of the programmer."""
    if _more.setdefault(name, check) is not check:
        raise ValueError(f"two checks are called {name!r}")


def audit() -> list[Finding]:
    """Everything that does not add up; an empty list is the proof."""
    found = [finding for name, statement in _STATEMENTS.items() for finding in differences(name, statement)]
    return found + [finding for check in _more.values() for finding in check()]


def differences(check: str, statement: str) -> list[Finding]:
    """The findings of a statement that selects (subject, expected, found)."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [Finding(check, str(row[0]), int(row[1]), int(row[2])) for row in cursor.fetchall()]
