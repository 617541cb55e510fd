"""What a reader does with keys, light, cookies and menus in the frame."""

import pytest

from community.site.choices import COOKIE_CHOICE
from tests.browser.conftest import is_wider_than_its_window
from tests.factories.boards import a_board, a_topic
from tests.factories.members import a_member
from tests.factories.reviews import a_review
from tests.factories.subjects import a_category, a_subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_chosen_light_stays_on_the_next_page_without_a_flash(open_page) -> None:
    page = open_page("/kit/", scheme="light")
    page.locator('[data-theme="dark"]').click()
    page.goto("/terms/", wait_until="commit")
    page.wait_for_selector("body")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.locator('[data-theme="system"]').click()
    assert page.locator("html").get_attribute("data-bs-theme") == "light"


def test_the_question_about_cookies_is_asked_once(open_page) -> None:
    page = open_page("/kit/", language="en")
    bar = page.locator("#cookie-choice")
    assert bar.is_visible()
    with page.expect_response("**/cookies/") as answer:
        bar.get_by_role("button", name="Only what is needed").click()
    assert answer.value.status in {200, 302}
    page.goto("/terms/")
    assert page.locator("#cookie-choice").is_hidden()
    assert {"name": COOKIE_CHOICE, "value": "necessary"}.items() <= next(
        cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE_CHOICE
    ).items()


def test_keys_lead_about_and_never_act_while_someone_types(open_page) -> None:
    board = a_board()
    titles = [a_topic(board=board).title for _ in range(3)]
    page = open_page(f"/boards/{board.slug}/?order=new", language="en")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent.trim()") == titles[1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent.trim()") == titles[2]
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    assert page.locator("#shortcuts dt").count() > 5
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/boards/")
    page.goto("/accounts/login/")
    page.locator('input[name="login"]').type("gb?jk")
    assert page.url.endswith("/accounts/login/")
    assert page.locator("#shortcuts").is_hidden()


def test_a_strip_that_scrolls_on_its_own_never_widens_the_page(open_page) -> None:
    category = a_category()
    liked = [a_subject(f"Thing {number}", category=category) for number in range(7)]
    for member in (a_member(), a_member()):
        for subject in liked:
            a_review(subject, by=member, rating=5, body="")
    page = open_page(liked[0].get_absolute_url(), width=390, language="en")
    page.locator("#related").scroll_into_view_if_needed()
    page.wait_for_selector("#related .subject-strip li:nth-child(6)")
    assert page.evaluate("document.querySelector('.subject-strip').scrollWidth") > 390
    assert not is_wider_than_its_window(page)


def test_single_keys_can_be_switched_off(open_page) -> None:
    page = open_page("/kit/", language="en")
    page.keyboard.press("?")
    page.get_by_label("Use single keys as shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("h")
    assert page.url.endswith("/kit/")


def test_the_members_menu_opens_by_key_and_closes_on_escape(open_page) -> None:
    page = open_page("/kit/", language="en", member=a_member("haneul", language="en"))
    summary = page.get_by_label("Your menu")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("@haneul").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_text("@haneul").is_hidden()
    assert summary.evaluate("element => element === document.activeElement")


def test_guidance_that_was_closed_stays_closed(open_page) -> None:
    board = a_board()
    page = open_page(f"/boards/{board.slug}/new/", member=a_member())
    guide = page.locator('[data-guidance="topic"]')
    assert guide.is_visible()
    guide.locator("[data-guidance-close]").click()
    page.reload()
    assert guide.is_hidden()


def test_menus_open_without_any_script(chromium, live_server) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    page.goto("/kit/")
    assert page.locator("#cookie-choice").is_hidden()
    page.locator("#menus summary").first.click()
    assert page.locator("#menus .menu-items").first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/kit/", "/terms/", "/privacy/", "/cookies/"])
def test_every_page_of_ours_fits_a_narrow_phone(open_page, path: str, scheme: str) -> None:
    a_topic(title="A title that is rather long and does not want to end before it has said all of what it is about")
    page = open_page(path, width=360, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
