"""A vendor's row for this app's page of the desk."""

from typing import Any

from tests.admin.desk_rows import desk_rows
from tests.factories.catalog import a_product
from tests.factories.specifications import a_schema


@desk_rows("commerce_specifications.Schema")
def _schema(vendor: Any, word: str) -> Any:
    return a_schema(product=a_product(word, vendor=vendor, kind="made_to_order"))
