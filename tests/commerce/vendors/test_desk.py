"""The desk shows one vendor's rows, to those of its staff whose role it is (2.08)."""

import pytest

from tests.factories.members import a_member, logged_in
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db


def test_guests_are_sent_to_log_in_and_back(client):
    reply = client.get("/desk/", follow=True)
    assert reply.redirect_chain[-1][0] == "/accounts/login/?next=/desk/"


def test_a_member_without_a_vendor_is_sent_to_the_application():
    reply = logged_in(a_member()).get("/desk/", follow=True)
    assert reply.redirect_chain[-1][0] == "/vendors/apply/"


def test_staff_find_their_vendor_by_name():
    member = a_member()
    a_vendor(member, name="Paper lamps")
    a_vendor(a_member(), name="Other lamps")
    text = logged_in(member).get("/desk/").content.decode()
    assert "Paper lamps" in text
    assert "Other lamps" not in text
