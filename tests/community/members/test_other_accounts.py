"""Kakao, Naver and Google: offered only when their keys are set, asked first, refused kindly."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from community.members.adapter import SocialAccountAdapter
from community.members.models import Acceptance, Member
from community.site import legal
from tests.factories.members import PASSWORD, a_member, by_password

pytestmark = pytest.mark.django_db
NAMES = {
    "ko": {"kakao": "카카오로 계속하기", "naver": "네이버로 계속하기", "google": "구글로 계속하기"},
    "en": {"kakao": "Go on with Kakao", "naver": "Go on with Naver", "google": "Go on with Google"},
}


@pytest.fixture
def keys(settings):
    """Set the keys of these providers."""

    def of(*names):
        settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": [{"client_id": "x", "secret": "y"}]} for name in names}

    return of


def offered(page: str) -> list[str]:
    return re.findall(r'href="/accounts/(kakao|naver|google)/login/', page)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_provider_is_offered_only_when_its_keys_are_set(keys, path, language):
    client = Client(headers={"Accept-Language": language})
    keys()
    assert offered(client.get(path).content.decode()) == []
    for names in (["kakao"], ["kakao", "naver", "google"]):
        keys(*names)
        page = client.get(path).content.decode()
        assert sorted(offered(page)) == sorted(names)
        assert [name for name in names if NAMES[language][name] not in page] == []


def test_a_link_alone_sends_nobody_to_a_provider(keys):
    keys("kakao")
    client = Client()
    page = client.get("/accounts/kakao/login/")
    assert (page.status_code, "kauth.kakao.com" in page.content.decode()) == (200, False)
    gone = client.post("/accounts/kakao/login/")
    assert "kauth.kakao.com" in gone.content.decode() + gone.headers.get("Location", "")


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "허락하지 않으셔서 아무 일도 없었어요"), ("en", "You said no, and nothing happened")]
)
def test_who_says_no_over_there_comes_back_to_a_clear_page(keys, language, words):
    keys("kakao")
    client = Client(headers={"Accept-Language": language})
    client.post("/accounts/kakao/login/")
    state = next(iter(client.session["socialaccount_states"]))
    page = client.get(f"/accounts/kakao/login/callback/?error=access_denied&state={state}", follow=True)
    assert words in page.content.decode()
    assert "/accounts/login/" in page.content.decode()


def test_an_answer_that_nobody_asked_for_opens_nothing(keys):
    keys("kakao")
    page = Client(headers={"Accept-Language": "en"}).get("/accounts/kakao/login/callback/?code=x&state=forged")
    assert "That did not work" in page.content.decode()
    assert not Member.objects.exists()


class Kakao:
    """What Kakao answers about one of its people, in place of the network."""

    status_code, headers = 200, {"content-type": "application/json"}

    def __init__(self, email: str, *, verified: bool) -> None:
        self.email, self.verified = email, verified

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def request(self, *_args, **_given):
        return self

    get = post = request

    def raise_for_status(self):
        return None

    def json(self):
        account = {"email": self.email, "is_email_valid": True, "is_email_verified": self.verified}
        return {"access_token": "t", "id": 4711, "properties": {"nickname": "Mina"}, "kakao_account": account}


def coming_by_kakao(monkeypatch, email: str, *, verified: bool = True) -> Client:
    """A browser that was over there and comes back."""
    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda self: Kakao(email, verified=verified))
    client = Client()
    client.post("/accounts/kakao/login/")
    state = next(iter(client.session["socialaccount_states"]))
    client.get(f"/accounts/kakao/login/callback/?code=c&state={state}")
    return client


@pytest.mark.parametrize("verified", [True, False])
def test_whoever_comes_by_a_provider_chooses_a_name_and_accepts_the_terms(keys, monkeypatch, verified):
    keys("kakao")
    client = coming_by_kakao(monkeypatch, "mina@example.org", verified=verified)
    assert not Member.objects.exists()
    given = {"username": "mina", "email": "mina@example.org"}
    refused = client.post("/accounts/3rdparty/signup/", given)
    assert (refused.status_code, Member.objects.exists()) == (200, False)
    assert client.post("/accounts/3rdparty/signup/", {**given, "terms": "on"}).status_code == 302
    member = Member.objects.get(username="mina")
    assert set(Acceptance.objects.filter(member=member).values_list("document", "version")) == set(
        legal.VERSIONS.items()
    )
    assert SocialAccount.objects.get(user=member).provider == "kakao"
    assert (member.joined_at is not None) is verified, "an address that nobody verified is asked for by a letter"
    assert client.get("/settings/").status_code == (200 if verified else 302)


def test_a_member_logs_in_by_the_account_that_is_connected(keys, monkeypatch):
    keys("kakao")
    mina = a_member("mina", password=PASSWORD)
    SocialAccount.objects.create(user=mina, provider="kakao", uid="4711", extra_data={})
    client = coming_by_kakao(monkeypatch, "else@example.org")
    assert client.get("/settings/").status_code == 200
    assert Member.objects.count() == 1


def test_the_address_of_a_member_at_a_provider_opens_no_account(keys, monkeypatch):
    keys("kakao")
    a_member("someone", email="known@example.org", password=PASSWORD)
    client = coming_by_kakao(monkeypatch, "known@example.org")
    client.post("/accounts/3rdparty/signup/", {"username": "mina", "email": "known@example.org", "terms": "on"})
    assert client.get("/settings/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_an_account_elsewhere_is_disconnected_by_its_owner_alone(keys):
    keys("kakao")
    mina = a_member("mina", password=PASSWORD)
    account = SocialAccount.objects.create(user=mina, provider="kakao", uid="1", extra_data={})
    a_member("haneul", password=PASSWORD)
    by_password("haneul").post("/accounts/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.count() == 1
    by_password("mina").post("/accounts/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.count() == 0
