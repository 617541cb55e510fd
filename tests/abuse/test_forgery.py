"""No write by a forged form, on any route (abuse case 34)."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import resolve

from tests.abuse.routes import addresses
from tests.factories.members import PASSWORD, a_member, an_operator, logged_in

pytestmark = pytest.mark.django_db
ME = "/api/v1/members/me/"


UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Each is right without a CSRF token, and this says why.
BY_OTHER_RIGHT = {
    "/language/": "stands on pages shared by all guests; sets nothing but the language cookie",
    "/cart/add/": "stands on pages shared by all guests; asks whether the page it comes from is the site's own",
    "/payments/x/events/": "the provider's signature over the message, no cookie",
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
    settings.CSRF_FAILURE_VIEW = "tests.abuse.test_forgery.forged_failure"
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
    assert client.get("/settings/").status_code == 200
    member.refresh_from_db()
    assert (member.leaving_at, member.following_count) == (None, 0)
