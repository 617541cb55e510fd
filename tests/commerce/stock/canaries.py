"""Counts, movements and days are the vendor's; what everyone sees is how many are available."""

from commerce.stock import capacity, counting
from community.foundation import clock
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.specifications import a_schema
from tests.leak.world import World


def plant(world: World) -> None:
    vendor = a_shop()
    variant = a_product(vendor=vendor, listed=False).variants.get()
    counting.receive(by=seller_of(vendor), variant=variant, quantity=3, note=world.secret("note of a movement"))
    schema = a_schema(product=a_product(vendor=vendor, kind="made_to_order", listed=False))
    capacity.set_places(by=seller_of(vendor), product=schema.product, day=clock.today(), places=1)
