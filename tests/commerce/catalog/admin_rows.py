"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.catalog import a_product, an_attribute
from tests.factories.subjects import a_category


@rows("commerce_catalog.Product", "commerce_catalog.PricePoint")
def _product() -> None:
    a_product()


@rows("commerce_catalog.Attribute")
def _attribute() -> None:
    an_attribute(a_category())
