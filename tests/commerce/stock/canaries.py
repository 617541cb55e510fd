"""Counts, movements and days are the vendor's; what everyone sees is how many are available."""

from django.utils import timezone

from commerce.stock import capacity, counting
from community.foundation import clock
from tests.factories.catalog import a_product, seller_of
from tests.factories.specifications import a_schema
from tests.leak.world import World


def plant(world: World) -> None:
    seller = seller_of(world.other_vendor)
    variant = _unlisted(world).variants.get()
    counting.receive(by=seller, variant=variant, quantity=3, note=world.unseen_secret("note of a movement"))
    schema = a_schema(product=_unlisted(world, kind="made_to_order"))
    today = clock.today(timezone.get_default_timezone())  # the vendor's day
    capacity.set_places(by=seller, product=schema.product, day=today, places=1)


def _unlisted(world: World, **fields):
    return a_product(vendor=world.other_vendor, subject=world.public_subject, listed=False, **fields)
