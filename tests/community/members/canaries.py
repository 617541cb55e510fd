"""What of members not everyone may see."""

from django.contrib.auth import get_user_model

from tests.leak.world import World


def plant(world: World) -> None:
    get_user_model().objects.create(username="left-us", email="left@example.com", is_active=False)
    world.route(username=world.author.username)
    world.route(username="left-us")
