"""A method that nobody is offered is its vendor's; an address is its member's alone."""

from tests.factories.delivery import a_method, an_address
from tests.leak.world import World


def plant(world: World) -> None:
    place = world.secret("place of a method that is not offered")
    hidden = a_method(world.other_vendor, kind="pickup", name="Pick-up", place=place, active=False)
    row = an_address(world.author, name=world.unseen_secret("name on an address"))
    world.route(method_id=hidden.pk, address_id=row.pk)
