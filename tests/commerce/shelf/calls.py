"""Each operation on shelves, called once for real."""

from tests.factories.members import a_member
from tests.factories.shelf import a_thing, bought_thing
from tests.rest.calls import Call, call


@call("shelf_list")
def _():
    return Call(by=bought_thing().member, query={"show": "due"})


@call("shelf_create")
def _():
    return Call(by=a_member(), body={"title": "Old kettle", "price": "30000", "bought_on": "2024-05-03"})


@call("shelf_retrieve")
def _():
    thing = bought_thing()
    return Call(by=thing.member, kwargs={"thing_id": thing.pk})


@call("shelf_update")
def _():
    thing = bought_thing()
    return Call(by=thing.member, kwargs={"thing_id": thing.pk}, body={"name": "The blue one", "hidden": True})


@call("shelf_delete")
def _():
    thing = a_thing()
    return Call(by=thing.member, kwargs={"thing_id": thing.pk})
