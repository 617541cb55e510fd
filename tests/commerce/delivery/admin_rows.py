"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.delivery import a_method


@rows("commerce_delivery.Method")
def _method() -> None:
    a_method()
