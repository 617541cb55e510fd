"""Apps by allauth headless: join, log in, second step, way back; and the session opens the REST interface."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.cache import cache
from django.test import Client

from community.members.models import Acceptance, Member
from community.site import legal
from tests.factories.members import PASSWORD, a_member
from tests.factories.second_step import HALF_MINUTE, an_app, code_of, spare_codes, wrong_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_clock_of_codes_stands(monkeypatch):
    """In one half minute, of which no code was used before."""
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([HALF_MINUTE]))
    cache.clear()


class App:
    """A telephone's app: no cookies, only the session token that each answer may renew."""

    def __init__(self) -> None:
        self.token = ""

    def call(self, method: str, path: str, **body):
        client = Client(headers={"X-Session-Token": self.token} if self.token else {})
        given = {"data": body, "content_type": "application/json"} if body else {}
        answer = getattr(client, method)(f"/_allauth/app/v1/{path}", **given)
        meta = answer.json().get("meta", {}) if answer.content else {}
        self.token = meta.get("session_token") or self.token
        return answer

    def me(self):
        return Client(headers={"X-Session-Token": self.token}).get("/api/v1/members/me/")


def pending(answer) -> list[str]:
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]


def logged_in_app() -> App:
    app = App()
    app.call("post", "auth/login", username="mina", password=PASSWORD)
    return app


def test_an_app_joins_confirms_and_is_let_in():
    app = App()
    joining = {"email": "mina@example.org", "username": "mina", "password": PASSWORD, "terms": True}
    answer = app.call("post", "auth/signup", **joining)
    assert (answer.status_code, pending(answer)) == (401, ["verify_email"])
    member = Member.objects.get(username="mina")
    assert member.joined_at is None
    assert set(Acceptance.objects.filter(member=member).values_list("document", "version")) == set(
        legal.VERSIONS.items()
    )
    assert app.me().status_code == 401
    key = re.search(r"/accounts/confirm-email/([^/\s]+)/", mail.outbox[0].body)[1]
    assert app.call("post", "auth/email/verify", key="forged").status_code == 400
    assert app.call("post", "auth/email/verify", key=key).status_code in {200, 401}
    member.refresh_from_db()
    assert member.joined_at is not None
    assert logged_in_app().me().json()["username"] == "mina"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"terms": False}, "terms"), ({"password": "short"}, "password"), ({"username": "admin"}, "username")],
)
def test_a_refused_sign_up_names_the_field_and_leaves_nobody(wrong, field):
    joining = {"email": "mina@example.org", "username": "mina", "password": PASSWORD, "terms": True}
    answer = App().call("post", "auth/signup", **{**joining, **wrong})
    assert answer.status_code == 400
    assert {error["param"] for error in answer.json()["errors"]} == {field}
    assert not Member.objects.exists()
    assert mail.outbox == []


def test_an_app_logs_in_writes_over_rest_and_logs_out():
    a_member("mina", email="mina@example.org", password=PASSWORD)
    app = App()
    assert app.call("post", "auth/login", email="mina@example.org", password="wrong-password-9").status_code == 400
    assert app.call("post", "auth/login", email="mina@example.org", password=PASSWORD).status_code == 200
    assert (app.me().status_code, app.me().json()["username"]) == (200, "mina")
    written = Client(headers={"X-Session-Token": app.token}).patch(
        "/api/v1/members/me/", {"bio": "By app."}, content_type="application/json"
    )
    assert written.json()["bio"] == "By app."
    app.call("delete", "auth/session")
    assert app.me().status_code == 401
    assert Client(headers={"X-Session-Token": "unknown"}).get("/api/v1/teams/").status_code == 401


def test_the_second_step_stands_between_an_app_and_the_rest_interface():
    an_app(a_member("mina", password=PASSWORD))
    app = App()
    answer = app.call("post", "auth/login", username="mina", password=PASSWORD)
    assert (answer.status_code, pending(answer)) == (401, ["mfa_authenticate"])
    assert app.me().status_code == 401
    assert app.call("post", "auth/2fa/authenticate", code=wrong_code()).status_code == 400
    assert app.me().status_code == 401
    code = code_of()
    assert app.call("post", "auth/2fa/authenticate", code=code).status_code == 200
    assert app.me().status_code == 200
    again = logged_in_app()
    assert again.call("post", "auth/2fa/authenticate", code=code).status_code == 400
    assert again.me().status_code == 401


def test_a_spare_code_lets_an_app_in_once():
    member = a_member("mina", password=PASSWORD)
    an_app(member)
    spare = spare_codes(member)[0]
    first, second = logged_in_app(), logged_in_app()
    assert first.call("post", "auth/2fa/authenticate", code=spare).status_code == 200
    assert second.call("post", "auth/2fa/authenticate", code=spare).status_code == 400
    assert (first.me().status_code, second.me().status_code) == (200, 401)


def test_an_app_turns_codes_on_reads_the_spare_ones_and_turns_them_off():
    member = a_member("mina", password=PASSWORD)
    app = logged_in_app()
    unset = app.call("get", "account/authenticators/totp")
    assert unset.status_code == 404
    secret = unset.json()["meta"]["secret"]
    assert app.call("post", "account/authenticators/totp", code=code_of(secret)).status_code == 401
    assert app.call("post", "auth/reauthenticate", password=PASSWORD).status_code == 200
    assert app.call("post", "account/authenticators/totp", code=wrong_code(secret)).status_code == 400
    assert app.call("post", "account/authenticators/totp", code=code_of(secret)).status_code == 200
    codes = app.call("get", "account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    assert codes == spare_codes(member)
    assert {row["type"] for row in app.call("get", "account/authenticators").json()["data"]} == {
        "totp",
        "recovery_codes",
    }
    assert app.call("delete", "account/authenticators/totp").status_code == 200
    assert not Authenticator.objects.exists()


def test_an_app_finds_the_way_back_and_a_stranger_is_told_the_same():
    a_member("mina", email="mina@example.org", password=PASSWORD)
    known = App().call("post", "auth/password/request", email="mina@example.org")
    strange = App().call("post", "auth/password/request", email="nobody@example.org")
    assert (known.status_code, known.json()) == (strange.status_code, strange.json())
    assert known.status_code == 200
    assert [letter.to for letter in mail.outbox] == [["mina@example.org"], ["nobody@example.org"]]
    key = re.search(r"/accounts/password/reset/key/([^/\s]+)/", mail.outbox[0].body)[1]
    app, new = App(), "another-morning-8"
    assert app.call("post", "auth/password/reset", key="1-forged", password=new).status_code == 400
    assert app.call("post", "auth/password/reset", key=key, password="short").status_code == 400
    app.call("post", "auth/password/reset", key=key, password=new)
    assert app.call("post", "auth/login", username="mina", password=new).status_code == 200
    assert app.me().status_code == 200
    assert App().call("post", "auth/password/reset", key=key, password="yet-another-6").status_code == 400


def test_an_app_lists_the_sessions_and_ends_another():
    a_member("mina", password=PASSWORD)
    here, there = logged_in_app(), logged_in_app()
    rows = here.call("get", "auth/sessions").json()["data"]
    assert len(rows) == 2
    other = next(row["id"] for row in rows if not row["is_current"])
    assert here.call("delete", "auth/sessions", sessions=[other]).status_code == 200
    assert (here.me().status_code, there.me().status_code) == (200, 401)


def test_an_app_changes_the_password_and_other_sessions_end():
    a_member("mina", password=PASSWORD)
    here, there = logged_in_app(), logged_in_app()
    body = {"current_password": PASSWORD, "new_password": "another-morning-8"}
    assert here.call("post", "account/password/change", **{**body, "current_password": "no"}).status_code == 400
    assert here.call("post", "account/password/change", **body).status_code == 200
    assert (here.me().status_code, there.me().status_code) == (200, 401)


@pytest.mark.parametrize("body", ["{", "[]", "null", '"x"', '{"username": {"a": 1}, "password": 7}', "\x00"])
def test_what_is_no_request_is_refused_and_breaks_nothing(body):
    answer = Client().post("/_allauth/app/v1/auth/login", body, content_type="application/json")
    assert answer.status_code == 400
