"""Vendors over REST (2.06, 2.37)."""

import pytest
from rest_framework.test import APIClient

from commerce.vendors.models import Vendor, VendorState
from community.members.models import TeamMember
from tests.abuse.kit import told
from tests.factories.members import a_member, with_token
from tests.factories.vendors import TRADER, a_vendor

pytestmark = pytest.mark.django_db
API = "/api/v1/vendors/"


def client_of(member=None) -> APIClient:
    client = APIClient()
    if member is not None:
        client.force_authenticate(member)
    return client


def test_an_application_is_made_and_read_by_its_owner_alone():
    member = a_member()
    reply = client_of(member).post(API, {"slug": "lamps", "name": "Lamps", **TRADER}, format="json")
    assert reply.status_code == 201
    body = reply.json()
    assert (body["state"], body["role"], body["trader"]["legal_name"]) == ("applied", "owner", TRADER["legal_name"])
    assert client_of(a_member()).get(f"{API}lamps/").status_code == 404
    assert client_of(member).get(f"{API}lamps/").json()["state"] == "applied"


def test_a_wrong_number_is_400_on_its_field():
    reply = client_of(a_member()).post(
        API, {"slug": "lamps", "name": "Lamps", **TRADER, "business_number": "1"}, format="json"
    )
    assert (reply.status_code, reply.json()["errors"][0]["attr"]) == (400, "business_number")
    assert reply.json()["errors"][0]["code"] == "invalid_business_number"


def test_a_token_without_the_scope_is_refused():
    member = a_member()
    a_vendor(member, slug="lamps")
    headers = with_token(member, "read write")
    reply = APIClient().patch(f"{API}lamps/", {"name": "New"}, format="json", headers=headers)
    assert told(reply).code == "insufficient_scope"
    headers = with_token(member, "read vendor")
    reply = APIClient().patch(f"{API}lamps/", {"name": "New"}, format="json", headers=headers)
    assert reply.json()["name"] == "New"


def test_other_vendors_staff_changes_nothing():
    vendor, stranger = a_vendor(slug="lamps", name="Lamps"), a_member()
    a_vendor(stranger)
    client = client_of(stranger)
    for reply in (
        client.patch(f"{API}lamps/", {"name": "Mine"}, format="json"),
        client.get(f"{API}lamps/staff/"),
        client.post(f"{API}lamps/staff/", {"member": stranger.username, "role": "owner"}, format="json"),
        client.delete(f"{API}lamps/staff/{stranger.username}/"),
    ):
        assert (reply.status_code, told(reply).code) == (403, "not_your_vendor")
    assert Vendor.objects.get(pk=vendor.pk).name == "Lamps"


def test_owners_choose_staff_and_managers_clerks_alone():
    owner, manager, other = a_member(), a_member(), a_member()
    vendor = a_vendor(owner, slug="lamps")
    staff = f"{API}lamps/staff/"
    made = client_of(owner).post(staff, {"member": manager.username, "role": "manager"}, format="json")
    assert (made.status_code, made.json()["role"]) == (201, "manager")
    assert client_of(manager).post(staff, {"member": other.username, "role": "owner"}, format="json").status_code == 403
    assert client_of(manager).post(staff, {"member": other.username, "role": "clerk"}, format="json").status_code == 201
    assert [row["role"] for row in client_of(manager).get(staff).json()["results"]] == ["owner", "manager", "clerk"]
    assert client_of(manager).delete(f"{staff}{other.username}/").status_code == 204
    reply = client_of(owner).delete(f"{staff}{owner.username}/")
    assert (reply.status_code, told(reply).code) == (409, "last_owner")
    assert TeamMember.objects.filter(team=vendor.team).count() == 2


def test_the_reason_is_told_to_staff_alone():
    owner = a_member()
    a_vendor(owner, slug="lamps", state=VendorState.SUSPENDED, decision_reason="Parcels were late.")
    assert client_of(owner).get(f"{API}lamps/").json()["reason"] == "Parcels were late."
    a_vendor(owner, slug="open", decision_reason="Checked by phone.")
    assert client_of().get(f"{API}open/").json()["reason"] is None


def test_vendors_are_found_by_part_of_their_name():
    a_vendor(name="Moon lamps")
    a_vendor(name="Kettles")
    assert [row["name"] for row in client_of().get(f"{API}?q=moon").json()["results"]] == ["Moon lamps"]
    assert client_of().get(f"{API}?color=red").status_code == 400
