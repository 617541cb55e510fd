"""Passkeys in a real browser with a virtual authenticator: made, used alone, used as a second step, removed."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from tests.factories.members import PASSWORD, a_member

FRONT, SETTINGS = re.compile(r"//[^/]+/$"), re.compile(r"//[^/]+/settings/$")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_localhost(live_server: Any, monkeypatch: pytest.MonkeyPatch, open_page):
    """Browsers give passkeys to names, not to numbers: the site of the test by the name localhost."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    monkeypatch.setattr(type(live_server), "url", property(lambda server: address))
    return open_page


def with_a_finger(page: Page, *, willing: bool = True) -> None:
    """A finger that is always there; unwilling, it never is the right one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": willing,
            }
        },
    )


def log_in_by_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("mina")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")


def make_a_passkey(page: Page, *, alone: bool = True) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.get_by_label("A name to know it by").fill("My telephone")
    page.get_by_label("Log in with it alone, without the password").set_checked(alone)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.wait_for_url(FRONT)


def test_a_passkey_is_made_opens_the_account_alone_and_is_removed(at_localhost) -> None:
    member = a_member("mina", password=PASSWORD, language="en")
    page = at_localhost("/accounts/login/", language="en")
    with_a_finger(page)
    log_in_by_password(page)
    make_a_passkey(page)
    assert Authenticator.objects.get(user=member, type="webauthn").wrap().name == "My telephone"
    log_out(page)
    page.goto("/accounts/login/?next=/settings/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(SETTINGS)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use your passkey").click()
    page.locator("main form").get_by_role("button", name="Remove").click()
    page.wait_for_url("**/accounts/2fa/webauthn/")
    assert not Authenticator.objects.filter(user=member).exists()
    assert page.get_by_text("No passkey yet").is_visible()


def test_a_key_is_asked_for_after_the_password(at_localhost) -> None:
    a_member("mina", password=PASSWORD, language="en")
    page = at_localhost("/accounts/login/", language="en")
    with_a_finger(page)
    log_in_by_password(page)
    make_a_passkey(page, alone=False)
    log_out(page)
    log_in_by_password(page)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(FRONT)
    page.goto("/settings/")
    assert SETTINGS.search(page.url)


def test_a_passkey_that_does_not_come_is_told_on_the_page(at_localhost) -> None:
    a_member("mina", password=PASSWORD)
    page = at_localhost("/accounts/login/", language="en")
    with_a_finger(page, willing=False)
    page.get_by_role("button", name="Use a passkey").click()
    page.locator("[data-passkey-problem=stopped]").wait_for(state="visible")
    assert page.url.endswith("/accounts/login/")
