"""A second step besides the password: codes from an app and spare codes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories.members import PASSWORD, a_member, by_password, give_password
from tests.factories.second_step import HALF_MINUTE, SECRET, an_app, code_of, spare_codes, wrong_code

pytestmark = pytest.mark.django_db
ON, OFF, STEP = "/accounts/2fa/totp/activate/", "/accounts/2fa/totp/deactivate/", "/accounts/2fa/authenticate/"
FOURS = re.compile(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}")


@pytest.fixture(autouse=True)
def the_clock_of_codes_stands(monkeypatch):
    """In one half minute, of which no code was used before."""
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([HALF_MINUTE]))
    cache.clear()


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def at_the_step(username: str = "mina") -> Client:
    """A browser that gave the right password and stands before the second step."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    assert answer["Location"] == STEP
    return client


def inside(secret: str = SECRET) -> Client:
    """A browser that took both steps."""
    client = at_the_step()
    client.post(STEP, {"code": code_of(secret)})
    return client


def a_mina_with_an_app():
    member = a_member("mina", email="mina@example.org", password=PASSWORD)
    an_app(member)
    return member


@pytest.mark.django_db(transaction=True)
def test_codes_are_turned_on_by_the_first_code_of_the_app_and_spare_ones_are_shown():
    member = a_member("mina", email="mina@example.org", password=PASSWORD)
    client = by_password("mina")
    secret = FOURS.search(client.get(ON).content.decode())[0].replace(" ", "")
    assert client.post(ON, {"code": code_of(secret)})["Location"] == "/accounts/2fa/recovery-codes/"
    shown = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = spare_codes(member)
    assert len(codes) == 10
    assert [code for code in codes if code not in shown] == []
    assert client.get("/accounts/2fa/recovery-codes/download/").content.decode().split() == codes
    assert [letter.to for letter in mail.outbox] == [["mina@example.org"]]
    assert is_in(inside(secret))


def test_a_wrong_first_code_turns_nothing_on_and_keeps_the_picture():
    a_member("mina", password=PASSWORD)
    client = by_password("mina")
    secret = FOURS.search(client.get(ON).content.decode())[0]
    answer = client.post(ON, {"code": wrong_code(secret.replace(" ", ""))}).content.decode()
    assert 'aria-invalid="true"' in answer
    assert FOURS.search(answer)[0] == secret
    assert not Authenticator.objects.exists()


def test_the_app_shows_the_name_of_the_site_and_of_the_member():
    a_member("mina", email="mina@example.org", password=PASSWORD)
    address = by_password("mina").get(ON, headers={"Accept-Language": "en"}).context["totp_url"]
    assert address.startswith("otpauth://totp/mina?")
    assert address.endswith("&issuer=Madang")


def test_a_wrong_code_lets_nobody_in_and_the_right_one_does():
    member = a_mina_with_an_app()
    client = at_the_step()
    answer = client.post(STEP, {"code": wrong_code()})
    assert (answer.status_code, 'aria-invalid="true"' in answer.content.decode()) == (200, True)
    assert not is_in(client)
    assert client.post(STEP, {"code": code_of()})["Location"] == "/"
    assert is_in(client)
    assert Authenticator.objects.get(user=member, type="totp").last_used_at is not None


def test_a_code_opens_once():
    a_mina_with_an_app()
    code = code_of()
    first, second = at_the_step(), at_the_step()
    first.post(STEP, {"code": code})
    assert second.post(STEP, {"code": code}).status_code == 200
    assert (is_in(first), is_in(second)) == (True, False)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "0" * 4000])
def test_what_is_no_code_is_refused(code):
    a_mina_with_an_app()
    client = at_the_step()
    assert client.post(STEP, {"code": code}).status_code == 200
    assert not is_in(client)


def test_guessing_codes_soon_has_to_pause():
    a_mina_with_an_app()
    client = at_the_step()
    for _ in range(10):
        client.post(STEP, {"code": wrong_code()})
    assert client.post(STEP, {"code": code_of()}).status_code == 200
    assert not is_in(client)


def test_nobody_reaches_the_second_step_without_the_first():
    a_mina_with_an_app()
    assert Client().get(STEP)["Location"].startswith("/accounts/login/")
    assert Client().post(STEP, {"code": code_of()})["Location"].startswith("/accounts/login/")


def test_the_code_of_another_member_does_not_count():
    a_mina_with_an_app()
    other = a_member("haneul", password=PASSWORD)
    Authenticator.objects.create(user=other, type="totp", data={"secret": "A" * 32})
    client = at_the_step()
    assert client.post(STEP, {"code": code_of("A" * 32)}).status_code == 200
    assert not is_in(client)


def test_a_spare_code_opens_once_in_place_of_the_app():
    member = a_mina_with_an_app()
    spare = spare_codes(member)[0]
    first, second = at_the_step(), at_the_step()
    assert first.post(STEP, {"code": spare})["Location"] == "/"
    assert second.post(STEP, {"code": spare}).status_code == 200
    assert (is_in(first), is_in(second)) == (True, False)
    assert spare not in spare_codes(member)
    assert len(spare_codes(member)) == 9


def test_new_spare_codes_end_the_ones_before():
    member = a_mina_with_an_app()
    before = spare_codes(member)
    client = inside()
    give_password(client)
    assert client.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    after = spare_codes(member)
    assert len(after) == 10
    assert set(after) & set(before) == set()
    assert at_the_step().post(STEP, {"code": before[1]}).status_code == 200


def test_turned_off_the_password_is_enough_again_and_the_spare_codes_are_gone():
    a_mina_with_an_app()
    client = inside()
    give_password(client)
    mail.outbox.clear()
    assert client.post(OFF)["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.exists()
    assert len(mail.outbox) == 1
    assert is_in(by_password("mina"))


def test_an_open_browser_alone_turns_nothing_off():
    a_mina_with_an_app()
    client = inside()
    answer = client.post(OFF)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert client.post(answer["Location"], {"password": "another-morning-8"}).status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()
    cache.clear()
    client.post(f"/accounts/2fa/reauthenticate/?next={OFF}", {"code": code_of()})
    client.post(OFF)
    assert not Authenticator.objects.exists()


def test_whoever_has_a_second_step_can_still_change_their_address():
    member = a_mina_with_an_app()
    client = inside()
    give_password(client)
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    letter = next(letter for letter in mail.outbox if letter.to == ["new@example.org"])
    client.post(re.search(r"https?://[^/]+(/accounts/\S+)", letter.body)[1])
    member.refresh_from_db()
    assert member.email == "new@example.org"
