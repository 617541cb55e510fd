"""Pages that look the same for every guest, kept in Valkey for a few seconds.

A guest is someone without a session cookie. What is kept holds no cookie, no CSRF token and nothing of any person; it
is served for at most `SECONDS` after it was made, wherever it was kept meanwhile: in Valkey for all processes, in this
process for the pages asked for most, in the browser. So no guest sees an older state than that. Members always get
their own page.

Acts that take from guests what they could read (a move to a private board, a moderator's hiding) do not wait for that:
they call `forget_guests_pages`, and no process serves a page made before, `LOOK` seconds later at most.

`cached_for_guests` keeps what a view made; `GuestPagesMiddleware` answers with what this process keeps before anything
is done that only a new page needs: finding the view, the member, the token. A page that has to be made lets members
pass (foundation.members_first).
"""

import contextlib
import functools
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from community.foundation import members_first

SECONDS = 5
LOOK = 0.5  # how long a process trusts the era it read; asking at every page would cost what _near saves
ERA = "guest-era"
Kept = tuple[bytes, str, float]  # body, content type, and the moment at which it was made
_near: dict[str, Kept] = {}  # at most GUEST_PAGES_NEARBY of them: asking Valkey costs half as much as an empty view
_era = ("", 0.0)  # pages of another era are not served; and when this was read
_making: dict[str, threading.Lock] = {}  # the pages that are being made in this process
View = TypeVar("View", bound=Callable[..., HttpResponse])


def forget_guests_pages() -> None:
    """Once the transaction commits, serve nothing that was kept before. Not for acts that any member may repeat."""
    transaction.on_commit(_begin_anew)


def _begin_anew() -> None:
    global _era
    cache.set(ERA, secrets.token_hex(8), 60)  # what was kept under the era before is older than SECONDS by then
    _era = ("", 0.0)


def forget_what_is_near() -> None:
    """Drop what this process keeps itself, as a new process would begin."""
    global _era
    _near.clear()
    _era = ("", 0.0)


def cached_for_guests(view: View) -> View:
    """Serve guests' GETs of this page from the cache. Stands below the access policy decorator."""

    @functools.wraps(view)
    def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _asked_by_guest(request):
            return view(request, *args, **kwargs)
        now = time.time()
        key = _key(request, _era_at(now))
        kept = _kept_near(key, now) or cache.get(key)
        if kept is None or _age(kept, now) > SECONDS:
            with _one_at_a_time(key):
                now = time.time()
                kept = _kept_near(key, now)  # made meanwhile, by whom this one waited for
                if kept is None:
                    with members_first.guests_page():
                        response = view(request, *args, **kwargs)
                    if not _same_for_all(request, response):
                        return response
                    kept = (response.content, response.headers["Content-Type"], now)
                    cache.set(key, kept, SECONDS)
                _keep_near(key, kept)  # before the next one looks
        else:
            _keep_near(key, kept)
        return _answer(kept, now)

    return cached  # type: ignore[return-value]


@contextlib.contextmanager
def _one_at_a_time(key: str) -> Iterator[None]:
    """A page that many ask for when it has run out is made once in a process; the others wait for it."""
    lock = _making.setdefault(key, threading.Lock())
    with lock:
        try:
            yield
        finally:
            _making.pop(key, None)


def _era_at(now: float) -> str:
    global _era
    if abs(now - _era[1]) > LOOK:
        _era = (cache.get(ERA) or "", now)
    return _era[0]


class GuestPagesMiddleware:
    """Stands below whatever puts headers on every page and chooses the language, above sessions' members and tokens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _near and _asked_by_guest(request):
            now = time.time()
            kept = _kept_near(_key(request, _era_at(now)), now)
            if kept is not None:
                return _answer(kept, now)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            with members_first.member_inside():
                return self.get_response(request)
        return self.get_response(request)


def _asked_by_guest(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"} and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _answer(kept: Kept, now: float) -> HttpResponse:
    response = HttpResponse(kept[0], content_type=kept[1])
    response["Cache-Control"] = f"private, max-age={max(0, int(SECONDS - _age(kept, now)))}"
    patch_vary_headers(response, ["Cookie", "Accept-Language", "HX-Request"])
    return response


def _kept_near(key: str, now: float) -> Kept | None:
    kept = _near.get(key)
    return kept if kept is not None and _age(kept, now) <= SECONDS else None


def _age(kept: Kept, now: float) -> float:
    return abs(now - kept[2])  # a clock that was set back must not keep a page


def _keep_near(key: str, kept: Kept) -> None:
    """The oldest go when there is no more room. Threads may do so at once: then one more goes."""
    if not settings.GUEST_PAGES_NEARBY:
        return
    while key not in _near and len(_near) >= settings.GUEST_PAGES_NEARBY:
        _near.pop(next(iter(list(_near)), ""), None)
    _near[key] = kept


def _key(request: HttpRequest, era: str) -> str:
    parts = (
        era,
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        str(request.headers.get("HX-Request") == "true"),
    )
    return "guest:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.user.is_authenticated
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )
