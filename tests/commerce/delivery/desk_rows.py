"""A vendor's row for this app's page of the desk."""

from typing import Any

from tests.admin.desk_rows import desk_rows
from tests.factories.delivery import a_method


@desk_rows("commerce_delivery.Method")
def _method(vendor: Any, word: str) -> Any:
    return a_method(vendor, name=word)
