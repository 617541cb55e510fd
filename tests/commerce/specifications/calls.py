"""Each operation on specifications, called once for real."""

from tests.factories.members import a_member
from tests.factories.specifications import VALUES, a_schema, a_specification
from tests.rest.calls import Call, call


@call("specifications_list")
def _():
    return Call(by=a_specification().member)


@call("specifications_create")
def _():
    return Call(by=a_member(), body={"product": a_schema().product.slug, "values": VALUES, "name": "Window"})


@call("specifications_retrieve")
def _():
    kept = a_specification()
    return Call(by=kept.member, kwargs={"specification_id": kept.pk})


@call("specifications_update")
def _():
    kept = a_specification()
    return Call(by=kept.member, kwargs={"specification_id": kept.pk}, body={"name": "Door"})


@call("specifications_delete")
def _():
    kept = a_specification()
    return Call(by=kept.member, kwargs={"specification_id": kept.pk})
