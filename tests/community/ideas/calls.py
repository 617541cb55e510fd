"""Each operation on ideas, called once for real."""

from tests.factories.ideas import an_idea
from tests.factories.members import a_member
from tests.rest.calls import Call, call


@call("ideas_vote")
def _():
    return Call(by=a_member(), kwargs={"topic_id": an_idea().pk})


@call("ideas_unvote")
def _():
    return Call(by=a_member(), kwargs={"topic_id": an_idea().pk})
