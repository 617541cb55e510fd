"""Each operation on polls, called once for real."""

from tests.factories.members import a_member
from tests.factories.polls import a_poll
from tests.rest.calls import Call, call


@call("polls_read")
def _():
    return Call(kwargs={"topic_id": a_poll(kind="ranked").topic_id})


@call("polls_voters")
def _():
    return Call(kwargs={"topic_id": a_poll(voters_shown=True).topic_id})


@call("polls_vote")
def _():
    poll = a_poll()
    return Call(by=a_member(), kwargs={"topic_id": poll.topic_id}, body={"choices": [str(poll.options.first().pk)]})


@call("polls_withdraw")
def _():
    return Call(by=a_member(), kwargs={"topic_id": a_poll().topic_id})


@call("polls_close")
def _():
    poll = a_poll()
    return Call(by=poll.topic.author, kwargs={"topic_id": poll.topic_id})
