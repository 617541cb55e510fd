"""Each operation of this app, called once."""

from tests.factories.boards import a_post
from tests.factories.members import a_member, an_operator
from tests.factories.moderation import a_case
from tests.factories.reviews import a_review
from tests.rest.calls import Call, call

WARNING = {"kind": "warning", "reason": "Mind your words."}


@call("post_flags_create")
def _flag_post() -> Call:
    return Call(by=a_member(), kwargs={"post_id": a_post().pk}, body={"reason": "spam", "note": "Look."})


@call("review_flags_create")
def _flag_review() -> Call:
    return Call(by=a_member(), kwargs={"review_id": a_review().pk}, body={"reason": "fake"})


@call("moderation_queue_list")
def _queue() -> Call:
    a_case()
    return Call(by=an_operator(), query={"state": "open"})


@call("moderation_queue_decide")
def _decide() -> Call:
    return Call(by=an_operator(), kwargs={"case_id": a_case().pk}, body={"outcome": "hidden", "reason": "Spam."})


@call("moderation_sanctions_list")
def _sanctions() -> Call:
    return Call(by=an_operator())


@call("moderation_sanctions_create")
def _sanction() -> Call:
    return Call(by=an_operator(), body={"member": a_member().username, **WARNING})


@call("moderation_log_list")
def _log() -> Call:
    return Call()
