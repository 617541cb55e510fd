"""Each operation on drafts, called once for real."""

from community.drafts.keeping import keep_draft
from tests.factories.members import a_member
from tests.rest.calls import Call, call


def a_draft():
    return keep_draft(by=a_member(), key="topic:kitchen", sequence=1, title="Bread", body="It rises")


@call("drafts_list")
def _():
    return Call(by=a_draft().member, query={"key": "topic:kitchen"})


@call("drafts_keep")
def _():
    return Call(by=a_member(), body={"key": "topic:kitchen", "sequence": 1, "title": "Bread", "body": "It rises"})


@call("drafts_drop")
def _():
    return Call(by=a_draft().member, query={"key": "topic:kitchen"})
