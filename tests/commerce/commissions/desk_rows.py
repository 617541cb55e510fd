"""A vendor's row for this app's page of the desk."""

from typing import Any

from tests.admin.desk_rows import desk_rows
from tests.factories.catalog import a_product
from tests.factories.commissions import a_plan


@desk_rows("commerce_commissions.Plan")
def _plan(vendor: Any, word: str) -> Any:
    return a_plan(product=a_product(word, vendor=vendor))
