"""The site's own rows are for everyone."""

from tests.leak.world import World


def plant(world: World) -> None:
    world.route(mark="none")
