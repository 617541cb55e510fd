"""Consents are separate, dated and revocable, and their history stays."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.foundation.problems import Invalid
from community.profiles.consenting import decide, has_consented, state_of
from community.profiles.errors import NeedsConsentFirst
from community.profiles.models import Consent
from community.touchpoints import recording
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


def test_without_a_decision_there_is_no_consent():
    member = a_member()
    assert [decision.granted for decision in state_of(member)] == [False] * 4
    assert not has_consented(member, "profiling")


def test_each_purpose_stands_by_itself_with_its_dates():
    member = a_member()
    decide(by=member, decisions={"profiling": True})
    with clock.shifted(dt.timedelta(days=1)):
        decide(by=member, decisions={"profiling": False, "push": True})
    state = {decision.purpose: decision for decision in state_of(member)}
    assert (state["profiling"].granted, state["push"].granted, state["marketing_mail"].granted) == (False, True, False)
    assert [row.granted for row in state["profiling"].history] == [False, True]
    newer, older = (row.at for row in state["profiling"].history)
    assert dt.timedelta(hours=23) < newer - older < dt.timedelta(hours=25)


def test_the_same_decision_again_writes_nothing():
    member = a_member()
    decide(by=member, decisions={"push": True})
    assert decide(by=member, decisions={"push": True}) == []
    assert Consent.objects.count() == 1


def test_mail_at_night_needs_mail_and_ends_with_it():
    member = a_member()
    with pytest.raises(NeedsConsentFirst):
        decide(by=member, decisions={"night_mail": True})
    assert not Consent.objects.exists()
    decide(by=member, decisions={"marketing_mail": True, "night_mail": True})
    decide(by=member, decisions={"marketing_mail": False})
    assert not has_consented(member, "night_mail")


def test_an_unknown_purpose_is_refused():
    with pytest.raises(Invalid, match="unknown_purpose"):
        decide(by=a_member(), decisions={"selling_it": True})


def test_the_database_lets_one_decision_hold():
    member = a_member()
    decide(by=member, decisions={"push": True})
    with pytest.raises(IntegrityError, match="consent_one_holds"), transaction.atomic():
        Consent.objects.create(member=member, purpose="push", granted=False, wording="x")


def test_touchpoints_name_only_who_consents_to_profiling():
    member = a_member()
    assert recording.consents(member) is False
    decide(by=member, decisions={"profiling": True})
    assert recording.consents(member) is True


def test_the_page_grants_and_revokes():
    member = a_member(language="en")
    client = logged_in(member)
    assert client.post("/settings/consents/", {"profiling": "on"}).status_code == 302
    assert has_consented(member, "profiling")
    client.post("/settings/consents/", {})
    assert not has_consented(member, "profiling")
    page = client.get("/settings/consents/").content.decode()
    assert page.count("granted") == 1
    assert "revoked" in page
