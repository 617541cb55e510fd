"""Log-in by a provider, against a real one on loopback (abuse case 33)."""

import json
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
from django.test import Client

from community.members.models import Member
from tests.factories.members import PASSWORD, a_member

pytestmark = pytest.mark.django_db


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
    """The state with which the browser is sent to the provider, by the page that leads there."""
    reply = client.post("/accounts/kakao/login/")
    assert reply.status_code == 200
    return parse_qs(urlsplit(reply.context["address"]).query)["state"][0]


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
