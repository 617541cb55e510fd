"""Who waits for what is theirs alone; and what they wait for is not shown to them while it is not on sale, not even by
what they were told of it before."""

from commerce.catalog import offering
from commerce.watches import telling
from community.foundation.ids import uuid7
from community.notifications.noticing import tell
from tests.factories.catalog import a_product, seller_of
from tests.factories.watches import a_watch
from tests.leak.world import World


def plant_public(world: World) -> None:
    """Everyone watches something, was told of it, and it went off sale since."""
    a_watch(world.author, world.public_product)
    product = a_product("A lamp that goes", vendor=world.vendor, subject=world.public_subject, slug="a-lamp-that-goes")
    variant, world.watched = product.variants.get(), product
    watchers = [world.author, *(actor for actor in world.actors.values() if actor is not None)]
    watches = [a_watch(each, product) for each in watchers]
    for kind, target in ((telling.BACK, "variant"), (telling.FALL, "variant_price")):
        tell(
            kind=kind,
            to=[each.pk for each in watchers if each != world.author],
            target=(target, variant.pk),
            source=("test", uuid7()),
        )
    offering.pause_product(by=seller_of(world.vendor), product=product)
    world.route(watch_id=watches[0].pk, product_slug=product.slug)


def plant(world: World) -> None:
    title = world.secret("title of what one watches and is paused", seen_by=("vendor_staff",))
    offering.change_product(by=seller_of(world.vendor), product=world.watched, title=title)
