"""The shelf in the browser: what one owns, what one adds, and the way to more of it (2.17)."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.translation import override

from commerce.cart.models import CartLine
from commerce.catalog import downloading, offering
from commerce.shelf.models import Thing
from community.foundation import clock
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review
from tests.factories.shelf import a_thing, an_arrived_order, bought_thing, things_of
from tests.factories.specifications import WOOD, a_schema
from tests.factories.stock import a_stock

pytestmark = pytest.mark.django_db
SHELF = "/shelf/"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def page(reply, status=200):
    assert reply.status_code == status, reply.content
    return reply.content.decode()


def lead(thing, verb=""):
    return f"{SHELF}{thing.pk}/{verb}"


def test_a_guest_is_led_to_log_in(client):
    assert client.get(SHELF).status_code == 302


def test_what_was_bought_stands_there_with_receipt_warranty_and_the_way_to_a_review():
    thing = bought_thing(a_product("Moon lamp", warranty_months=24).variants.get())
    text = page(logged_in(thing.member).get(SHELF))
    assert "Moon lamp" in text
    with override("en"):
        assert f"Warranty until {date_format(thing.warranty_until)}" in text
    assert f"/purchases/{thing.line.order.purchase.number}/receipt/" in text
    assert f"/subjects/{thing.line.product.subject.slug}/reviews/new/" in text
    assert "Buy again" in text


def test_a_review_given_stands_instead_of_the_way_to_one():
    thing = bought_thing()
    review = a_review(thing.line.product.subject, by=thing.member, rating=5)
    browser = logged_in(thing.member)
    text = page(browser.get(SHELF))
    assert f'href="/reviews/{review.pk}/"' in text
    assert "Say what you think" not in text
    assert "You have said what you think of everything" in page(browser.get(f"{SHELF}?show=due"))


def test_files_and_options_stand_there_too():
    product = a_product("Pattern", kind="digital")
    file = downloading.add_file(
        by=seller_of(product.vendor), product=product, file=ContentFile(b"x"), name="pattern.pdf", size=1
    )
    thing = bought_thing(product.variants.get())
    browser = logged_in(thing.member)
    assert f"/shop/{product.slug}/files/{file.pk}/" in page(browser.get(f"{SHELF}?show=files"))
    sized = a_product("Shirt", options=[{"name": "Size", "values": ["S", "L"]}])
    large = a_variant(sized, Size="L")
    things_of(an_arrived_order(large, by=thing.member))
    assert '<p class="owned-words">L</p>' in page(browser.get(SHELF))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Warranty ends today"),
        (1, "Warranty ends in 1 day"),
        (30, "Warranty ends in 30 days"),
        (-1, "Warranty ended on"),
    ],
)
def test_a_warranty_that_ends_soon_or_is_over_says_so(days, words):
    thing = a_thing(bought_on=dt.date(2020, 1, 1))
    end = clock.now().astimezone(dt.timezone(dt.timedelta(hours=9))).date() + dt.timedelta(days=days)
    Thing.objects.filter(pk=thing.pk).update(warranty_until=end)
    browser = logged_in(thing.member)
    assert words in page(browser.get(SHELF))
    assert ("Old kettle" in page(browser.get(f"{SHELF}?show=warranty"))) == (days >= 0)


def test_only_what_came_with_an_order_is_shown_when_that_is_asked_for():
    member = a_member()
    first, second = (bought_thing(a_product(title).variants.get(), by=member) for title in ("Moon lamp", "Shade"))
    text = page(logged_in(member).get(f"{SHELF}?show=due&order={first.line.order.number}"))
    assert "Moon lamp" in text
    assert "Shade" not in text
    assert second.line.order.number not in text


def test_something_from_elsewhere_is_added_changed_and_taken_off():
    member = a_member()
    browser = logged_in(member)
    assert "What is it?" in page(browser.get(f"{SHELF}new/"))
    reply = browser.post(f"{SHELF}new/", {"title": "Old kettle", "price": "30,000", "bought_on": "2024-05-03"})
    assert reply.url == SHELF
    thing = Thing.objects.get()
    assert (thing.price, thing.member) == (30_000, member)
    text = page(browser.get(SHELF))
    assert "It stands on your shelf." in text
    assert "From elsewhere" in text
    assert "Buy again" not in text
    assert 'value="Old kettle"' in page(browser.get(lead(thing)))
    browser.post(lead(thing), {"title": "Kettle", "name": "Mother's", "hidden": "on"})
    thing.refresh_from_db()
    assert (thing.title, thing.name, thing.hidden) == ("Kettle", "Mother's", True)
    assert "Mother&#x27;s" in page(browser.get(f"{SHELF}?show=hidden"))
    assert "Your shelf is still empty" in page(browser.get(SHELF))
    assert "Take it off your shelf?" in page(browser.get(lead(thing, "removal/")))
    assert browser.post(lead(thing, "removal/")).url == SHELF
    assert not Thing.objects.exists()


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({}, "This field is required."),
        ({"title": "K", "price": "cheap"}, "That is no amount of money."),
        ({"title": "K", "bought_on": "2999-01-01"}, "That day is still to come."),
        ({"title": "K", "bought_on": "2024-05-03", "warranty_until": "2024-05-01"}, "A warranty ends after the day"),
        ({"title": "K", "about": "no-such-page"}, "There is no such page."),
    ],
)
def test_what_does_not_fit_comes_back_with_what_was_entered(entered, words):
    text = page(logged_in(a_member()).post(f"{SHELF}new/", entered), 400)
    assert words in text
    assert not entered or 'value="K"' in text
    assert not Thing.objects.exists()


def test_what_was_bought_here_gets_a_name_and_a_note_and_is_not_taken_off():
    thing = bought_thing()
    browser = logged_in(thing.member)
    assert 'name="title"' not in page(browser.get(lead(thing)))
    browser.post(lead(thing), {"name": "The blue one", "note": "Serial 7", "title": "Gold"})
    thing.refresh_from_db()
    assert (thing.name, thing.note, thing.title) == ("The blue one", "Serial 7", "")
    assert browser.post(lead(thing, "removal/")).status_code == 409
    assert Thing.objects.exists()


def test_it_is_bought_again_as_it_was_at_todays_price():
    thing = bought_thing()
    a_stock(5, variant=thing.line.variant)
    browser = logged_in(thing.member)
    assert browser.post(lead(thing, "again/")).url == "/cart/"
    line = CartLine.objects.get()
    assert (line.variant, line.quantity, line.cart.member) == (thing.line.variant, 1, thing.member)


def test_what_cannot_be_had_as_it_was_leads_to_its_page_with_the_reason():
    thing = bought_thing(a_product("Ring", kind="made_to_order").variants.get())
    product = thing.line.product
    browser = logged_in(thing.member)
    a_schema(WOOD, product=product)  # it was sold when nothing had to be specified
    reply = browser.post(lead(thing, "again/"), follow=True)
    assert reply.redirect_chain == [(product.get_absolute_url(), 302)]
    offering.pause_product(by=seller_of(product.vendor), product=product)
    assert "Buy again" not in page(browser.get(SHELF))
    assert browser.post(lead(thing, "again/")).url == "/shop/"
    assert browser.post(lead(a_thing(thing.member), "again/")).url == "/shop/"
    assert not CartLine.objects.exists()


def test_things_of_others_are_not_there():
    thing = a_thing()
    stranger = logged_in(a_member())
    for verb in ("", "removal/"):
        assert stranger.get(lead(thing, verb)).status_code == 404
    for verb in ("", "removal/", "again/"):
        assert stranger.post(lead(thing, verb), {"title": "Mine"}).status_code == 404
    assert Thing.objects.get().title == "Old kettle"


def test_the_page_of_an_order_asks_its_buyer_how_they_like_it():
    thing = bought_thing()
    address = thing.line.order.get_absolute_url()
    assert "How do you like it?" in page(logged_in(thing.member).get(address))
    assert "How do you like it?" not in page(logged_in(seller_of(thing.line.order.vendor)).get(address))
    a_review(thing.line.product.subject, by=thing.member)
    assert "How do you like it?" not in page(logged_in(thing.member).get(address))


def test_what_cannot_be_shown_is_said_and_the_menu_leads_here():
    browser = logged_in(a_member())
    assert browser.get(f"{SHELF}?show=everything").status_code == 400
    assert f'href="{SHELF}"' in page(browser.get("/shop/"))


def test_the_list_costs_the_same_at_one_row_and_at_twenty():
    member, counted = a_member(), []
    browser = logged_in(member)
    for more in (1, 19):
        for number in range(more):
            bought_thing(a_product(f"Thing {more} {number}").variants.get(), by=member)
        browser.get(SHELF)
        with CaptureQueriesContext(connection) as queries:
            page(browser.get(SHELF))
        counted.append(len(queries))
    assert counted[0] == counted[1]
