"""Accounts under attack: who is here, whose session it is, and who may write (abuse cases 29 to 34)."""

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.kakao.views import KakaoOAuth2Adapter
from django.core import mail
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from oauth2_provider.models import AccessToken

from community.foundation import clock
from community.members import tokens
from community.members.models import Member
from community.notifications.unsubscribing import address_for
from tests.abuse.routes import addresses
from tests.community.members.test_accounts import body_of, link_in, shape_of
from tests.factories.members import PASSWORD, a_member, an_operator, logged_in, with_token

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
    a_member("someone", email="known@example.org", password=PASSWORD)
    path, fields = ASKED[way]
    kind = {"content_type": "application/json"} if path.startswith(APP) else {}
    Client().post(path, fields("warm-up@example.org", "warm-up"), **kind)
    mail.outbox.clear()
    answers, shapes = [], []
    for word, name in (("known", "mina-one"), ("fresh", "mina-two")):
        with CaptureQueriesContext(connection) as captured:
            reply = Client().post(path, fields(f"{word}@example.org", name), **kind)
        answers.append((reply.status_code, reply.get("Location"), body_of(reply).replace(word, "…").replace(name, "…")))
        shapes.append(shape_of(captured))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] in ([], [["known@example.org"], ["fresh@example.org"]])
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


# 33 ─ log-in by a provider


class Provider(ThreadingHTTPServer):
    """An OAuth 2 provider on loopback: gives `account` for the one code it handed out."""

    account: dict[str, Any]
    codes: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        code = sent.get("code", [""])[0]
        if code not in self.server.codes:
            return self.give({"error": "invalid_grant"}, 400)
        self.server.codes.remove(code)
        return self.give({"access_token": "opaque", "token_type": "bearer", "expires_in": 60})

    def do_GET(self) -> None:
        self.give(self.server.account)

    def give(self, body: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_words: Any) -> None:
        """The test's output is the test's."""


@pytest.fixture
def provider(settings, monkeypatch) -> Iterator[Provider]:
    settings.SOCIALACCOUNT_PROVIDERS = {"kakao": {"APPS": [{"client_id": "madang", "secret": "quiet"}]}}
    running = Provider(("127.0.0.1", 0), Answer)
    running.codes = []
    threading.Thread(target=running.serve_forever, daemon=True).start()
    monkeypatch.setattr(KakaoOAuth2Adapter, "access_token_url", f"{running.url}/token")
    monkeypatch.setattr(KakaoOAuth2Adapter, "authorize_url", f"{running.url}/authorize")
    monkeypatch.setattr(KakaoOAuth2Adapter, "profile_url", f"{running.url}/me")
    yield running
    running.shutdown()
    running.server_close()


def comes_as(provider: Provider, email: str, *, verified: bool, number: int = 7) -> None:
    account = {"email": email, "is_email_verified": verified, "profile": {"nickname": "mina"}}
    provider.account = {"id": number, "kakao_account": account}


def sent_off(client: Client) -> str:
    """The state with which the browser is sent to the provider."""
    reply = client.post("/accounts/kakao/login/")
    assert reply.status_code == 302
    return parse_qs(urlsplit(reply["Location"]).query)["state"][0]


def comes_back(client: Client, provider: Provider, state: str, code: str = "one"):
    provider.codes.append(code)
    return client.get("/accounts/kakao/login/callback/", {"code": code, "state": state}, follow=True)


def is_logged_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_33_who_has_joined_by_a_provider_comes_in_again(provider: Provider) -> None:
    member = a_member("mina", email="mina@example.org")
    SocialAccount.objects.create(user=member, provider="kakao", uid="7")
    comes_as(provider, "mina@example.org", verified=True)
    client = Client()
    comes_back(client, provider, sent_off(client))
    assert is_logged_in(client)


@pytest.mark.parametrize("forged", ["absent", "made up", "of another browser", "used before"])
def test_33_without_the_state_of_this_browser_nobody_comes_in(provider: Provider, forged: str) -> None:
    SocialAccount.objects.create(user=a_member("mina", email="mina@example.org"), provider="kakao", uid="7")
    comes_as(provider, "mina@example.org", verified=True)
    client = Client()
    state = sent_off(client)
    if forged == "used before":
        comes_back(client, provider, state)
        client.post("/accounts/logout/")
    else:
        state = {"absent": "", "made up": "x" * 16, "of another browser": sent_off(Client())}[forged]
    reply = comes_back(client, provider, state, "two")
    assert not is_logged_in(client)
    assert provider.codes == ["two"], "the code is not even exchanged"
    assert reply.status_code < 500


def test_33_a_log_in_begun_by_a_link_asks_first(provider: Provider) -> None:
    reply = Client().get("/accounts/kakao/login/")
    assert reply.status_code == 200
    assert b"<form" in reply.content


@pytest.mark.parametrize("verified", [True, False])
def test_33_an_address_at_the_provider_opens_no_account_that_is_here(provider: Provider, verified: bool) -> None:
    owner = a_member("owner", email="owner@example.org", password=PASSWORD)
    comes_as(provider, "owner@example.org", verified=verified, number=666)
    thief = Client()
    reply = comes_back(thief, provider, sent_off(thief))
    assert reply.status_code == 200
    thief.post("/accounts/3rdparty/signup/", {"username": "thief", "email": "owner@example.org", "terms": "on"})
    assert not is_logged_in(thief)
    assert not SocialAccount.objects.filter(user=owner).exists()
    assert list(
        EmailAddress.objects.filter(email="owner@example.org", verified=True).values_list("user", flat=True)
    ) == [owner.pk]


def test_33_an_unverified_address_of_the_provider_waits_for_our_letter(provider: Provider) -> None:
    comes_as(provider, "victim@example.org", verified=False)
    client = Client()
    comes_back(client, provider, sent_off(client))
    client.post("/accounts/3rdparty/signup/", {"username": "newcomer", "email": "victim@example.org", "terms": "on"})
    assert not is_logged_in(client)
    assert Member.objects.get(username="newcomer").joined_at is None
    assert not EmailAddress.objects.get(email="victim@example.org").verified
    assert mail.outbox[-1].to == ["victim@example.org"]


def test_33_a_provider_that_is_away_or_talks_nonsense_is_a_page_that_says_so(provider: Provider) -> None:
    comes_as(provider, "mina@example.org", verified=True)
    client = Client()
    reply = client.get(
        "/accounts/kakao/login/callback/", {"code": "never given", "state": sent_off(client)}, follow=True
    )
    assert reply.status_code in {200, 401}
    assert "<h1" in reply.content.decode()
    assert not is_logged_in(client)


# 34 ─ no write by a forged form

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Each is right without a CSRF token, and this says why.
BY_OTHER_RIGHT = {
    "/language/": "stands on pages shared by all guests; sets nothing but the language cookie",
    "/notifications/unsubscribe/x/": "the signed token in the address is the right (RFC 8058)",
    "/accounts/google/login/token/": "Google's signed credential, with a double submit cookie of its own",
    "/oauth/token/": "the client's own credentials, no cookie",
    "/oauth/revoke_token/": "the client's own credentials, no cookie",
}
NO_COOKIE = ("/_allauth/app/",)  # apps name their session in a header, which no foreign page can set


def forged_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse("refused as forged", status=403)


def is_refused_as_forged(reply: Any) -> bool:
    return reply.status_code == 403 and re.search(rb"refused as forged|CSRF|^403 Forbidden$", reply.content) is not None


def takes_no_writes(reply: Any) -> bool:
    return reply.status_code == 405


@pytest.mark.parametrize("method", UNSAFE)
def test_34_every_write_of_every_route_refuses_without_its_token(method: str, settings) -> None:
    settings.CSRF_FAILURE_VIEW = "tests.abuse.test_accounts.forged_failure"
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(an_operator(), backend="allauth.account.auth_backends.AuthenticationBackend")
    every = sorted(set(addresses()))
    assert len(every) > 250
    for path in every:
        resolve(path)
    assert set(BY_OTHER_RIGHT) <= set(every), "a route with a right of its own is gone: take it off the list"
    taken = []
    for path in every:
        reply = client.generic(method, path, b"{}", content_type="application/json")
        if not (is_refused_as_forged(reply) or takes_no_writes(reply)):
            taken.append(path)
    assert [path for path in taken if path not in BY_OTHER_RIGHT and not path.startswith(NO_COOKIE)] == []


def test_34_an_app_s_route_takes_no_cookie_for_a_session() -> None:
    client = logged_in(a_member("mina", email="mina@example.org"))
    assert client.get("/_allauth/app/v1/auth/session").status_code == 401
    reply = client.post(
        "/_allauth/app/v1/account/email", {"email": "thief@example.org"}, content_type="application/json"
    )
    assert reply.status_code == 409, "nobody is known, and nobody is signing up"
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_34_a_foreign_page_with_a_token_of_its_own_is_refused(method: str) -> None:
    member = a_member("mina")
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = client.get("/csrf/").json()["token"]
    headers = {"X-CSRFToken": token, "Origin": "https://evil.example"}
    sent = getattr(client, method)(ME, {"bio": "x"}, content_type="application/json", headers=headers)
    assert is_refused_as_forged(sent)
    own = {"X-CSRFToken": token, "Origin": "http://testserver"}
    assert client.patch(ME, {"bio": "x"}, content_type="application/json", headers=own).status_code == 200


def test_34_no_get_writes() -> None:
    member = a_member("mina", password=PASSWORD)
    client = logged_in(member)
    for path in ("/accounts/logout/", "/settings/data/leave/", f"/members/{a_member('noel').username}/follow/"):
        client.get(path)
    assert is_logged_in(client)
    member.refresh_from_db()
    assert (member.leaving_at, member.following_count) == (None, 0)
