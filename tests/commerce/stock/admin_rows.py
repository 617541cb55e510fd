"""Rows for the admin pages of this app."""

from commerce.stock import capacity, holding
from tests.admin.rows import rows
from tests.factories.specifications import a_schema
from tests.factories.stock import a_source, a_stock, soon, wanted


@rows("commerce_stock.Stock", "commerce_stock.Movement")
def _stock() -> None:
    a_stock()


@rows("commerce_stock.Hold")
def _hold() -> None:
    holding.hold(lines=wanted((a_stock(), 1)), source=a_source(), until=soon())


@rows("commerce_stock.Capacity", "commerce_stock.CapacityHold")
def _capacity() -> None:
    schema = a_schema()
    capacity.hold(lines=[capacity.Made(schema.product_id, 1)], source=a_source(), until=soon())
