"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.members import a_member
from tests.factories.vendors import a_vendor


@rows("commerce_vendors.Vendor")
def _vendor() -> None:
    a_vendor(a_member(), applied_by=a_member())
