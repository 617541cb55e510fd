"""The page of the checkout (2.22, 2.23): one form, the sum that is charged, and what is wrong beside its field."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commerce.catalog import variants
from commerce.orders.models import Purchase
from tests.factories.catalog import seller_of
from tests.factories.checkout import a_full_cart, goods
from tests.factories.delivery import ISLAND, a_method, an_address
from tests.factories.members import a_member, logged_in
from tests.factories.orders import ADDRESS
from tests.factories.points import granted

pytestmark = pytest.mark.django_db
PAGE = "/checkout/"


def opened(client: Client):
    reply = client.get(PAGE)
    assert reply.status_code == 200
    return reply


def said(reply, **more) -> dict:
    """What a browser would send of the page as it opens, with what the buyer enters."""
    form = reply.context["form"]
    found = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    found["agreed"] = reply.context["found"].quote.total
    return {**found, **more}


def test_it_is_bought_by_a_newcomer_who_writes_an_address() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000)
    client = logged_in(a_full_cart(cup))
    reply = client.post(PAGE, said(opened(client), **ADDRESS))
    purchase = Purchase.objects.get()
    assert (reply.status_code, reply.url) == (302, purchase.get_absolute_url())
    assert (purchase.payment, purchase.total, purchase.address["postcode"]) == ("captured", 13_000, ADDRESS["postcode"])


def test_the_address_used_last_is_proposed() -> None:
    member = a_full_cart(goods())
    kept = an_address(member)
    client = logged_in(member)
    page = opened(client)
    assert page.context["form"]["address"].value() == str(kept.pk)
    client.post(PAGE, said(page))
    assert Purchase.objects.get().address["line1"] == kept.line1


def test_the_same_page_sent_twice_buys_once() -> None:
    member = a_full_cart(goods())
    an_address(member)
    client = logged_in(member)
    body = said(opened(client))
    replies = [client.post(PAGE, body), client.post(PAGE, body)]
    assert {reply.url for reply in replies if reply.status_code == 302} <= {
        Purchase.objects.get().get_absolute_url(),
        "/cart/",
    }


def test_what_is_wrong_in_an_address_stands_beside_its_field_and_nothing_is_lost() -> None:
    client = logged_in(a_full_cart(goods()))
    reply = client.post(PAGE, said(opened(client), **{**ADDRESS, "postcode": "12"}))
    assert "postcode" in reply.context["form"].errors
    assert ADDRESS["line1"] in reply.text
    assert not Purchase.objects.exists()


def test_a_price_that_rose_is_said_and_bought_only_when_it_was_seen() -> None:
    cup = goods(10_000)
    member = a_full_cart(cup)
    an_address(member)
    client = logged_in(member)
    body = said(opened(client))
    variants.change_price(by=seller_of(cup.product.vendor), variant=cup, price=12_000)
    refused = client.post(PAGE, body)
    assert refused.context["form"].non_field_errors()
    assert not Purchase.objects.exists()
    client.post(PAGE, {**body, "agreed": 12_000})
    assert Purchase.objects.get().total == 12_000


def test_a_declined_card_leaves_the_cart_and_another_try_goes_through() -> None:
    member = a_full_cart(goods())
    an_address(member)
    client = logged_in(member)
    refused = client.post(PAGE, said(opened(client), payment_method="sandbox-declined"))
    assert refused.context["form"].non_field_errors()
    again = client.post(PAGE, said(refused, payment_method="sandbox"))
    assert again.status_code == 302
    assert Purchase.objects.filter(payment="captured").count() == 1


def test_the_sums_follow_what_is_chosen() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000, remote_fee=2_000)
    member = a_full_cart(cup)
    granted(member, 1_500)
    an_address(member)
    client = logged_in(member)
    body = said(opened(client))
    island = client.post(f"{PAGE}sums/", {**body, "address": "new", **ISLAND, "points": 1_500})
    assert (island.status_code, island.context["found"].quote.total) == (200, 13_500)
    assert "13,500" in island.text


def test_more_points_than_one_has_are_refused_beside_the_field() -> None:
    member = a_full_cart(goods())
    granted(member, 10)
    an_address(member)
    client = logged_in(member)
    reply = client.post(PAGE, said(opened(client), points=11))
    assert "points" in reply.context["form"].errors


def test_an_empty_cart_leads_back_to_it() -> None:
    assert logged_in(a_member()).get(PAGE).url == "/cart/"


def test_guests_log_in_first() -> None:
    assert "/log-in/" in Client().get(PAGE).url or "login" in Client().get(PAGE).url


def test_the_page_costs_the_same_with_one_line_and_with_twenty() -> None:
    asked = []
    for number in (1, 20):
        member = a_full_cart(*[goods() for _line in range(number)])
        client = logged_in(member)
        opened(client)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            opened(client)
        asked.append(len(queries))
    assert asked[0] == asked[1]
