"""Rows for the admin pages of the ledger."""

from tests.admin.rows import rows
from tests.factories.ledger import an_account, take


@rows("commerce_ledger.Account", "commerce_ledger.Transaction", "commerce_ledger.Entry", "commerce_ledger.Lot")
def _spent() -> None:
    take(an_account(holds=10), 4)
