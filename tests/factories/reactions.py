"""Reactions, given by the act."""

from community.boards.models import Post
from community.members.models import Member
from community.reactions.models import Reaction
from community.reactions.reacting import react
from tests.factories.boards import a_post
from tests.factories.members import a_member


def a_reaction(*, post: Post | None = None, by: Member | None = None, kind: str = "like") -> Reaction:
    post, by = post or a_post(), by or a_member()
    react(by=by, post_id=post.pk, kind=kind)
    return Reaction.objects.get(post=post, member=by, kind=kind)
