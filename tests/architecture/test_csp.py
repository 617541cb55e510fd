"""No page runs or styles anything inline; the admin sites alone, whose library needs it, may."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from community.foundation.csp import RELAXED_PREFIXES
from tests.factories.members import an_operator, logged_in

SCRIPTS = sorted(path for path in (Path(settings.BASE_DIR) / "static/js").rglob("*.js"))


def plain_routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every address that takes no argument."""
    for pattern in patterns:
        here = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if re.search(r"[<(*\[?]", here):
            continue
        if isinstance(pattern, URLResolver):
            yield from plain_routes(pattern.url_patterns, here)
        else:
            yield "/" + here


def policy(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


# Logging out ends the walk; the page of the API document is the library's own, its style is refused by the policy.
LIBRARY = {"/accounts/logout/", "/api/docs/"}
ROUTES = sorted(set(plain_routes(get_resolver().url_patterns)))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["guest", "operator"])
def test_every_page_forbids_what_is_inline_and_what_is_elsewhere(who: str) -> None:
    client = Client() if who == "guest" else logged_in(an_operator())
    client.raise_request_exception = False
    strict = [route for route in ROUTES if not route.startswith(RELAXED_PREFIXES) and route not in LIBRARY]
    assert len(strict) > 20
    for route in strict:
        answer = client.get(route)
        rules = policy(answer)
        for kind in ("default-src", "script-src", "style-src", "form-action"):
            assert set(rules[kind]) <= {"'self'"}, f"{route}: {kind} {rules[kind]}"
        assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"], route
        if "text/html" in answer.headers.get("Content-Type", "") and hasattr(answer, "content"):
            assert inline(answer.content.decode()) == [], route


def inline(page: str) -> list[str]:
    """Scripts with code in them, style elements, handlers and style attributes."""
    scripts = re.findall(r"<script(?![^>]*(?:\bsrc=|type=\"application/(?:ld\+)?json\"))[^>]*>", page)
    return scripts + re.findall(r"<style\b|<[a-z][^<>]*\s(?:on[a-z]+|style)=[\"']", page)


@pytest.mark.django_db
def test_the_admin_alone_is_relaxed() -> None:
    rules = policy(Client().get("/admin/login/"))
    assert "'unsafe-inline'" in rules["script-src"]
    assert RELAXED_PREFIXES == ("/admin/", "/desk/")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_evaluate_nothing_and_write_no_markup(path: Path) -> None:
    found = re.findall(
        r"\beval\(|new Function|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write", path.read_text()
    )
    assert found == [], "text goes into the page as text"
