"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.specifications import a_schema


@rows("commerce_specifications.Schema")
def _schema() -> None:
    a_schema()
