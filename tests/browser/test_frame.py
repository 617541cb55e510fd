"""The frame that every page stands in."""

import pytest

from tests.browser.conftest import is_wider_than_its_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


PATHS = ["/kit/", "/accounts/login/", "/accounts/signup/"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_fit_their_window_and_speak_the_browsers_language(open_page, width, language) -> None:
    page = open_page(PATHS[0], width=width, language=language)
    for path in PATHS:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("main").count() == 1
        assert not is_wider_than_its_window(page)


def test_the_dark_scheme_is_followed(open_page) -> None:
    light, dark = (
        open_page("/accounts/login/", scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    )
    assert (light, dark) == ("rgb(251, 250, 247)", "rgb(21, 23, 26)")
