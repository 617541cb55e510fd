"""Guests share a page for a few seconds; members never do; what is personal is never kept."""

import threading
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import translation

from community.foundation import guest_cache
from community.foundation.guest_cache import cached_for_guests

pytestmark = pytest.mark.django_db


def ask(view, path="/page/", user=None, **cookies):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.COOKIES.update(cookies)
    return view(request)


@pytest.fixture
def counting():
    """A view that says how often it ran."""
    runs = []

    @cached_for_guests
    def view(request):
        runs.append(request.get_full_path())
        return HttpResponse(f"run {len(runs)}")

    return view


def test_guests_share_one_rendering(counting) -> None:
    assert ask(counting).content == b"run 1"
    assert ask(counting).content == b"run 1"
    assert ask(counting, "/page/?page=2").content == b"run 2"


def test_languages_are_kept_apart(counting) -> None:
    with translation.override("ko"):
        assert ask(counting).content == b"run 1"
    with translation.override("en"):
        assert ask(counting).content == b"run 2"


def test_whoever_has_a_session_gets_a_page_of_their_own(counting) -> None:
    assert ask(counting).content == b"run 1"
    assert ask(counting, sessionid="abc").content == b"run 2"


def test_a_page_with_a_csrf_token_is_never_kept() -> None:
    runs = []

    @cached_for_guests
    def view(request):
        runs.append(1)
        return HttpResponse(get_token(request))

    ask(view)
    ask(view)
    assert len(runs) == 2


def test_a_page_that_sets_a_cookie_or_fails_is_never_kept() -> None:
    runs = []

    @cached_for_guests
    def view(request):
        runs.append(1)
        response = HttpResponse("x", status=200 if request.GET else 404)
        if request.GET:
            response.set_cookie("a", "b")
        return response

    for path in ("/a/?x=1", "/a/?x=1", "/b/", "/b/"):
        ask(view, path)
    assert len(runs) == 4


def test_a_page_is_never_older_than_five_seconds_wherever_it_was_kept(counting, monkeypatch, settings) -> None:
    settings.GUEST_PAGES_NEARBY = 2
    start = 1_000_000.0
    monkeypatch.setattr(guest_cache, "_near", {})
    seen = []
    for after in (0, 2, 4.5, 5.5):
        monkeypatch.setattr(guest_cache.time, "time", lambda after=after: start + after)
        reply = ask(counting)
        seen.append((reply.content, reply.headers["Cache-Control"]))
    assert seen == [
        (b"run 1", "private, max-age=5"),
        (b"run 1", "private, max-age=3"),
        (b"run 1", "private, max-age=0"),
        (b"run 2", "private, max-age=5"),
    ]


def test_what_a_process_keeps_is_bounded_and_needs_no_valkey(counting, monkeypatch, settings) -> None:
    settings.GUEST_PAGES_NEARBY = 2
    monkeypatch.setattr(guest_cache, "_near", {})
    for number in range(4):
        ask(counting, f"/page/?n={number}")
    assert len(guest_cache._near) == 2
    guest_cache.cache.clear()
    assert ask(counting, "/page/?n=3").content == b"run 4"
    assert ask(counting, "/page/?n=0").content == b"run 5"


def test_a_kept_page_is_answered_before_its_view_is_looked_for(counting, monkeypatch, settings) -> None:
    settings.GUEST_PAGES_NEARBY = 2
    monkeypatch.setattr(guest_cache, "_near", {})
    beyond = []

    def further(request):
        beyond.append(request.get_full_path())
        request.user = AnonymousUser()
        return counting(request)

    middleware = guest_cache.GuestPagesMiddleware(further)
    asked = RequestFactory()
    first, second = middleware(asked.get("/page/")), middleware(asked.get("/page/"))
    assert (first.content, second.content, beyond) == (b"run 1", b"run 1", ["/page/"])
    assert second["Vary"] == "Cookie, Accept-Language, HX-Request"
    own = asked.get("/page/")
    own.COOKIES["sessionid"] = "abc"
    assert middleware(own).content == b"run 2"
    assert middleware(asked.post("/page/")).content == b"run 3"
    assert middleware(asked.get("/page/", headers={"HX-Request": "true"})).content == b"run 4"


def test_a_kept_page_is_framed_by_nobody_and_tells_its_policy(monkeypatch, settings) -> None:
    settings.GUEST_PAGES_NEARBY = 2
    monkeypatch.setattr(guest_cache, "_near", {})
    made, kept = Client().get("/boards/"), Client().get("/boards/")
    assert len(guest_cache._near) == 1
    for header in ("X-Frame-Options", "Content-Security-Policy", "Content-Length", "Content-Language", "Vary"):
        assert kept[header] == made[header]


def test_a_page_that_many_ask_for_at_once_is_made_once(settings) -> None:
    settings.GUEST_PAGES_NEARBY = 8
    made: list[int] = []
    answers: list[tuple[int, bytes]] = []
    together = threading.Barrier(8)

    @cached_for_guests
    def slow(request):
        made.append(1)
        time.sleep(0.1)
        return HttpResponse("slow")

    def one_of_many() -> None:
        together.wait(10)
        answer = ask(slow)
        answers.append((answer.status_code, answer.content))

    threads = [threading.Thread(target=one_of_many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == [(200, b"slow")] * 8
    assert len(made) == 1
