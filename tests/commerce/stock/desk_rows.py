"""A vendor's row for each of this app's pages of the desk."""

from typing import Any

from django.utils import timezone

from commerce.stock import capacity
from community.foundation import clock
from tests.admin.desk_rows import desk_rows
from tests.factories.catalog import a_product, seller_of
from tests.factories.specifications import a_schema
from tests.factories.stock import a_stock


@desk_rows("commerce_stock.Stock")
def _stock(vendor: Any, word: str) -> Any:
    return a_stock(variant=a_product(word, vendor=vendor).variants.get())


@desk_rows("commerce_stock.Movement")
def _movement(vendor: Any, word: str) -> Any:
    return _stock(vendor, word).movements.get()


@desk_rows("commerce_stock.Capacity")
def _capacity(vendor: Any, word: str) -> Any:
    product = a_schema(product=a_product(word, vendor=vendor, kind="made_to_order")).product
    today = clock.today(timezone.get_default_timezone())  # the vendor's day
    return capacity.set_places(by=seller_of(vendor), product=product, day=today, places=3)
