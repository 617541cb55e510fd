"""What an application that a member let in may not do for them, and what an open browser is not enough for (case 31)."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from oauth2_provider.models import AccessToken, Application, set_token_value

from community.foundation import clock
from community.members import conf, exporting
from community.members.models import DataExport, Member, PersonalToken
from community.profiles.models import Consent
from tests.abuse.kit import API, told
from tests.factories.members import PASSWORD, a_member, logged_in, with_token

pytestmark = pytest.mark.django_db
ME = f"{API}/members/me"


@pytest.fixture(autouse=True)
def no_tries_before() -> None:
    cache.clear()


def let_in(member: Member, scopes: str = "read write") -> Client:
    """An application of somebody else, which the member authorized."""
    application = Application.objects.create(
        user=a_member(), name="reader", client_type=Application.CLIENT_PUBLIC,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE, redirect_uris="https://app.example/in",
    )  # fmt: skip
    token = AccessToken(user=member, application=application, scope=scopes, expires=clock.now() + conf.TOKEN_LIFE)
    set_token_value(token, "secret-of-the-app")
    token.save()
    return Client(headers={"Authorization": "Bearer secret-of-the-app"})


def asked(client: Client, method: str, path: str, **body: Any) -> Any:
    given = {"data": body, "content_type": "application/json"} if body or method != "get" else {}
    return getattr(client, method)(path, **given)


def test_31_an_application_neither_leaves_nor_agrees_nor_takes_all_data_nor_makes_keys_for_a_member() -> None:
    member = a_member("mina")
    app = let_in(member)
    key = PersonalToken.objects.get(member=member) if with_token(member) else None
    archive = DataExport.objects.create(member=member, state=DataExport.READY, file="exports/none.zip")
    refused = [
        asked(app, "post", f"{ME}/erasure/", username="mina"),
        asked(app, "put", f"{ME}/consents/", consents=[]),
        asked(app, "post", f"{ME}/export/"),
        asked(app, "get", f"{ME}/export/"),
        asked(app, "get", f"{ME}/export/{archive.pk}/"),
        asked(app, "get", f"{ME}/export/{archive.pk}/file/"),
        asked(app, "post", f"{API}/tokens/", name="stay", scopes=["read"]),
        asked(app, "delete", f"{API}/tokens/{key.pk if key else ''}/"),
    ]
    assert [told(reply).status for reply in refused] == [403] * 8
    assert {told(reply).code for reply in refused} == {"not_for_applications"}
    member.refresh_from_db()
    assert (member.leaving_at, member.is_active) == (None, True)
    assert (PersonalToken.objects.count(), DataExport.objects.count(), Consent.objects.count()) == (1, 1, 0)
    assert asked(app, "patch", f"{ME}/", bio="by the app").status_code == 200, "what it was let in for it does"


def test_31_an_open_browser_is_not_enough_to_erase_an_account() -> None:
    member = a_member("mina", password=PASSWORD)
    browser = logged_in(member)
    for body in ({}, {"username": "mina"}, {"username": "mina", "password": "a guess of mine"}):
        reply = asked(browser, "post", f"{ME}/erasure/", **body)
        assert (told(reply).status, told(reply).code) == (400, "wrong_password")
    member.refresh_from_db()
    assert member.leaving_at is None
    assert asked(browser, "post", f"{ME}/erasure/", username="mina", password=PASSWORD).status_code == 202


def test_31_a_token_of_ones_own_and_a_member_without_password_may_leave() -> None:
    script, social = a_member("mina", password=PASSWORD), a_member("noel")
    assert asked(Client(headers=with_token(script, "write")), "post", f"{ME}/erasure/").status_code == 202
    assert asked(logged_in(social), "post", f"{ME}/erasure/", username="noel").status_code == 202


@pytest.mark.parametrize("page", [True, False])
def test_32_the_password_is_not_guessed_where_one_leaves(page: bool) -> None:
    member = a_member("mina", password=PASSWORD)
    browser = logged_in(member)
    address = "/settings/data/leave/" if page else f"{ME}/erasure/"

    def tried(password: str) -> Any:
        entered = {"username": "mina", "password": password}
        return browser.post(address, entered) if page else asked(browser, "post", address, **entered)

    for number in range(10):
        assert tried(f"guess {number}").status_code in {200, 400}
    late = tried(PASSWORD)
    assert late.status_code == (200 if page else 429)
    member.refresh_from_db()
    assert member.leaving_at is None


def test_35_one_archive_an_hour(relay) -> None:
    member = a_member("mina")
    first = exporting.ask_for_export(by=member)
    relay()
    reply = asked(Client(headers=with_token(member)), "post", f"{ME}/export/")
    assert (told(reply).status, told(reply).code) == (429, "archive_just_made")
    assert 3500 < int(reply["Retry-After"]) <= 3601
    assert logged_in(member).post("/settings/data/export/").status_code == 302
    assert DataExport.objects.get() == first
    with clock.shifted(conf.EXPORT_EVERY):
        assert exporting.ask_for_export(by=member) != first
