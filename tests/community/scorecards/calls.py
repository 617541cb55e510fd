"""How the operations on score cards and ranked lists are called."""

from tests.factories.members import a_member
from tests.factories.scorecards import a_ranked_list, a_score_card
from tests.factories.subjects import a_subject
from tests.rest.calls import Call, call


@call("score_cards_list")
def _() -> Call:
    a_score_card(a_subject(), a_subject())
    return Call()


@call("score_cards_create")
def _() -> Call:
    return Call(by=a_member(), body={"title": "Menu", "subjects": [a_subject().slug, a_subject().slug]})


@call("score_cards_read")
def _() -> Call:
    return Call(kwargs={"slug": a_score_card(a_subject()).slug})


@call("score_cards_score")
def _() -> Call:
    subject = a_subject()
    body = {"scores": [{"subject": subject.slug, "score": 4}]}
    return Call(by=a_member(), kwargs={"slug": a_score_card(subject).slug}, body=body)


@call("lists_list")
def _() -> Call:
    made = a_ranked_list(a_subject())
    return Call(query={"owner": made.owner.username})


@call("lists_create")
def _() -> Call:
    subject = a_subject()
    body = {"title": "My best", "subjects": [subject.slug], "notes": {subject.slug: "Never fails."}}
    return Call(by=a_member(), body=body)


@call("lists_read")
def _() -> Call:
    return Call(kwargs={"slug": a_ranked_list(a_subject()).slug})


@call("lists_change")
def _() -> Call:
    owner = a_member()
    body = {"title": "My very best", "subjects": [a_subject().slug, a_subject().slug]}
    return Call(by=owner, kwargs={"slug": a_ranked_list(a_subject(), by=owner).slug}, body=body)


@call("lists_remove")
def _() -> Call:
    owner = a_member()
    return Call(by=owner, kwargs={"slug": a_ranked_list(a_subject(), by=owner).slug})
