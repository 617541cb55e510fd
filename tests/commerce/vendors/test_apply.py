"""Members apply to sell; operators decide; those who work there are told (2.06)."""

import datetime as dt

import pytest

from commerce.vendors import applying, deciding, trader
from commerce.vendors.errors import BusinessNumberWrong, NoStaff, NotNow, ReasonNeeded, TooManyApplications
from commerce.vendors.models import Vendor, VendorState
from community.foundation import clock
from community.foundation.problems import Invalid
from community.members.errors import Silenced
from community.members.models import Team, TeamMember
from community.notifications.models import Letter
from community.notifications.sending import send_due
from tests.factories.members import a_member, a_team, an_operator, logged_in
from tests.factories.vendors import TRADER, a_vendor

pytestmark = pytest.mark.django_db


def an_application(by=None, slug="paper", **fields):
    return applying.apply(by=by or a_member(), slug=slug, name="Paper lamps", **{**TRADER, **fields})


@pytest.mark.parametrize("number", ["123-45-67891", "1234567891", " 123 45 67891 "])
def test_a_business_number_whose_check_digit_fits_is_kept_in_one_form(number):
    assert trader.business_number(number) == "123-45-67891"


@pytest.mark.parametrize(
    "number", ["123-45-67890", "123456789", "12345678911", "abc", "", "１２３４５６７８９１", "123-45-67892"]
)
def test_another_business_number_is_refused(number):
    with pytest.raises(BusinessNumberWrong):
        trader.business_number(number)


def test_an_application_makes_a_vendor_and_its_team_that_nobody_else_sees():
    member = a_member()
    vendor = an_application(member)
    assert vendor.state == VendorState.APPLIED
    assert [(row.member, row.role) for row in vendor.team.memberships.all()] == [(member, "owner")]
    assert list(Vendor.objects.visible_to(member)) == [vendor]
    assert list(Vendor.objects.visible_to(a_member())) == []
    assert list(Team.objects.visible_to(a_member())) == []
    assert list(Team.objects.visible_to(member)) == [vendor.team]


def test_approval_opens_the_vendor_and_lets_its_team_speak():
    vendor, operator = an_application(), an_operator()
    deciding.approve(by=operator, vendor=vendor)
    vendor.refresh_from_db()
    assert (vendor.state, vendor.decided_by) == (VendorState.APPROVED, operator)
    assert list(Vendor.objects.visible_to(a_member())) == [vendor]
    assert list(Team.objects.visible_to(None)) == [vendor.team]


def test_the_applicant_is_told_of_a_refusal_by_notice_and_by_letter(relay):
    member = a_member(language="en")
    vendor = an_application(member)
    deciding.refuse(by=an_operator(), vendor=vendor, reason="The registration is unreadable.")
    relay()
    send_due()
    [letter] = Letter.objects.filter(member=member)
    assert letter.subject == "The application of “Paper lamps” was refused; its page says why, and how to apply again"
    page = logged_in(member).get("/vendors/paper/").content.decode()
    assert "The registration is unreadable." in page


def test_a_refused_application_is_corrected_and_handed_in_again():
    member = a_member()
    vendor = an_application(member)
    deciding.refuse(by=an_operator(), vendor=vendor, reason="No phone.")
    client = logged_in(member)
    data = {"name": "Paper lamps", "introduction": "Lamps.", **TRADER, "phone": "02-999-0000"}
    assert client.post("/vendors/paper/apply-again/", data)["Location"] == "/vendors/paper/"
    vendor.refresh_from_db()
    assert (vendor.state, vendor.phone) == (VendorState.APPLIED, "02-999-0000")
    assert logged_in(a_member()).get("/vendors/paper/apply-again/").status_code == 404


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        (VendorState.APPLIED, deciding.approve, VendorState.APPROVED),
        (VendorState.APPLIED, deciding.refuse, VendorState.REFUSED),
        (VendorState.APPROVED, deciding.suspend, VendorState.SUSPENDED),
        (VendorState.SUSPENDED, deciding.reopen, VendorState.APPROVED),
        (VendorState.APPROVED, deciding.close, VendorState.CLOSED),
        (VendorState.SUSPENDED, deciding.close, VendorState.CLOSED),
    ],
)
def test_each_step_leads_from_its_states_to_one_and_from_no_other(state, act, after):
    operator, reason = an_operator(), "Because."
    vendor = a_vendor(state=state, decision_reason="Before.")
    assert act(by=operator, vendor=vendor, reason=reason).state == after
    with pytest.raises(NotNow):
        act(by=operator, vendor=vendor, reason=reason)


@pytest.mark.parametrize("act", [deciding.refuse, deciding.suspend, deciding.close])
def test_a_decision_against_a_vendor_needs_a_reason(act):
    vendor = a_vendor(state=VendorState.APPLIED if act is deciding.refuse else VendorState.APPROVED)
    with pytest.raises(ReasonNeeded):
        act(by=an_operator(), vendor=vendor, reason="  ")
    assert Vendor.objects.get(pk=vendor.pk).state == vendor.state


def test_only_operators_decide_but_an_owner_may_close_its_own():
    owner, manager = a_member(), a_member()
    vendor = a_vendor(owner)
    TeamMember.objects.create(team=vendor.team, member=manager, role="manager")
    for act in (deciding.suspend, deciding.reopen):
        with pytest.raises(NoStaff):
            act(by=owner, vendor=vendor, reason="No.")
    with pytest.raises(NoStaff):
        deciding.close(by=manager, vendor=vendor, reason="No.")
    assert deciding.close(by=owner, vendor=vendor, reason="I retire.").state == VendorState.CLOSED


def test_an_address_that_a_team_or_a_page_has_is_refused():
    a_team(slug="taken")
    for slug in ("taken", "apply"):
        with pytest.raises(Invalid) as refused:
            an_application(slug=slug)
        assert (refused.value.code, refused.value.field) == ("slug_taken", "slug")


def test_a_member_has_three_applications_waiting_at_most():
    member = a_member()
    for number in range(3):
        an_application(member, slug=f"shop-{number}")
    with pytest.raises(TooManyApplications):
        an_application(member, slug="shop-4")


def test_a_silenced_member_may_not_apply():
    with pytest.raises(Silenced):
        an_application(a_member(silenced_until=clock.now() + dt.timedelta(days=1)))


def test_the_form_names_the_field_whose_number_is_wrong():
    data = {"name": "Paper", "slug": "paper", "introduction": "", **TRADER, "business_number": "123-45-67890"}
    reply = logged_in(a_member()).post("/vendors/apply/", data)
    assert reply.status_code == 200
    assert list(reply.context["form"].errors) == ["business_number"]
    assert Vendor.objects.count() == 0


def test_the_form_makes_an_application_and_shows_its_page():
    data = {"name": "Paper", "slug": "paper", "introduction": "*Lamps*", **TRADER}
    reply = logged_in(a_member()).post("/vendors/apply/", data, follow=True)
    assert reply.redirect_chain == [("/vendors/paper/", 302)]
    assert "<em>Lamps</em>" in reply.content.decode()
