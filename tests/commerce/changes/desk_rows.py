"""A vendor's row for this app's page of the desk."""

from typing import Any

from tests.admin.desk_rows import desk_rows
from tests.factories.catalog import a_product
from tests.factories.changes import a_change, a_review_of


@desk_rows("commerce_changes.Change")
def _change(vendor: Any, word: str) -> Any:
    product = a_product(word, vendor=vendor)
    return a_change(product, title=word, sources=[a_review_of(product, body=word)])
