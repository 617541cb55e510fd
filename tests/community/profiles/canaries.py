"""What members told about themselves and keep for themselves."""

from community.profiles import answering
from tests.leak.world import World


def plant(world: World) -> None:
    word = world.unseen_secret("an answer that only its member may see")
    answering.answer(by=world.author, field="occupation", value=word, visibility="me")
    world.route(field_name="occupation")
