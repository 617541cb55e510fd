"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.members import a_member
from tests.factories.payments import a_kept_card, a_refund


@rows("commerce_payments.Attempt", "commerce_payments.Refund", "commerce_payments.ProviderEvent")
def _refund() -> None:
    a_refund()


@rows("commerce_payments.KeptMethod")
def _card() -> None:
    a_kept_card(a_member())
