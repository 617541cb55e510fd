"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.commissions import a_plan
from tests.factories.vendors import a_vendor


@rows("commerce_commissions.Plan")
def _plan() -> None:
    a_plan(vendor=a_vendor())
