"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.catalog import a_product
from tests.factories.changes import a_change, a_review_of


@rows("commerce_changes.Change")
def _change() -> None:
    product = a_product()
    a_change(product, sources=[a_review_of(product)])
