"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.returns import a_return


@rows("commerce_returns.Return")
def _return() -> None:
    a_return()
