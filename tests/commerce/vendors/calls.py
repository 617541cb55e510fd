"""Each operation on vendors, called once for real."""

from community.members.models import TeamMember
from tests.factories.members import a_member
from tests.factories.vendors import TRADER, a_vendor
from tests.rest.calls import Call, call


@call("vendors_list")
def _():
    a_vendor()
    return Call()


@call("vendors_create")
def _():
    return Call(by=a_member(), body={"slug": "lamps", "name": "Lamps", "introduction": "Of paper.", **TRADER})


@call("vendors_read")
def _():
    return Call(kwargs={"vendor_slug": a_vendor().slug})


@call("vendors_change")
def _():
    owner = a_member()
    return Call(by=owner, kwargs={"vendor_slug": a_vendor(owner).slug}, body={"introduction": "Of paper."})


@call("vendors_staff_list")
def _():
    owner = a_member()
    return Call(by=owner, kwargs={"vendor_slug": a_vendor(owner).slug})


@call("vendors_staff_put")
def _():
    owner = a_member()
    body = {"member": a_member().username, "role": "clerk"}
    return Call(by=owner, kwargs={"vendor_slug": a_vendor(owner).slug}, body=body)


@call("vendors_staff_remove")
def _():
    owner, clerk = a_member(), a_member()
    vendor = a_vendor(owner)
    TeamMember.objects.create(team=vendor.team, member=clerk, role="clerk")
    return Call(by=owner, kwargs={"vendor_slug": vendor.slug, "username": clerk.username})
