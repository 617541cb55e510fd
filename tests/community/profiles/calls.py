"""One real call of each operation of this app."""

from community.profiles import answering, consenting
from tests.factories.members import a_member
from tests.rest.calls import Call, call


@call("members_me_knowledge")
def _():
    member = a_member()
    answering.answer(by=member, field="region", value="jeju")
    return Call(by=member)


@call("members_me_knowledge_change")
def _():
    body = {
        "answers": {"interests": ["books", "food"], "sizes": {"shoes": "260"}},
        "visibility": {"interests": "members"},
    }
    return Call(by=a_member(), body=body)


@call("members_me_knowledge_forget")
def _():
    member = a_member()
    answering.answer(by=member, field="region", value="jeju")
    return Call(by=member, kwargs={"field_name": "region"})


@call("members_me_consents")
def _():
    member = a_member()
    consenting.decide(by=member, decisions={"profiling": True})
    return Call(by=member)


@call("members_me_consents_decide")
def _():
    return Call(by=a_member(), body={"marketing_mail": True, "profiling": False})
