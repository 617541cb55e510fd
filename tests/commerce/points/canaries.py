"""What one holds, and why, is one's own: a grant's reason is read by its member and by operators."""

from tests.factories.points import granted
from tests.leak.world import World


def plant_public(world: World) -> None:
    granted(world.actors["member"], 10)


def plant(world: World) -> None:
    secret = world.unseen_secret("reason of another's grant")
    granted(world.author, 500, reason=secret)
