"""Operators give points with a reason; the page shows what will happen before it does."""

import pytest
from django.contrib.admin.models import LogEntry

from commerce.points.balances import balance_of
from commerce.points.errors import WrongGrant
from commerce.points.granting import grant
from commerce.points.models import Earning
from community.foundation.ids import uuid7
from community.foundation.problems import Refused
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.points import granted

pytestmark = pytest.mark.django_db
PAGE = "/admin/commerce_points/earning/grant/"


def test_a_grant_can_be_spent_at_once_and_is_logged():
    member, operator = a_member(), an_operator()
    earned = grant(by=operator, member=member, points=500, reason=" For the well. ", days_valid=30)
    assert (earned.reason, earned.granted_by, earned.rule, earned.state) == (
        "For the well.",
        operator,
        None,
        "available",
    )
    assert balance_of(member).available == 500
    log = LogEntry.objects.get()
    assert (log.user, log.object_id, log.change_message) == (operator, str(member.pk), "500 P: For the well.")


def test_only_operators_grant():
    member = a_member()
    with pytest.raises(Refused):
        grant(by=member, member=member, points=500, reason="For me.", days_valid=30)
    assert not Earning.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("points", 0),
        ("points", -5),
        ("points", 10_000_001),
        ("days_valid", 0),
        ("days_valid", 3_651),
        ("reason", " "),
        ("reason", "x" * 201),
    ],
)
def test_a_grant_that_cannot_be_meant_is_refused(field, value):
    said = {"points": 5, "days_valid": 30, "reason": "A gift.", field: value}
    with pytest.raises(WrongGrant) as refused:
        grant(by=an_operator(), member=a_member(), **said)
    assert (refused.value.status, refused.value.code, refused.value.field) == (400, "invalid_grant", field)
    assert not Earning.objects.exists()


def filled(member, **more) -> dict:
    return {"username": member.username, "points": 500, "days_valid": 30, "reason": "A gift.", "key": uuid7(), **more}


def test_the_page_previews_then_gives_once():
    member = a_member()
    granted(member, 70)
    client, form = logged_in(an_operator(language="en")), filled(member)
    assert client.get(PAGE).status_code == 200
    page = client.post(PAGE, form).content.decode()
    assert "will get 500 points." in page
    assert "To spend now: 70, afterwards: 570." in page
    assert balance_of(member).available == 70
    for _click in range(2):
        assert client.post(PAGE, {**form, "confirmed": "yes"}).status_code == 302
    assert balance_of(member).available == 570


@pytest.mark.parametrize(
    ("field", "value"), [("username", "nobody-here"), ("points", "0"), ("points", "1.5"), ("reason", "")]
)
def test_the_page_says_what_is_wrong_and_gives_nothing(field, value):
    page = logged_in(an_operator(language="en")).post(PAGE, filled(a_member(), **{field: value, "confirmed": "yes"}))
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert not Earning.objects.exists()


@pytest.mark.parametrize("who", [None, "member"])
def test_others_do_not_reach_the_page(who):
    member = a_member()
    reply = logged_in(member if who else None).post(PAGE, filled(member, confirmed="yes"))
    assert reply.status_code in (302, 403, 404)
    assert not Earning.objects.exists()
