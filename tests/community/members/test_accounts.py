"""Joining, logging in and finding one's way back, by page and by app; and that none of it tells who is a member."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.members import standing
from community.members.errors import EmailUnverified
from community.members.models import Acceptance, Member
from community.site import legal
from tests.factories.members import PASSWORD, a_member, by_password, logged_in

pytestmark = pytest.mark.django_db
JOINING = {"email": "mina@example.org", "username": "mina", "password1": PASSWORD, "terms": "on"}
FLEETING = re.compile(r'value="[A-Za-z0-9]{64}"|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}')


def body_of(reply) -> str:
    return FLEETING.sub("…", reply.content.decode())


def shape_of(captured) -> list[str]:
    """The queries without their values: what time could tell."""
    texts = [
        re.sub(r"'[^']*'|_sync_\d+|\b\d+\b|IN \([^)]*\)|_\d+_x\d+", "?", query["sql"])
        for query in captured.captured_queries
    ]
    return [re.sub(r"\s+", " ", text)[:120] for text in texts]


def link_in(letter) -> str:
    return re.search(r"https?://[^/]+(/accounts/\S+)", letter.body).group(1)


def test_joining_waits_for_the_letter_and_keeps_the_consent():
    client = Client()
    assert client.post("/accounts/signup/", JOINING).status_code == 302
    member = Member.objects.get(username="mina")
    assert (member.joined_at, member.trust_level) == (None, 0)
    with pytest.raises(EmailUnverified):
        standing.require_voice(member)
    accepted = set(Acceptance.objects.filter(member=member).values_list("document", "version"))
    assert accepted == set(legal.VERSIONS.items())
    assert client.get("/settings/").status_code == 302
    address = link_in(mail.outbox[0])
    assert client.get(address).status_code == 200
    assert Member.objects.get(pk=member.pk).joined_at is None, "a scanner that opens links confirms nothing"
    assert client.post(address).status_code == 302
    assert Member.objects.get(pk=member.pk).joined_at is not None
    standing.require_voice(Member.objects.get(pk=member.pk))


@pytest.mark.parametrize(
    "wrong",
    [{"terms": ""}, {"password1": "short"}, {"username": "admin"}, {"username": "x"}, {"email": "none"}],
    ids=["no consent", "short password", "reserved name", "short name", "no address"],
)
def test_a_refused_sign_up_leaves_nobody(wrong):
    reply = Client().post("/accounts/signup/", {**JOINING, **wrong})
    assert reply.status_code == 200
    assert "errorlist" in reply.content.decode()
    assert not Member.objects.exists()
    assert mail.outbox == []


def test_a_name_that_looks_like_anothers_cannot_be_joined_with():
    a_member("paul")
    assert Client().post("/accounts/signup/", {**JOINING, "username": "pauI"}).status_code == 200
    assert Member.objects.count() == 1


def test_sign_up_does_not_tell_whether_an_address_is_known():
    a_member("someone", email="known@example.org")
    replies = [
        Client().post("/accounts/signup/", {**JOINING, "username": name, "email": address}, follow=True)
        for name, address in (("mina-one", "known@example.org"), ("mina-two", "fresh@example.org"))
    ]
    known, fresh = (body_of(reply).replace("known@", "…@").replace("fresh@", "…@") for reply in replies)
    assert known == fresh
    assert replies[0].redirect_chain == replies[1].redirect_chain
    assert [letter.to for letter in mail.outbox] == [["known@example.org"], ["fresh@example.org"]]
    assert not Member.objects.filter(username="mina-one").exists()


@pytest.mark.parametrize("login", ["known@example.org", "nobody@example.org", "someone", "no-one"])
def test_a_failed_log_in_says_the_same_to_everyone(login):
    a_member("someone", email="known@example.org", password=PASSWORD)
    page = body_of(Client().post("/accounts/login/", {"login": login, "password": "wrong-password-9"}))
    other = "other@example.org" if "@" in login else "other-one"
    reference = body_of(Client().post("/accounts/login/", {"login": other, "password": "wrong-password-9"}))
    assert page.replace(login, "…") == reference.replace(other, "…")


def test_a_failed_log_in_hashes_once_whoever_is_asked_for(monkeypatch):
    a_member("someone", email="known@example.org", password=PASSWORD)
    Client().post("/accounts/login/", {"login": "warm-up", "password": "wrong-password-9"})
    hashed = []
    model = get_user_model()
    check, set_one = model.check_password, model.set_password
    monkeypatch.setattr(model, "check_password", lambda self, raw: hashed.append("check") or check(self, raw))
    monkeypatch.setattr(model, "set_password", lambda self, raw: hashed.append("set") or set_one(self, raw))
    counts, shapes = [], []
    for login in ("known@example.org", "nobody@example.org", "someone", "no-one"):
        hashed.clear()
        with CaptureQueriesContext(connection) as captured:
            Client().post("/accounts/login/", {"login": login, "password": "wrong-password-9"})
        counts.append(len(hashed))
        shapes.append(shape_of(captured))
    assert counts == [1, 1, 1, 1]
    assert shapes[0] == shapes[1]
    assert shapes[2] == shapes[3]


def test_the_way_back_says_and_does_the_same_for_strangers():
    a_member("someone", email="known@example.org", password=PASSWORD)
    Client().post("/accounts/password/reset/", {"email": "warm-up@example.org"})
    mail.outbox.clear()
    pages, shapes = [], []
    for address in ("known@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as captured:
            pages.append(body_of(Client().post("/accounts/password/reset/", {"email": address}, follow=True)))
        shapes.append(shape_of(captured))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [["known@example.org"], ["nobody@example.org"]]
    assert shapes[0] == shapes[1]


def test_the_way_back_gives_a_new_password_and_ends_other_sessions():
    member = a_member("mina", email="mina@example.org", password=PASSWORD)
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    assert elsewhere.get("/settings/").status_code == 200
    client = Client()
    client.post("/accounts/password/reset/", {"email": "mina@example.org"})
    page = client.get(link_in(mail.outbox[0]), follow=True)
    new = "another-morning-8"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    member.refresh_from_db()
    assert member.check_password(new)
    assert elsewhere.get("/settings/").status_code == 302


@pytest.mark.parametrize("login", ["MINA", "mina@EXAMPLE.org"])
def test_log_in_by_name_or_address_in_any_case(login):
    a_member("mina", email="mina@example.org", password=PASSWORD)
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert client.get("/settings/").status_code == 200


def test_the_greeting_after_log_in_is_in_the_members_language_not_the_browsers():
    a_member("mina", password=PASSWORD, language="ko")
    client = Client(headers={"accept-language": "en"})
    reply = client.post("/accounts/login/", {"login": "mina", "password": PASSWORD}, follow=True)
    assert [str(said) for said in reply.context["messages"]] == ["mina 님, 반가워요."]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_log_in_and_out_lead_nowhere_else(target):
    a_member("mina", password=PASSWORD)
    client = Client()
    reply = client.post(f"/accounts/login/?next={target}", {"login": "mina", "password": PASSWORD, "next": target})
    assert "evil" not in reply["Location"]
    assert not reply["Location"].startswith("javascript")
    assert "evil" not in client.post(f"/accounts/logout/?next={target}", {"next": target})["Location"]


def test_a_new_address_counts_once_it_is_confirmed():
    member = a_member("mina", email="old@example.org", password=PASSWORD)
    client = Client()
    client.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    asked = client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert mail.outbox == []
    client.post(asked["Location"], {"password": PASSWORD})
    member.refresh_from_db()
    assert member.email == "old@example.org"
    letter = next(letter for letter in mail.outbox if letter.to == ["new@example.org"])
    client.post(link_in(letter))
    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", "verified")) == [
        ("new@example.org", True)
    ]
    told = next(letter for letter in mail.outbox if letter.to == ["old@example.org"])
    assert "new@example.org" in told.body, "who owned the address before learns of it"


def test_a_new_password_ends_the_other_sessions_and_tells_the_member():
    a_member("mina", email="mina@example.org", password=PASSWORD)
    here, there = by_password("mina"), by_password("mina")
    new = {"oldpassword": PASSWORD, "password1": "another-morning-8", "password2": "another-morning-8"}
    refused = here.post("/accounts/password/change/", {**new, "oldpassword": "wrong-password-9"})
    assert (refused.status_code, there.get("/settings/").status_code) == (200, 200)
    assert here.post("/accounts/password/change/", new).status_code == 302
    assert (here.get("/settings/").status_code, there.get("/settings/").status_code) == (200, 302)
    assert [letter.to for letter in mail.outbox] == [["mina@example.org"]]


def test_one_device_is_logged_out_and_no_device_of_another():
    a_member("mina", password=PASSWORD)
    here, there = by_password("mina"), by_password("mina")
    there_row = UserSession.objects.get(session_key=there.session.session_key)
    address = f"/settings/devices/{there_row.pk}/end/"
    assert address in here.get("/accounts/sessions/").content.decode()
    stranger = logged_in(a_member("haneul"))
    assert stranger.post(address).status_code == 404
    assert there.get("/settings/").status_code == 200
    assert here.post(address)["Location"] == "/accounts/sessions/"
    assert (here.get("/settings/").status_code, there.get("/settings/").status_code) == (200, 302)


def test_sessions_are_listed_and_ended():
    a_member("mina", password=PASSWORD)
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
        client.get("/settings/")
    assert here.get("/accounts/sessions/").status_code == 200
    here.post("/accounts/sessions/")
    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


def test_a_browser_session_writes_over_rest_only_with_its_csrf_token():
    member = a_member("mina")
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    reply = client.patch("/api/v1/members/me/", {"bio": "x"}, content_type="application/json")
    assert reply.status_code == 403
    assert (
        logged_in(member).patch("/api/v1/members/me/", {"bio": "x"}, content_type="application/json").status_code == 200
    )


@pytest.mark.parametrize("state", ["silenced_until", "suspended_until"])
def test_who_is_silenced_or_suspended_reads_and_does_not_speak(state):
    member = a_member("mina", **{state: clock.now() + dt.timedelta(days=1)})
    client = logged_in(member)
    assert client.get("/settings/").status_code == 200
    reply = client.patch("/api/v1/members/me/", {"bio": "x"}, content_type="application/json")
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (403, state.removesuffix("_until"))
    member.refresh_from_db()
    assert member.bio == ""
