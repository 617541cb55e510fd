"""How the operations on subjects are called."""

from tests.factories.members import a_member
from tests.factories.subjects import a_category, a_subject
from tests.rest.calls import Call, call


@call("subjects_list")
def _() -> Call:
    a_subject("Green thermos")
    return Call(query={"q": "thermos", "order": "score"})


@call("subjects_create")
def _() -> Call:
    return Call(by=a_member(), body={"name": "Green thermos", "kind": "product", "category": a_category().slug})


@call("subjects_read")
def _() -> Call:
    return Call(kwargs={"subject_slug": a_subject().slug})


@call("subjects_change")
def _() -> Call:
    maker = a_member()
    return Call(by=maker, kwargs={"subject_slug": a_subject(creator=maker).slug}, body={"summary": "Keeps tea warm."})


@call("categories_list")
def _() -> Call:
    return Call()
