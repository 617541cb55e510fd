"""Accounts under attack: who is here, whose session it is, and what limits hold (abuse cases 29 to 32)."""

import datetime as dt
import json
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oauth2_provider.models import AccessToken

from community.foundation import clock
from community.members import tokens
from community.members.models import Member
from community.notifications.unsubscribing import address_for
from tests.community.members.test_accounts import body_of, link_in, shape_of
from tests.factories.members import PASSWORD, a_member, by_password, with_token

pytestmark = pytest.mark.django_db
WRONG = "wrong-password-9"
ME = "/api/v1/members/me/"
APP = "/_allauth/app/v1/auth/"


def log_in(login: str, password: str = PASSWORD, client: Client | None = None, address: str = "127.0.0.1"):
    sent = {"login": login, "password": password}
    return (client or Client()).post("/accounts/login/", sent, REMOTE_ADDR=address)


# 29 ─ nobody learns who is a member

ASKED = {
    "log-in": ("/accounts/login/", lambda mail, name: {"login": mail, "password": WRONG}),
    "reset": ("/accounts/password/reset/", lambda mail, name: {"email": mail}),
    "app log-in": (f"{APP}login", lambda mail, name: {"email": mail, "password": WRONG}),
    "app reset": (f"{APP}password/request", lambda mail, name: {"email": mail}),
    "sign-up": (
        "/accounts/signup/",
        lambda mail, name: {"email": mail, "username": name, "password1": PASSWORD, "terms": "on"},
    ),
}


@pytest.mark.parametrize("way", ASKED)
def test_29_a_known_and_an_unknown_address_are_answered_alike(way: str) -> None:
    a_member("someone", email="well-known@example.org", password=PASSWORD)
    path, fields = ASKED[way]
    kind = {"content_type": "application/json"} if path.startswith(APP) else {}
    Client().post(path, fields("warm-up@example.org", "warm-up"), **kind)
    mail.outbox.clear()
    answers, shapes = [], []
    for word, name in (("well-known", "mina-one"), ("never-seen", "mina-two")):
        with CaptureQueriesContext(connection) as captured:
            reply = Client().post(path, fields(f"{word}@example.org", name), **kind)
        answers.append((reply.status_code, reply.get("Location"), body_of(reply).replace(word, "…").replace(name, "…")))
        shapes.append(shape_of(captured))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] in ([], [["well-known@example.org"], ["never-seen@example.org"]])
    if way != "sign-up":  # a new member is more rows than none, and both get their letter
        assert shapes[0] == shapes[1]


@pytest.mark.parametrize("path", ["members/{}/", "members/{}/follow/"])
def test_29_a_member_who_never_confirmed_reads_like_nobody(path: str) -> None:
    a_member("waiting", joined_at=None)
    client = Client(headers=with_token(a_member()))
    replies = [
        getattr(client, "put" if "follow" in path else "get")(f"/api/v1/{path.format(name)}")
        for name in ("waiting", "nobody")
    ]
    assert [reply.status_code for reply in replies] == [404, 404]
    assert replies[0].json() == replies[1].json()


# 30 ─ a link in a letter changes nothing by being opened


def test_30_opening_the_links_of_letters_confirms_changes_and_ends_nothing() -> None:
    scanner = Client()
    Client().post(
        "/accounts/signup/", {"email": "mina@example.org", "username": "mina", "password1": PASSWORD, "terms": "on"}
    )
    confirm = link_in(mail.outbox[0])
    assert scanner.get(confirm).status_code == 200
    assert not EmailAddress.objects.get(email="mina@example.org").verified
    member = a_member("sora", email="sora@example.org", password=PASSWORD)
    Client().post("/accounts/password/reset/", {"email": "sora@example.org"})
    reset = link_in(mail.outbox[-1])
    assert scanner.get(reset, follow=True).status_code == 200
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    stop = urlsplit(address_for(member_id=member.pk, kind="reply") or "").path
    before = Client(headers=with_token(member)).get("/api/v1/notifications/settings/").json()
    assert scanner.get(stop).status_code == 200
    assert Client(headers=with_token(member)).get("/api/v1/notifications/settings/").json() == before
    assert scanner.post(stop).status_code == 200
    assert Client(headers=with_token(member)).get("/api/v1/notifications/settings/").json() != before
    assert scanner.post(confirm).status_code == 302
    assert EmailAddress.objects.get(email="mina@example.org").verified


def test_30_the_link_of_a_reset_works_once_and_not_after_the_password_changed() -> None:
    member = a_member("sora", email="sora@example.org", password=PASSWORD)
    Client().post("/accounts/password/reset/", {"email": "sora@example.org"})
    link = link_in(mail.outbox[-1])
    client = Client()
    page = client.get(link, follow=True)
    new = {"password1": "another-morning-8", "password2": "another-morning-8"}
    client.post(page.redirect_chain[-1][0], new)
    member.refresh_from_db()
    assert member.check_password("another-morning-8")
    again = Client()
    page = again.get(link, follow=True)
    again.post(
        page.redirect_chain[-1][0] if page.redirect_chain else link,
        {"password1": "a-thief-morning-9", "password2": "a-thief-morning-9"},
    )
    member.refresh_from_db()
    assert member.check_password("another-morning-8")


# 31 ─ sessions and tokens end


def test_31_a_new_password_ends_every_other_session_of_browsers_and_apps() -> None:
    a_member("mina", email="mina@example.org", password=PASSWORD)
    here, there = Client(), Client()
    for client in (here, there):
        log_in("mina", client=client)
        assert client.get("/settings/").status_code == 200
    app = Client().post(
        f"{APP}login", {"email": "mina@example.org", "password": PASSWORD}, content_type="application/json"
    )
    session = {"X-Session-Token": app.json()["meta"]["session_token"]}
    assert Client(headers=session).get(ME).status_code == 200
    new = {"oldpassword": PASSWORD, "password1": "another-morning-8", "password2": "another-morning-8"}
    assert here.post("/accounts/password/change/", new).status_code == 302
    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302
    assert Client(headers=session).get(ME).status_code == 401


def test_31_logging_in_gives_a_session_that_nobody_could_have_planted() -> None:
    a_member("mina", password=PASSWORD)
    client = Client()
    client.get("/accounts/login/")
    client.cookies["sessionid"] = planted = "a" * 32
    log_in("mina", client=client)
    assert client.cookies["sessionid"].value != planted
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    ended = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = ended
    assert thief.get("/settings/").status_code == 302


def test_31_tokens_are_hashed_scoped_expiring_and_gone_with_their_member() -> None:
    member = a_member()
    made = tokens.create_token(by=member, name="till", scopes=["read"])
    headers = {"Authorization": f"Bearer {made.secret}"}
    assert made.secret not in json.dumps(list(AccessToken.objects.values()), default=str)
    client = Client(headers=headers)
    assert client.get(ME).status_code == 200
    refused = client.patch(ME, {"bio": "x"}, content_type="application/json")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "insufficient_scope")
    with clock.shifted(tokens.conf.TOKEN_LIFE + dt.timedelta(days=1)):
        assert client.get(ME).status_code == 401
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get(ME).status_code == 401


# 32 ─ limits that stop the attacker and not the victim


def test_32_guesses_are_stopped_by_address_and_the_member_still_comes_in() -> None:
    a_member("mina", email="mina@example.org", password=PASSWORD)
    texts = [log_in("mina", WRONG, address="203.0.113.9").content.decode() for _number in range(12)]
    assert texts[10] != texts[0]
    assert "sessionid" not in (stopped := log_in("mina", PASSWORD, address="203.0.113.9")).cookies, stopped.status_code
    home = Client()
    assert log_in("mina", client=home, address="198.51.100.7").status_code == 302
    assert home.get("/settings/").status_code == 200


def test_32_a_household_of_ipv6_addresses_is_one() -> None:
    a_member("mina", password=PASSWORD)
    for number in range(12):
        log_in("mina", WRONG, address=f"2001:db8:1:2::{number:x}")
    assert log_in("mina", address="2001:db8:1:2:ffff::1").status_code != 302
    assert log_in("mina", address="2001:db8:1:3::1").status_code == 302


def test_32_a_forged_header_is_nobody_else(settings) -> None:
    a_member("mina", password=PASSWORD)
    for number in range(12):
        Client(headers={"X-Forwarded-For": f"192.0.2.{number}"}).post(
            "/accounts/login/", {"login": "mina", "password": WRONG}
        )
    assert log_in("mina").status_code != 302


def test_32_letters_to_one_address_are_counted_whoever_asks() -> None:
    a_member("mina", email="mina@example.org", password=PASSWORD)
    for number in range(30):
        Client().post("/accounts/password/reset/", {"email": "mina@example.org"}, REMOTE_ADDR=f"198.51.100.{number}")
    assert 1 <= len(mail.outbox) <= 10


def change_begun_by_a_thief() -> tuple[Member, Client, str]:
    """The member, the thief's browser, and the link that the thief's mailbox got."""
    member = a_member("mina", email="old@example.org", password=PASSWORD)
    thief = by_password("mina")
    asked = thief.post("/accounts/email/", {"action_add": "", "email": "thief@example.org"})
    thief.post(asked["Location"], {"password": PASSWORD})
    letter = next(letter for letter in mail.outbox if letter.to == ["thief@example.org"])
    return member, thief, link_in(letter)


def test_29_the_present_address_learns_that_another_was_asked_for_while_it_still_counts() -> None:
    change_begun_by_a_thief()
    (told,) = [letter for letter in mail.outbox if letter.to == ["old@example.org"]]
    assert "thief@example.org" in told.body


@pytest.mark.parametrize("forgotten", [True, False])
def test_31_a_new_password_ends_a_change_of_address_that_was_not_confirmed(forgotten: bool) -> None:
    member, _thief, link = change_begun_by_a_thief()
    mail.outbox.clear()
    if forgotten:
        owner = Client()
        owner.post("/accounts/password/reset/", {"email": "old@example.org"})
        form = owner.get(link_in(mail.outbox[0]), follow=True)
        new = {"password1": "another-morning-8", "password2": "another-morning-8"}
        owner.post(form.redirect_chain[-1][0], new)
    else:
        new = {"oldpassword": PASSWORD, "password1": "another-morning-8", "password2": "another-morning-8"}
        by_password("mina").post("/accounts/password/change/", new)
    member.refresh_from_db()
    assert member.check_password("another-morning-8")
    Client().post(link)
    member.refresh_from_db()
    assert member.email == "old@example.org"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", flat=True)) == ["old@example.org"]
