"""Who acts for which vendor (2.06), and the command that makes one."""

import pytest
from django.core.management import call_command

from commerce.vendors.errors import Ambiguous, NoStaff, NotOpen
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.staffing import MANAGERS, vendor_of
from community.foundation.problems import NotThere
from community.members.models import Member
from tests.factories.members import a_member
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db


def test_staff_of_one_vendor_need_not_name_it():
    member = a_member()
    vendor = a_vendor(member, role="clerk")
    assert vendor_of(member) == vendor
    with pytest.raises(NoStaff):
        vendor_of(member, roles=MANAGERS)


def test_staff_of_several_name_it():
    member = a_member()
    first, second = a_vendor(member), a_vendor(member)
    with pytest.raises(Ambiguous) as refused:
        vendor_of(member)
    assert (refused.value.status, refused.value.code, refused.value.field) == (400, "vendor_required", "vendor")
    assert vendor_of(member, second.slug) == second
    assert vendor_of(member, first.slug) == first


def test_another_vendor_is_refused_if_it_may_be_seen_and_absent_if_not():
    member = a_member()
    a_vendor(member)
    with pytest.raises(NoStaff):
        vendor_of(member, a_vendor().slug)
    with pytest.raises(NotThere):
        vendor_of(member, a_vendor(state=VendorState.APPLIED).slug)
    with pytest.raises(NotThere):
        vendor_of(member, "nothing")


@pytest.mark.parametrize("state", [VendorState.APPLIED, VendorState.CLOSED])
def test_nobody_acts_for_a_vendor_that_is_not_open(state):
    member = a_member()
    a_vendor(member, state=state)
    with pytest.raises(NotOpen):
        vendor_of(member)


def test_a_suspended_vendor_still_works():
    member = a_member()
    vendor = a_vendor(member, state=VendorState.SUSPENDED, decision_reason="Late.")
    assert vendor_of(member) == vendor


def test_the_command_makes_an_approved_vendor_once():
    said = ("sora@example.org", "--username", "sora", "--password", "a-quiet-harbour-9", "--vendor", "lamps")
    call_command("create_member", *said)
    call_command("create_member", *said, "--role", "owner")
    vendor = Vendor.objects.get()
    assert (vendor.slug, vendor.state, vendor.team.slug) == ("lamps", VendorState.APPROVED, "lamps")
    assert vendor_of(Member.objects.get(username="sora")) == vendor


def test_the_command_approves_an_application_of_that_name():
    vendor = a_vendor(slug="lamps", state=VendorState.APPLIED)
    type(vendor.team).objects.filter(pk=vendor.team.pk).update(speaks=False)
    said = ("sora@example.org", "--username", "sora", "--password", "a-quiet-harbour-9", "--vendor", "lamps")
    call_command("create_member", *said, "--role", "clerk")
    vendor.refresh_from_db()
    assert (vendor.state, vendor.team.speaks) == (VendorState.APPROVED, True)
