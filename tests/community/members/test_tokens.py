"""Bearer tokens: who they act as, what they may do, and how unknown ones are answered."""

import base64
import datetime as dt
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from oauth2_provider.models import AccessToken, Application, Grant, RefreshToken

from community.foundation import clock
from community.idempotency.models import StoredReply
from community.members import tokens
from community.members.errors import ScopeNotYours, TooManyTokens, UnknownScope
from community.members.models import PersonalToken
from tests.factories.members import PASSWORD, a_member, an_operator, logged_in, with_token

pytestmark = pytest.mark.django_db
ME = "/api/v1/members/me/"


def code(reply) -> str:
    return reply.json()["errors"][0]["code"]


def test_a_token_acts_as_its_member():
    member = a_member("mina")
    reply = Client(headers=with_token(member, "read")).get(ME)
    assert (reply.status_code, reply.json()["username"]) == (200, "mina")


def test_the_database_holds_no_secret():
    made = tokens.create_token(by=a_member(), name="till", scopes=["read"])
    assert made.secret.startswith("madang_")
    row = AccessToken.objects.get()
    assert (row.token, len(row.token_checksum)) == ("", 64)
    assert made.secret not in str(AccessToken.objects.values().get()) + str(PersonalToken.objects.values().get())


@pytest.mark.parametrize("path", [ME, "/api/v1/teams/"], ids=["private", "public"])
@pytest.mark.parametrize("secret", ["", "madang_unknown", "x" * 5000])
def test_an_unknown_token_is_401_even_where_guests_may_read(path, secret):
    reply = Client(headers={"Authorization": f"Bearer {secret}"}).get(path)
    assert (reply.status_code, code(reply)) == (401, "authentication_failed")
    assert reply["WWW-Authenticate"] == 'Bearer realm="api"'


def test_no_token_is_401_where_a_member_is_needed():
    reply = Client().get(ME)
    assert (reply.status_code, code(reply)) == (401, "not_authenticated")


def test_an_expired_token_is_unknown():
    headers = with_token(a_member(), "read")
    with clock.shifted(dt.timedelta(days=366)):
        assert Client(headers=headers).get(ME).status_code == 401


def test_a_deleted_token_and_one_of_an_inactive_member_are_unknown():
    member = a_member()
    headers = with_token(member, "read")
    member.is_active = False
    member.save()
    assert Client(headers=headers).get(ME).status_code == 401


@pytest.mark.parametrize(("held", "method"), [("read", "patch"), ("write", "get"), ("orders vendor operate", "get")])
def test_scopes_do_not_imply_each_other(held, method):
    headers = with_token(an_operator(), held)
    reply = getattr(Client(headers=headers), method)(ME, data={"bio": "x"}, content_type="application/json")
    assert (reply.status_code, code(reply)) == (403, "insufficient_scope")


def test_a_token_is_limited_to_600_requests_a_minute(monkeypatch):
    monkeypatch.setattr("community.foundation.rest.TOKEN_LIMIT", 3)
    client = Client(headers=with_token(a_member(), "read"))
    statuses = [client.get(ME).status_code for _ in range(4)]
    last = client.get(ME)
    assert statuses[:3] == [200, 200, 200]
    assert last.status_code == 429
    assert 1 <= int(last["Retry-After"]) <= 60


def test_a_token_does_not_open_pages():
    reply = Client(headers=with_token(a_member(), "read write")).get("/settings/")
    assert reply.status_code == 302


def test_rest_makes_lists_and_deletes_tokens():
    member = a_member()
    client = Client(headers=with_token(member, "read write"))
    made = client.post("/api/v1/tokens/", {"name": "till", "scopes": ["read"]}, content_type="application/json")
    assert made.status_code == 201
    secret = made.json()["token"]
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(ME).status_code == 200
    listed = client.get("/api/v1/tokens/").json()["results"]
    assert [(row["name"], row["scopes"], "token" in row) for row in listed] == [
        ("till", ["read"], False),
        ("test", ["read", "write"], False),
    ]
    assert client.delete(f"/api/v1/tokens/{made.json()['id']}/").status_code == 204
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(ME).status_code == 401


def test_a_token_makes_no_stronger_token():
    client = Client(headers=with_token(an_operator(), "write"))
    reply = client.post("/api/v1/tokens/", {"name": "x", "scopes": ["operate"]}, content_type="application/json")
    assert (reply.status_code, code(reply)) == (403, "scope_not_yours")
    assert PersonalToken.objects.count() == 1


def test_a_repeated_request_for_a_token_stores_and_shows_no_secret():
    client = Client(headers={**with_token(a_member(), "write"), "Idempotency-Key": "one"})
    body = {"name": "till", "scopes": ["write"]}
    first, again = (client.post("/api/v1/tokens/", body, content_type="application/json") for _ in range(2))
    assert first.json()["token"]
    assert again.json() == {**first.json(), "token": None}
    assert first.json()["token"].encode() not in bytes(StoredReply.objects.get().content)


@pytest.mark.parametrize(
    ("scopes", "error"), [(["everything"], UnknownScope), (["operate"], ScopeNotYours)], ids=["unknown", "not yours"]
)
def test_scopes_that_cannot_be_given_leave_no_token(scopes, error):
    with pytest.raises(error):
        tokens.create_token(by=a_member(), name="till", scopes=scopes)
    assert not AccessToken.objects.exists()


def test_fifty_tokens_are_the_most():
    member = a_member()
    for number in range(50):
        tokens.create_token(by=member, name=str(number), scopes=["read"])
    with pytest.raises(TooManyTokens):
        tokens.create_token(by=member, name="one more", scopes=["read"])


def an_application(owner, grant: str, **fields) -> Application:
    return Application.objects.create(
        user=owner, name="till", client_type=Application.CLIENT_CONFIDENTIAL, authorization_grant_type=grant,
        client_secret="the-secret", **fields,
    )  # fmt: skip


def test_client_credentials_act_as_the_owner_of_the_application():
    application = an_application(a_member("mina"), Application.GRANT_CLIENT_CREDENTIALS)
    basic = base64.b64encode(f"{application.client_id}:the-secret".encode()).decode()
    reply = Client(headers={"Authorization": f"Basic {basic}"}).post(
        "/oauth/token/", {"grant_type": "client_credentials", "scope": "read"}
    )
    assert reply.status_code == 200
    secret = reply.json()["access_token"]
    assert AccessToken.objects.get().user is None
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(ME).json()["username"] == "mina"
    assert AccessToken.objects.get().token == ""
    assert not RefreshToken.objects.exists()


def test_the_password_grant_is_off():
    a_member("mina", password=PASSWORD)
    application = an_application(a_member(), Application.GRANT_PASSWORD)
    body = {"grant_type": "password", "username": "mina", "password": PASSWORD, "client_id": application.client_id}
    reply = Client().post("/oauth/token/", {**body, "client_secret": "the-secret"})
    assert reply.status_code == 400
    assert not AccessToken.objects.exists()


def test_create_token_prints_the_token_alone(capsys):
    member = a_member(email="mina@example.org")
    call_command("create_token", "MINA@example.org", "--scopes", "read write")
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    row = tokens.find(printed.strip())
    assert (row.user, row.scope) == (member, "read write")


@pytest.mark.parametrize("scopes", ["operate", "read everything", ""])
def test_create_token_refuses_with_one_sentence(scopes):
    a_member(email="mina@example.org")
    with pytest.raises(CommandError) as refused:
        call_command("create_token", "mina@example.org", "--scopes", scopes)
    assert refused.value.returncode == 2
    assert not AccessToken.objects.exists()


def test_create_token_for_nobody_says_so():
    with pytest.raises(CommandError, match="create_member"):
        call_command("create_token", "nobody@example.org", "--scopes", "read")


def test_a_third_party_gets_in_by_authorization_code_with_pkce_and_out_again():
    member = a_member("mina")
    application = an_application(
        a_member(), Application.GRANT_AUTHORIZATION_CODE, redirect_uris="https://app.example/in"
    )
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code", "client_id": application.client_id, "redirect_uri": "https://app.example/in",
        "scope": "read", "state": "s", "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    browser = logged_in(member)
    page = browser.get("/oauth/authorize/", asked)
    assert page.status_code == 200
    assert "till" in page.content.decode()
    back = browser.post("/oauth/authorize/", {**asked, "allow": "true"})
    code_given = parse_qs(urlsplit(back.context["address"]).query)["code"][0]
    body = {
        "grant_type": "authorization_code", "code": code_given, "redirect_uri": "https://app.example/in",
        "client_id": application.client_id, "client_secret": "the-secret",
    }  # fmt: skip
    assert Client().post("/oauth/token/", {**body, "code_verifier": "w" * 64}).status_code == 400
    reply = Client().post("/oauth/token/", {**body, "code_verifier": verifier})
    headers = {"Authorization": f"Bearer {reply.json()['access_token']}"}
    assert Client(headers=headers).get(ME).json()["username"] == "mina"
    assert Client(headers=headers).patch(ME, {"bio": "x"}, content_type="application/json").status_code == 403
    revoked = {"token": reply.json()["access_token"], "client_id": application.client_id, "client_secret": "the-secret"}
    assert Client().post("/oauth/revoke_token/", revoked).status_code == 200
    assert Client(headers=headers).get(ME).status_code == 401


def test_without_pkce_there_is_no_code():
    application = an_application(
        a_member(), Application.GRANT_AUTHORIZATION_CODE, redirect_uris="https://app.example/in"
    )
    asked = {"response_type": "code", "client_id": application.client_id, "redirect_uri": "https://app.example/in"}
    logged_in(a_member()).get("/oauth/authorize/", asked)
    logged_in(a_member()).post("/oauth/authorize/", {**asked, "scope": "read", "allow": "true"})
    assert not Grant.objects.exists()


@pytest.mark.parametrize("page", ["applications/", "applications/register/", "authorized_tokens/"])
def test_the_pages_of_applications_open_for_members_alone(page):
    assert logged_in(a_member()).get(f"/oauth/{page}").status_code == 200
    assert logged_in(None).get(f"/oauth/{page}").status_code == 302


def test_a_member_is_asked_of_a_program_only_what_this_site_does():
    client = logged_in(a_member())
    page = client.get("/oauth/applications/register/", headers={"Accept-Language": "ko"}).content.decode()
    assert "회원을 돌려보낼 주소" in page
    assert 'name="algorithm"' not in page
    assert 'name="hash_client_secret"' not in page
    assert f'value="{Application.GRANT_PASSWORD}"' not in page
    client.post(
        "/oauth/applications/register/",
        {
            "name": "Reader",
            "client_id": "reader",
            "client_secret": "one-long-secret",
            "client_type": Application.CLIENT_CONFIDENTIAL,
            "authorization_grant_type": Application.GRANT_CLIENT_CREDENTIALS,
            "hash_client_secret": "",
        },
    )
    made = Application.objects.get(client_id="reader")
    assert made.hash_client_secret
    assert made.client_secret != "one-long-secret"


def test_a_program_cannot_take_a_way_in_that_is_off():
    reply = logged_in(a_member()).post(
        "/oauth/applications/register/",
        {
            "name": "Old",
            "client_id": "old",
            "client_type": Application.CLIENT_PUBLIC,
            "authorization_grant_type": Application.GRANT_PASSWORD,
        },
    )
    assert reply.status_code == 200
    assert not Application.objects.exists()
