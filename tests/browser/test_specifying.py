"""Made to order in a real browser: the price follows what is entered, and the page fits every window (2.13)."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import is_wider_than_its_window
from tests.factories.members import a_member
from tests.factories.specifications import a_schema, a_specification

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_the_price_follows_what_is_entered(open_page, language, width):
    product = a_schema().product
    page = open_page(product.get_absolute_url(), language=language, width=width, member=a_member())
    price = page.locator(".specification-price tfoot strong")
    expect(price).to_have_text("₩90,000")
    page.check('input[value="walnut"]')
    expect(price).to_have_text("₩120,000")
    page.fill('input[name="spec-width"]', "62.5")
    expect(price).to_have_text("₩140,813")
    page.fill('input[name="spec-width"]', "9999")
    expect(page.locator(".specification-wanting")).to_be_visible()
    expect(price).to_have_text("₩120,000")
    assert not is_wider_than_its_window(page)


def test_ones_usual_is_filled_in_and_reused_with_one_click(open_page):
    kept = a_specification(name="Window")
    page = open_page("/settings/specifications/", language="en", width=390, member=kept.member)
    assert not is_wider_than_its_window(page)
    page.get_by_role("link", name="Use it again").click()
    expect(page.locator('input[name="spec-width"]')).to_have_value("62.5")
    expect(page.locator(".specification-price tfoot strong")).to_have_text("₩145,813")
