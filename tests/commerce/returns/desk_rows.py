"""A vendor's row for each of this app's pages of the desk."""

from typing import Any

from tests.admin.desk_rows import desk_rows
from tests.factories.catalog import a_product
from tests.factories.orders import an_order
from tests.factories.returns import a_return, arrived


@desk_rows("commerce_returns.Return")
def _return(vendor: Any, word: str) -> Any:
    return a_return(arrived(an_order(a_product(word, vendor=vendor).variants.get())))
