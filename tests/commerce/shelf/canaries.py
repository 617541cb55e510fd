"""What somebody owns, and what they are asked about, is theirs alone."""

import datetime as dt

from commerce.shelf import inviting, shelving
from community.foundation import clock
from tests.factories.catalog import a_product
from tests.factories.shelf import a_thing, an_arrived_order
from tests.leak.world import World


def plant(world: World) -> None:
    thing = a_thing(world.author, title=world.secret("title of a thing"), note=world.secret("note of a thing"))
    title = world.secret("title of what one bought and is asked about")
    order = an_arrived_order(a_product(title, listed=False).variants.get(), by=world.author)
    shelving.put_order(order.pk)
    inviting.plan(order.pk)
    with clock.shifted(dt.timedelta(days=6)):
        inviting.invite_due()
    world.route(thing_id=thing.pk)
