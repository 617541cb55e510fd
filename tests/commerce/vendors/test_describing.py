"""A vendor tells who it is: managers how it presents itself, owners its trader data (2.06)."""

import pytest

from commerce.vendors.describing import describe
from commerce.vendors.errors import BusinessNumberWrong, NoStaff, NotNow
from commerce.vendors.models import Vendor, VendorState
from tests.factories.members import a_member
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db


def test_the_team_takes_on_the_name():
    manager = a_member()
    vendor = a_vendor(manager, role="manager", name="Old")
    changed = describe(by=manager, vendor=vendor, name="New", introduction="**Bold**")
    assert (changed.version, changed.introduction_html) == (2, "<p><strong>Bold</strong></p>")
    vendor.team.refresh_from_db()
    assert vendor.team.name == "New"


def test_managers_do_not_change_trader_data_and_clerks_nothing():
    manager, clerk = a_member(), a_member()
    with pytest.raises(NoStaff):
        describe(by=manager, vendor=a_vendor(manager, role="manager"), phone="1")
    with pytest.raises(NoStaff):
        describe(by=clerk, vendor=a_vendor(clerk, role="clerk"), name="Mine")
    with pytest.raises(NoStaff):
        describe(by=a_member(), vendor=a_vendor(manager), name="Mine")


def test_a_wrong_number_changes_nothing():
    owner = a_member()
    vendor = a_vendor(owner)
    with pytest.raises(BusinessNumberWrong):
        describe(by=owner, vendor=vendor, phone="02-1", business_number="123-45-67890")
    assert Vendor.objects.get().phone == vendor.phone


def test_a_closed_vendor_changes_no_more():
    owner = a_member()
    with pytest.raises(NotNow):
        describe(by=owner, vendor=a_vendor(owner, state=VendorState.CLOSED), name="New")


def test_saying_the_same_again_is_no_change():
    owner = a_member()
    vendor = a_vendor(owner, name="Lamps")
    assert describe(by=owner, vendor=vendor, name="Lamps").version == 1
