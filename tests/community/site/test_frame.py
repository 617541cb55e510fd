"""The frame of every page: what it holds for guests, what for members, and the choices made in it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory

from community.foundation import fragments
from community.site import legal
from community.site.choices import COOKIE_CHOICE, on_language
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


def test_a_guests_page_is_the_same_for_every_guest_and_holds_no_token(client: Client) -> None:
    shown = []
    for guest in (client, Client()):
        cache.clear()
        answer = guest.get("/kit/")
        assert not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        shown.append(re.sub(r"<time.*?</time>", "", answer.content.decode()))
    assert shown[0] == shown[1]


def test_a_guest_gets_a_token_on_asking_and_may_send_it_back(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.get("/csrf/")
    assert "no-store" in answer["Cache-Control"]
    assert strict.post("/cookies/", {"choice": "measuring"}).status_code == 403
    chosen = strict.post("/cookies/", {"choice": "measuring"}, headers={"X-CSRFToken": answer.json()["token"]})
    assert chosen.status_code == 302
    assert chosen.cookies[COOKIE_CHOICE].value == "measuring"


def test_a_choice_of_cookies_that_is_none_changes_nothing(client: Client) -> None:
    answer = client.post("/cookies/", {"choice": "everything"})
    assert answer.status_code == 200
    assert COOKIE_CHOICE not in answer.cookies


def test_the_chosen_language_is_kept_and_shown(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/kit/?errors=1"})
    assert answer["Location"] == "/kit/?errors=1"
    assert '<html lang="en">' in client.get("/kit/").content.decode()
    client.post("/language/", {"language": "ko", "next": "/kit/"})
    assert '<html lang="ko">' in client.get("/kit/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choosing_a_language_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.post("/language/", {"language": "en", "next": back})["Location"] == "/"


def test_an_unknown_language_is_not_kept(client: Client) -> None:
    assert not client.post("/language/", {"language": "xx", "next": "/"}).cookies


def test_apps_that_know_the_member_hear_of_the_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("community.site.choices._keepers", [])
    on_language(lambda request, code: heard.append(code))
    client.post("/language/", {"language": "en", "next": "/"})
    assert heard == ["en"]


def test_a_member_keeps_the_chosen_language_on_every_device() -> None:
    member = a_member(language="ko")
    logged_in(member).post("/language/", {"language": "en", "next": "/kit/"})
    assert '<html lang="en">' in logged_in(member).get("/kit/").content.decode()


def test_a_member_sees_the_own_menu_and_no_way_to_join() -> None:
    member = a_member("haneul")
    page = logged_in(member).get("/kit/").content.decode()
    assert "@haneul" in page
    assert "/accounts/signup/" not in page


def test_every_part_of_the_frame_can_be_reached_by_keyboard(client: Client) -> None:
    page = client.get("/kit/").content.decode()
    assert page.index('href="#main"') < page.index("<header")
    assert '<main class="main" id="main" tabindex="-1">' in page
    assert not re.search(r'tabindex="[1-9]', page)


def test_what_an_app_puts_into_a_place_is_shown_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("community.foundation.fragments._filled", fragments.defaultdict(list))
    fragments.fill("rail", "kit/progress.html", lambda request, about: {"label": "later", "share": 2}, order=60)
    fragments.fill("rail", "kit/progress.html", lambda request, about: {"label": "sooner", "share": 1}, order=10)
    fragments.fill("rail", "kit/progress.html", lambda request, about: None)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    shown = Template('{% load frame %}{% place "rail" %}').render(Context({"request": request}))
    assert shown.index("sooner") < shown.index("later")
    with pytest.raises(ValueError, match="no place"):
        fragments.fill("attic", "kit/progress.html", lambda request, about: {})


def test_parts_in_others_pages_bring_their_style(client: Client) -> None:
    assert 'href="/static/css/community/reactions.css"' in client.get("/terms/").content.decode()


def test_the_manifest_names_the_place_and_icons_that_exist(client: Client) -> None:
    about = client.get("/manifest.webmanifest").json()
    assert {icon["sizes"] for icon in about["icons"]} == {"192x192", "512x512", "any"}
    assert about["start_url"] == "/"


@pytest.mark.parametrize("name", ["terms", "privacy"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_documents_stand_in_both_languages_with_their_version(client: Client, name: str, language: str) -> None:
    client.post("/language/", {"language": language, "next": "/"})
    page = client.get(f"/{name}/").content.decode()
    assert legal.VERSIONS[name] in page
    assert page.count("<h2>") >= 9
    assert ("회원" in page.split("<article")[1]) is (language == "ko")


def test_both_languages_of_a_document_have_the_same_parts() -> None:
    for name in legal.VERSIONS:
        parts = [
            len(re.findall("<h2>", get_template(f"community/site/legal/_{name}_{language}.html").template.source))
            for language in legal.LANGUAGES
        ]
        assert parts[0] == parts[1]


def test_the_service_worker_keeps_the_page_for_no_connection_and_nothing_of_anyone(client: Client) -> None:
    worker = client.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    kept = re.findall(r'"(/[^"]*)"', worker.content.decode())
    assert "/offline/" in kept
    assert all(file.startswith("/static/") for file in kept if file != "/offline/")
    assert client.get("/offline/").status_code == 200


def test_a_page_that_is_not_there_helps_on(client: Client) -> None:
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert 'href="/"' in page
    assert "noindex" in page


def test_a_form_from_elsewhere_is_refused_with_a_page_that_names_the_request(client: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/cookies/", {"choice": "measuring"})
    assert answer.status_code == 403
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", answer.content.decode())
