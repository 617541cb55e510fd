"""One story through the courtyard, as people live it: someone reads, joins, asks, is answered, votes, reviews, finds,
is flagged, and is told what a moderator decided. Every page of it fits its window, and no console complains."""

import re
from typing import Any

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from community.boards.models import Post, Topic
from community.boards.publishing import publish_post
from community.members.models import Member
from community.moderation.models import Case
from community.reviews.models import Review
from tests.browser.conftest import is_wider_than_its_window
from tests.factories.boards import a_board, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import PASSWORD, a_member, an_operator
from tests.factories.polls import a_poll
from tests.factories.subjects import a_subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES = {"ko": "도서관에서 빌린 책에 메모가 있어요", "en": "Notes in a library book: whose are they?"}
BODIES = {
    "ko": "연필로 **작게** 쓴 메모예요. 지워도 될까요?",
    "en": "They are in **small** pencil. May I rub them out?",
}
ANSWERS = {"ko": "사서에게 먼저 물어보세요.", "en": "Ask the librarian first."}
WORDS = {"ko": "도서관", "en": "library"}
SIZES = pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])


def said(words: str, language: str) -> str:
    """What the site says for these English words."""
    with translation.override(language):
        return gettext(words)


def go(page: Page, path: str) -> None:
    page.goto(path)
    assert not is_wider_than_its_window(page), path


def press(page: Page, words: str, language: str) -> None:
    """Press the button of the main column that carries these words, and stay until its page stands."""
    with page.expect_navigation():
        page.locator("#main").get_by_role("button", name=said(words, language), exact=True).press("Enter")
    assert not is_wider_than_its_window(page), page.url


def join(page: Page, language: str) -> Member:
    """Sign up by the page and the letter, then log in; gives who joined."""
    go(page, "/accounts/signup/")
    page.fill('input[name="email"]', "sori@example.org")
    page.fill('input[name="username"]', "sori")
    page.fill('input[name="password1"]', PASSWORD)
    page.check('input[name="terms"]')
    press(page, "Join", language)
    [letter] = mail.outbox
    assert letter.to == ["sori@example.org"]
    go(page, re.search(r"https?://[^/]+(/accounts/\S+)", letter.body)[1])
    with page.expect_navigation():
        page.locator("#main form button[type=submit]").first.click()
    page.fill('input[name="login"]', "sori@example.org")
    page.fill('input[name="password"]', PASSWORD)
    with page.expect_navigation():
        page.locator('input[name="password"]').press("Enter")
    expect(page.locator(".bottom .avatar, .top .avatar").first).to_be_attached()
    member = Member.objects.get(username="sori")
    assert member.joined_at is not None
    return member


def ask(page: Page, board: Any, language: str) -> Topic:
    """Ask by the composer, whose preview is what the page shows later."""
    go(page, f"/boards/{board.slug}/new/")
    page.fill('input[name="title"]', TITLES[language])
    page.locator(".composer-preview > summary").click()
    page.fill('textarea[name="body"]', BODIES[language])
    expect(page.locator(".composer-preview strong")).to_have_count(1)
    press(page, "Publish", language)
    topic = Topic.objects.get(title=TITLES[language])
    assert page.url.endswith(topic.get_absolute_url())
    expect(page.locator(".post-body strong")).to_have_count(1)
    return topic


@SIZES
def test_from_the_first_visit_to_the_accepted_answer(open_page, language, width) -> None:
    board = a_board(kind="question")
    older = a_topic(board=board, title="Is the well open in winter?")
    page = open_page("/", width=width, language=language)
    page.get_by_role("link", name=older.title).first.click()
    expect(page.locator("h1")).to_have_text(older.title)
    expect(page.get_by_role("link", name=said("Log in to answer", language))).to_be_visible()

    asker = join(page, language)
    topic = ask(page, board, language)
    neighbour = open_page(topic.get_absolute_url(), width=width, language=language, member=a_member(language=language))
    neighbour.fill('textarea[name="body"]', ANSWERS[language])
    press(neighbour, "Answer", language)
    assert neighbour.url.endswith("#post-2")
    expect(neighbour.locator("#post-2 .post-body")).to_have_text(ANSWERS[language])

    go(page, topic.get_absolute_url())
    press(page, "This answers it", language)
    expect(page.locator("#post-2")).to_contain_text(said("Accepted answer", language))
    topic.refresh_from_db()
    assert (topic.author, topic.answer) == (asker, topic.posts.get(number=2))
    go(page, f"/boards/{board.slug}/")
    expect(page.locator(f"#row-{topic.pk}").get_by_text(said("answered", language), exact=True)).to_be_visible()


@SIZES
def test_a_member_votes_reviews_and_finds(open_page, language, width) -> None:
    member, subject = a_member(language=language), a_subject("Moonlight Lamp")
    idea, poll = an_idea(), a_poll(options=("Tea", "Coffee"))
    found = a_topic(title=TITLES[language], body=BODIES[language])
    page = open_page(idea.topic.get_absolute_url(), width=width, language=language, member=member)
    page.locator(".idea-vote").click()
    expect(page.locator(".idea-vote")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".idea-vote strong")).to_have_text("1")

    go(page, poll.topic.get_absolute_url())
    page.get_by_label("Coffee").check()
    page.get_by_role("button", name=said("Vote", language), exact=True).click()
    expect(page.locator(".poll-mine .poll-text")).to_have_text("Coffee")
    assert poll.ballots.get().member == member

    go(page, f"{subject.get_absolute_url()}reviews/new/")
    page.locator('input[name="rating"][value="4"]').check()
    page.fill('textarea[name="body"]', ANSWERS[language])
    press(page, "Publish", language)
    assert Review.objects.get(author=member).rating == 4

    go(page, "/search/")
    page.fill("#search-q", WORDS[language])
    press(page, "Search", language)
    expect(page.locator(".search-results h2 a").first).to_have_attribute("href", found.get_absolute_url())


@SIZES
def test_a_flag_is_decided_and_the_author_is_told(open_page, relay, language, width) -> None:
    author, topic = a_member(language=language), a_topic(board=a_board())
    post = publish_post(by=author, topic=topic, body="Gold coins, half price, only today!")
    page = open_page(topic.get_absolute_url(), width=width, language=language, member=a_member(language=language))
    page.locator("#post-2").get_by_role("link", name=said("Flag", language)).click()
    page.locator('input[name="reason"][value="spam"]').check()
    press(page, "Send the flag", language)

    keeper = open_page("/moderation/", width=width, language=language, member=an_operator(language=language))
    keeper.locator(".case-title").click()
    assert not is_wider_than_its_window(keeper)
    keeper.locator('input[name="outcome"][value="hidden"]').check()
    keeper.locator('textarea[name="reason"]').first.fill("It only sells.")
    press(keeper, "Decide", language)
    assert Case.objects.get().state == Case.State.DECIDED
    assert Post.objects.get(pk=post.pk).state == "hidden"

    relay()
    told = open_page("/notifications/", width=width, language=language, member=author)
    assert not is_wider_than_its_window(told)
    told.locator(".notice-row.is-unread .notice-text").click()
    expect(told.locator("article")).to_contain_text("It only sells.")
    go(told, "/moderation/log/")
    expect(told.locator(".cases")).to_contain_text("It only sells.")
    go(page, topic.get_absolute_url())
    expect(page.locator(".post")).to_have_count(1)
    expect(page.locator("main")).not_to_contain_text("Gold coins")


def test_an_answer_is_written_with_the_keyboard_alone(open_page) -> None:
    topic, member = a_topic(), a_member(language="en")
    page = open_page(topic.get_absolute_url(), language="en", member=member)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if page.evaluate("document.activeElement.name") == "body":
            break
        assert seen != "none", page.evaluate("document.activeElement.outerHTML")
    page.keyboard.type("With **keys** alone.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#post-2 .post-body strong")).to_have_text("keys")
    assert Post.objects.get(number=2).author == member
