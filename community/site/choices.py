"""What a visitor chooses, kept in a cookie; an app that knows the member may keep it longer (`on_language`)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE_CHOICE = "cookie_choice"
YEAR = 60 * 60 * 24 * 365
_keepers: list[Callable[[HttpRequest, str], None]] = []


def on_language(keeper: Callable[[HttpRequest, str], None]) -> None:
    """Register what else happens when someone chooses a language; called in `AppConfig.ready`."""
    _keepers.append(keeper)


def remember_language(request: HttpRequest, response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    for keep in _keepers:
        keep(request, code)


def remember_cookies(response: HttpResponse, choice: str) -> None:
    # Read by static/js/cookies.js, which shows the bar while there is no choice yet.
    response.set_cookie(COOKIE_CHOICE, choice, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
