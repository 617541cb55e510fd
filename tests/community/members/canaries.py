"""What of members not everyone may see."""

from allauth.usersessions.models import UserSession
from django.utils.crypto import get_random_string

from community.members.exporting import ask_for_export
from community.members.models import Team
from tests.factories.members import a_member, a_team
from tests.leak.world import World


def plant_public(world: World) -> None:
    world.always_public(Team)
    world.team = a_team(world.author, slug="the-makers", name="The makers")


def plant(world: World) -> None:
    left = a_member(
        "left-us",
        email=f"{world.unseen_secret('e-mail of a member')}@example.org",
        is_active=False,
        display_name=world.secret("name of a member who may not log in"),
        bio=world.secret("words of a member who may not log in"),
    )
    left.picture = get_random_string(22)
    left.save(update_fields=["picture"])
    world.route(username=world.author.username)
    world.route(username="left-us")
    world.route(team_slug=world.team.slug, which="followers", picture=left.picture, size="small")
    world.route(export_id=ask_for_export(by=world.author).pk, token_id=world.author.pk)
    device = UserSession.objects.create(user=world.author, session_key="of-the-author", ip="127.0.0.1")
    world.route(session_id=device.pk)
