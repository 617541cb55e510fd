"""A poll on a private board is known there alone."""

from tests.factories.polls import a_poll
from tests.leak.world import World


def plant(world: World) -> None:
    a_poll(
        topic=world.private_topic,
        question=world.secret("question of a private poll"),
        options=(world.secret("answer of a private poll"), "No"),
    )
