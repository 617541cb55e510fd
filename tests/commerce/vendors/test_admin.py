"""Operators decide on vendors in their admin, many at once, with a result for each (2.06)."""

import pytest

from commerce.vendors.models import Vendor, VendorState
from tests.factories.members import an_operator, logged_in
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db
LIST = "/admin/commerce_vendors/vendor/"


def said(reply) -> list[str]:
    return [str(message) for message in reply.context["messages"]]


def test_applications_are_approved_and_what_cannot_be_is_named():
    waiting, closed = a_vendor(name="Waits", state=VendorState.APPLIED), a_vendor(name="Shut", state=VendorState.CLOSED)
    client = logged_in(an_operator(language="en"))
    chosen = {"action": "approve", "_selected_action": [str(waiting.pk), str(closed.pk)]}
    assert said(client.post(LIST, chosen, follow=True)) == [
        "Waits: done.",
        "Shut: That step is not possible in the vendor's present state. Reload the page to see it.",
    ]
    assert [Vendor.objects.get(pk=row.pk).state for row in (waiting, closed)] == ["approved", "closed"]


def test_a_refusal_asks_for_its_reason_first():
    waiting = a_vendor(name="Waits", state=VendorState.APPLIED)
    client = logged_in(an_operator(language="en"))
    chosen = {"action": "refuse", "_selected_action": [str(waiting.pk)]}
    asked = client.post(LIST, chosen)
    assert (asked.status_code, asked.context["title"]) == (200, "Refuse these applications?")
    assert Vendor.objects.get().state == VendorState.APPLIED
    assert client.post(LIST, {**chosen, "reason": ""}).context["form"].errors == {"reason": ["This field is required."]}
    assert said(client.post(LIST, {**chosen, "reason": "No phone."}, follow=True)) == ["Waits: done."]
    assert (Vendor.objects.get().state, Vendor.objects.get().decision_reason) == (VendorState.REFUSED, "No phone.")


def test_what_waits_stands_on_the_first_page_of_the_admin():
    a_vendor(state=VendorState.APPLIED)
    page = logged_in(an_operator(language="en")).get("/admin/")
    assert (1, "vendors applied and wait for a decision") in [
        (concern.count, str(concern.text)) for concern in page.context["concerns"]
    ]
