"""What axe-core finds on the main pages, in both schemes: nothing. It stands beside this file and is never served."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from community.ideas.models import Idea
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, an_operator
from tests.factories.moderation import a_case
from tests.factories.polls import a_poll
from tests.factories.reviews import a_review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent / "axe" / "axe.min.js"
OPEN = ("/", "/boards/", "/topics/", "/tags/", "/search/?q=bread", "/moderation/log/", "/terms/", "/kit/")
GUESTS = ("/accounts/login/", "/accounts/signup/")
MEMBERS = ("/unread/", "/bookmarks/", "/drafts/", "/notifications/", "/moderation/")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url}: {one['id']} ({one['help']}): {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}"
        for one in found["violations"]
    ]


@pytest.fixture
def courtyard() -> list[str]:
    """A topic of every kind; gives their addresses, the composer's and a case's."""
    question = a_board(kind="question")
    topic = a_topic(board=question, title="Bread", tags=["bread"], body="Does **rye** keep?")
    a_post(topic, by=a_member("baker"))
    ideas: Idea = an_idea()
    flagged = a_case(a_post(topic))
    a_review()
    return [
        topic.get_absolute_url(),
        ideas.topic.get_absolute_url(),
        a_poll().topic.get_absolute_url(),
        a_poll(kind="ranked").topic.get_absolute_url(),
        a_complaint().topic.get_absolute_url(),
        question.get_absolute_url(),
        f"{question.get_absolute_url()}new/",
        flagged.get_absolute_url(),
        "/members/baker/",
    ]


@pytest.mark.parametrize(("scheme", "language", "width"), [("light", "ko", 390), ("dark", "en", 1280)])
def test_axe_finds_nothing_on_the_pages_of_members(open_page, courtyard, scheme, language, width) -> None:
    member = an_operator(language=language)
    page = open_page("/", scheme=scheme, language=language, width=width, member=member)
    found = []
    for path in (*OPEN, *MEMBERS, *courtyard):
        page.goto(path)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize(("scheme", "language", "width"), [("dark", "ko", 390), ("light", "en", 1280)])
def test_axe_finds_nothing_on_the_pages_of_guests(open_page, courtyard, scheme, language, width) -> None:
    page = open_page("/", scheme=scheme, language=language, width=width)
    found = []
    for path in (*OPEN, *GUESTS, courtyard[0], courtyard[1]):
        page.goto(path)
        found += violations(page)
    assert found == []
