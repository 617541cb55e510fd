"""Each operation on reactions, called once for real."""

from tests.factories.boards import a_post
from tests.factories.members import a_member
from tests.factories.reactions import a_reaction
from tests.rest.calls import Call, call


@call("reactions_list")
def _():
    return Call(kwargs={"post_id": a_reaction().post_id}, query={"kind": "like"})


@call("reactions_give")
def _():
    return Call(by=a_member(), kwargs={"post_id": a_post().pk, "kind": "like"})


@call("reactions_take_back")
def _():
    reaction = a_reaction()
    return Call(by=reaction.member, kwargs={"post_id": reaction.post_id, "kind": "like"})
