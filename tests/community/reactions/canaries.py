"""Who reacted on a private board is known there alone."""

from community.boards.arranging import Audience, Verb, grant
from tests.factories.boards import a_post
from tests.factories.members import a_member
from tests.factories.reactions import a_reaction
from tests.leak.world import World


def plant(world: World) -> None:
    _word = world.secret("name of who reacted").split()[1]
    reader = a_member(_word)
    grant(board=world.private_board, verb=Verb.REPLY, audience=Audience.MEMBER, member=reader)
    post = a_post(world.private_topic, by=world.author)
    a_reaction(post=post, by=reader)
    world.route(post_id=post.pk, kind="like")
