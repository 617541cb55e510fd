"""The button on a product's page and the list of what one watches, with and without JavaScript (2.16)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.catalog import offering
from commerce.watches.models import Watch
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.stock import a_stock
from tests.factories.watches import a_watch

pytestmark = pytest.mark.django_db
MINE = "/watches/"
SIZES = [{"name": "Size", "values": ["S", "L"]}]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def page(reply, status=200):
    assert reply.status_code == status, reply.content
    return reply.content.decode()


def address(product):
    return f"/shop/{product.slug}/watch/"


def test_a_guest_is_led_to_log_in_and_back(client):
    product = a_product()
    text = page(client.get(product.get_absolute_url()))
    assert f"/accounts/login/?next={address(product)}" in text
    assert client.get(MINE).status_code == 302


def test_one_that_is_sold_out_offers_to_tell_when_it_is_back():
    text = page(logged_in(a_member()).get(a_product().get_absolute_url()))
    assert 'name="back_in_stock" id="id_back_in_stock" checked' in text
    assert 'name="price_fall" id="id_price_fall" checked' not in text


def test_one_that_can_be_bought_offers_to_tell_of_a_lower_price():
    product = a_stock(3).variant.product
    text = page(logged_in(a_member()).get(product.get_absolute_url()))
    assert 'name="price_fall" id="id_price_fall" checked' in text
    assert "It costs ₩10,000 now." in text


def test_it_is_watched_by_a_button_without_javascript():
    member, product = a_member(), a_product(price=12_000)
    browser = logged_in(member)
    reply = browser.post(address(product), {"target_price": "9,000"})
    watch = Watch.objects.get()
    assert (watch.member, watch.price_fall, watch.back_in_stock, watch.target_price) == (member, True, False, 9_000)
    assert reply.url == product.get_absolute_url()
    text = page(browser.get(reply.url))
    assert "You will be told." in text
    assert "You are told when it costs ₩9,000 or less." in text


def test_a_variant_is_watched_where_there_are_several():
    product = a_product(options=SIZES)
    large = a_variant(product, price=15_000, Size="L")
    browser = logged_in(a_member())
    assert "Any of them" in page(browser.get(f"{product.get_absolute_url()}?variant={large.pk}"))
    reply = browser.post(address(product), {"which": str(large.pk), "price_fall": "on"})
    assert reply.url == f"{product.get_absolute_url()}?variant={large.pk}"
    assert Watch.objects.get().variant == large
    assert "You are told when it costs less than ₩15,000." in page(browser.get(reply.url))
    browser.post(address(product), {"which": "", "price_fall": "on", "variant": str(large.pk)})
    assert Watch.objects.filter(variant=None).count() == 1


def test_htmx_gets_the_panel_alone():
    product = a_product()
    text = page(logged_in(a_member()).post(address(product), {"back_in_stock": "on"}, headers=HTMX))
    assert text.lstrip().startswith("<section")
    assert "You are told when it can be bought again." in text
    assert "You will be told." in text


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({}, "Choose at least one of the two"),
        ({"target_price": "10000"}, "It costs no more than that already."),
        ({"target_price": "cheap"}, "That is no amount of money."),
        ({"target_price": "-5"}, "That is no amount of money."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_does_not_fit_comes_back_with_what_was_entered(entered, words, headers):
    product = a_product(price=10_000)
    text = page(logged_in(a_member()).post(address(product), entered, headers=headers), 400)
    assert words in text
    assert '<details class="watch-more" open>' in text
    assert f'value="{entered.get("target_price", "")}"' in text or not entered
    assert ("<html" in text) == (not headers)
    assert not Watch.objects.exists()


@pytest.mark.parametrize("which", ["nonsense", "019a0000-0000-7000-8000-000000000000"])
def test_a_variant_that_is_none_is_refused(which):
    product = a_product(options=SIZES)
    a_variant(product, Size="L")
    page(logged_in(a_member()).post(address(product), {"which": which, "price_fall": "on"}), 400)
    assert not Watch.objects.exists()


def test_a_second_press_changes_what_is_watched():
    watch = a_watch()
    logged_in(watch.member).post(address(watch.product), {"back_in_stock": "on"})
    watch.refresh_from_db()
    assert (watch.back_in_stock, watch.price_fall) == (True, False)


def test_what_is_not_on_sale_has_no_button_and_takes_no_wish():
    product = a_product(listed=False)
    owner = logged_in(seller_of(product.vendor))
    assert 'id="watch"' not in page(owner.get(product.get_absolute_url()))
    assert owner.post(address(product), {"back_in_stock": "on"}).status_code == 404
    assert logged_in(a_member()).get(address(product)).status_code == 404
    assert not Watch.objects.exists()


def test_the_list_says_what_is_waited_for_and_what_it_costs():
    product = a_product("A kettle", price=10_000)
    watch = a_watch(product=product, price_fall=True, target_price=8_000)
    browser = logged_in(watch.member)
    text = page(browser.get(MINE))
    assert "A kettle" in text
    assert "You are told when it costs ₩8,000 or less." in text
    assert "Sold out" in text
    assert "You watch nothing yet" in page(logged_in(a_member()).get(MINE))
    assert browser.post(f"{MINE}{watch.pk}/end/").url == MINE
    assert "You watch nothing yet" in page(browser.get(MINE))


def test_it_is_ended_on_the_products_page():
    watch = a_watch()
    browser, end = logged_in(watch.member), f"{MINE}{watch.pk}/end/"
    text = page(browser.post(end, {"from": "product"}, headers=HTMX))
    assert "You watch it no more." in text
    assert "You are told when" not in text
    assert browser.post(end, {"from": "product"}).url == MINE  # again: there is nothing left to show
    assert not Watch.objects.exists()


def test_others_watches_are_neither_shown_nor_ended():
    watch = a_watch()
    stranger = logged_in(a_member())
    assert watch.product.title not in page(stranger.get(MINE))
    stranger.post(f"{MINE}{watch.pk}/end/", {"from": "product"})
    assert Watch.objects.get() == watch


def test_what_sleeps_is_counted_without_its_name_and_ended_at_once():
    watch = a_watch(product=a_product("A kettle"))
    offering.pause_product(by=seller_of(watch.product.vendor), product=watch.product)
    browser = logged_in(watch.member)
    text = page(browser.get(MINE))
    assert "1 thing that you watch is not on sale at present." in text
    assert "A kettle" not in text
    browser.post(f"{MINE}asleep/end/")
    assert not Watch.objects.exists()


def test_the_way_to_it_is_in_the_members_menu():
    assert f'href="{MINE}"' in page(logged_in(a_member()).get("/shop/"))


def test_the_list_costs_the_same_at_one_row_and_at_twenty():
    member, counted = a_member(), []
    browser = logged_in(member)
    for more in (1, 19):
        for number in range(more):
            product = a_product(options=[{"name": "Size", "values": ["S"]}])
            a_watch(member, product, product.variants.get() if number % 2 == 0 else None)
        browser.get(MINE)
        with CaptureQueriesContext(connection) as queries:
            page(browser.get(MINE))
        counted.append(len(queries))
    assert counted[0] == counted[1]
