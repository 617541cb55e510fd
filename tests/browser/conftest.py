"""A real Chromium on the site of the test. Without one these tests are skipped, and say so; with CI set they fail.

    @pytest.mark.browser
    def test_...(open_page):
        page = open_page("/", width=390, language="en", scheme="dark", member=mina)

At the end of a test every page must have been without errors in its console.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config.bootstrap import BROWSERS

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        tell = pytest.fail if os.environ.get("CI") else pytest.skip
        tell("There is no Chromium on this machine: install it (on Debian: apt install chromium).")
    # Playwright's loop runs in this thread, and Django takes any running loop for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open an address of the test's site in a fresh window: as a guest, or as `member`."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(
        path: str, *, width: int = 1280, language: str = "ko", scheme: str = "light", member: Any = None
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 768 else 900},
            locale={"ko": "ko-KR", "en": "en-GB"}[language],
            color_scheme=scheme,  # type: ignore[arg-type]
            base_url=live_server.url,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if member is not None:
            context.add_cookies([session_of(member, live_server.url)])
        page = context.new_page()
        page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


def session_of(member: Any, url: str) -> Any:
    """The cookie of someone who has logged in."""
    client = Client()
    client.force_login(member)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def is_wider_than_its_window(page: Page) -> bool:
    """Whether a phone would have to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
