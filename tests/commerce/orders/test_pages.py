"""The buyer's pages: the list, a purchase, an order and what can be done with it (2.25)."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commerce.catalog.downloading import add_file
from commerce.orders import history, machines, panels, placing, preparing, shipping, stepping
from commerce.orders.models import Axis, Order
from community.foundation import clock
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.orders import PICKUP, a_purchase, an_order
from tests.factories.quotes import an_asked
from tests.factories.specifications import VALUES, a_schema

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def page(address, member):
    reply = logged_in(member).get(address, headers={"Accept-Language": "en"})
    assert reply.status_code == 200, address
    return reply.content.decode()


def press(address, member, **fields):
    return logged_in(member).post(address, fields, headers={"Accept-Language": "en"})


def buyer_of(order):
    return order.purchase.member


def sent(order, **what):
    shipping.ship(by=seller_of(order.vendor), order_id=order.pk, **what)
    return Order.objects.get(pk=order.pk)


def test_guests_are_asked_to_log_in():
    order = an_order()
    for address in ("/orders/", order.get_absolute_url(), order.purchase.get_absolute_url()):
        reply = logged_in(None).get(address)
        assert (reply.status_code, reply["Location"]) == (302, f"/accounts/login/?next={address}")


def test_a_newcomer_is_shown_the_shop():
    assert "Nothing ordered yet" in page("/orders/", a_member())


def test_the_list_shows_purchases_newest_first_with_what_can_be_done_next():
    member = a_member()
    old = a_purchase(a_product("Moon lamp").variants.get(), by=member)
    order = old.orders.get()
    sent(order, carrier="cj", tracking="68 1234")
    shop = a_shop("Green Field")
    new = a_purchase(*[a_product(title, vendor=shop).variants.get() for title in ("Kettle", "Cup", "Pot")], by=member)
    text = page("/orders/", member)
    assert text.index(new.number) < text.index(old.number)
    assert "Kettle and 2 more" in text
    assert "Green Field" in text
    assert "Sent on" in text
    assert f"/orders/{order.number}/confirm/" not in text
    assert "wblNo=681234" in text
    assert f"/orders/{new.orders.get().number}/cancel/" in text
    shipping.deliver(by=member, order_id=order.pk)
    assert f"/orders/{order.number}/confirm/" in page("/orders/", member)


def test_what_was_never_paid_is_in_no_list_but_what_is_being_paid_is():
    member = a_member()
    expired, waiting = (a_purchase(by=member, placed=False) for _number in range(2))
    placing.expire(expired, reason="abandoned")
    stepping.step(waiting, Axis.PAYMENT, "begun")
    text = page("/orders/", member)
    assert expired.number not in text
    assert waiting.number in text


def test_the_list_asks_the_same_number_of_queries_at_one_row_and_at_twenty():
    counts = []
    for number in (1, 20):
        member = a_member()
        for _purchase in range(number):
            sent(a_purchase(by=member).orders.get(), carrier="cj", tracking="1")
        browser = logged_in(member)
        browser.get("/orders/")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            browser.get("/orders/")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_older_purchases_are_on_the_next_page():
    member = a_member()
    numbers = []
    for day in range(21):
        with clock.shifted(dt.timedelta(days=day)):
            numbers.append(a_purchase(by=member).number)
    first = page("/orders/", member)
    assert numbers[0] not in first
    following = re.search(r'href="(\?cursor=[^"]+)"', first)
    assert following is not None
    assert numbers[0] in page("/orders/" + following[1].replace("&amp;", "&"), member)


def test_an_order_says_where_it_stands_what_it_holds_and_what_happened():
    schema = a_schema()
    asked = an_asked(
        schema.product.variants.get(), 2, unit_price=150_000, specification=VALUES, schema=schema, label="Mina"
    )
    order = an_order(asked, off=10_000, points=500)
    sent(order, carrier="hanjin", tracking="111222")
    text = page(order.get_absolute_url(), buyer_of(order))
    assert "On its way" in text
    assert "with Hanjin" in text
    assert "62.5 cm" in text
    assert "Mina" in text
    for amount in ("₩300,000", "-₩10,000", "₩3,000", "-₩500", "₩292,500"):
        assert amount in text, amount
    assert "Vendor&#x27;s coupon for the cart" in text
    happened = [
        text.index(words) for words in ("Everything was sent", "The vendor accepted the order", "The order went to")
    ]
    assert happened == sorted(happened)
    assert f"by {order.vendor.name}" in text
    assert "wblnum=111222" in text


def test_only_what_is_possible_now_is_offered():
    order = an_order()
    member, address = buyer_of(order), order.get_absolute_url()
    offered = {name: f"{address}{name}/" for name in ("cancel", "arrived", "confirm")}
    assert [name for name, link in offered.items() if link in page(address, member)] == ["cancel"]
    preparing.confirm(by=seller_of(order.vendor), order_id=order.pk)
    assert [name for name, link in offered.items() if link in page(address, member)] == []
    sent(order)
    assert [name for name, link in offered.items() if link in page(address, member)] == ["arrived", "confirm"]
    shipping.deliver(by=member, order_id=order.pk)
    assert [name for name, link in offered.items() if link in page(address, member)] == ["confirm"]
    press(offered["confirm"], member)
    assert [name for name, link in offered.items() if link in page(address, member)] == []


def test_others_find_no_order_and_no_purchase():
    order = an_order()
    for stranger in (a_member(), seller_of(a_shop())):
        browser = logged_in(stranger)
        for address in (
            order.get_absolute_url(),
            order.purchase.get_absolute_url(),
            f"{order.get_absolute_url()}cancel/",
        ):
            assert browser.get(address).status_code == 404
        for act in ("confirm", "arrived", "cancel"):
            assert browser.post(f"{order.get_absolute_url()}{act}/").status_code == 404
        assert browser.get(f"/purchases/{order.purchase.number}/receipt/").status_code == 404
        assert browser.get(f"/purchases/{order.purchase.number}/receipt.pdf").status_code == 404


def test_the_vendor_sees_the_order_as_the_buyer_does_without_the_code_or_the_acts():
    order = an_order(method=PICKUP)
    text = page(order.get_absolute_url(), seller_of(order.vendor))
    assert "This is what the buyer sees" in text
    assert order.pickup_code not in text.replace(" ", "")
    assert f"{order.get_absolute_url()}cancel/" not in text
    code = f"{order.pickup_code[:4]} {order.pickup_code[4:]}"
    assert code in page(order.get_absolute_url(), buyer_of(order))
    assert logged_in(seller_of(order.vendor)).get(order.purchase.get_absolute_url()).status_code == 404


def test_what_is_between_vendor_and_site_is_not_told_to_the_buyer():
    order = an_order()
    sent(order)
    shipping.deliver(by=buyer_of(order), order_id=order.pk)
    order = Order.objects.get(pk=order.pk)
    assert "wallet" in {one.icon for one in history.told(order, seller_of(order.vendor), to_vendor=True)}
    assert "wallet" not in {one.icon for one in history.told(order, buyer_of(order))}
    assert "held until nothing can come back" not in page(order.get_absolute_url(), buyer_of(order))


def test_every_step_has_words():
    events = {(axis, rule.event) for axis, rules in machines.TABLES.items() for rule in rules}
    assert events - set(history.HAPPENED) == set()


def test_a_part_is_cancelled_on_the_page():
    order = an_order((a_variant(), 3))
    line = order.lines.get(kind="item")
    address = f"{order.get_absolute_url()}cancel/"
    assert f'name="line-{line.pk}" value="3"' in page(address, buyer_of(order))
    reply = press(address, buyer_of(order), **{f"line-{line.pk}": "2", "reason": "Too many"})
    assert (reply.status_code, reply["Location"]) == (302, order.get_absolute_url())
    line.refresh_from_db()
    assert line.cancelled == 2
    text = page(order.get_absolute_url(), buyer_of(order))
    assert "2 cancelled" in text
    assert "Too many" in text


@pytest.mark.parametrize("number", ["4", "-1", "1.5", "many"])
def test_a_wrong_number_is_said_beside_its_field_and_nothing_is_lost(number):
    order = an_order((a_variant(), 3))
    line = order.lines.get(kind="item")
    reply = press(
        f"{order.get_absolute_url()}cancel/", buyer_of(order), **{f"line-{line.pk}": number, "reason": "Too many"}
    )
    assert reply.status_code == 400
    text = reply.content.decode()
    assert "errorlist" in text
    assert "Too many" in text
    line.refresh_from_db()
    assert line.cancelled == 0


def test_who_chooses_nothing_is_told_to_choose():
    order = an_order()
    line = order.lines.get(kind="item")
    reply = press(f"{order.get_absolute_url()}cancel/", buyer_of(order), **{f"line-{line.pk}": "0"})
    assert reply.status_code == 400
    assert "Choose at least one thing" in reply.content.decode()


def test_who_comes_too_late_to_cancel_is_told_what_to_do():
    order = an_order()
    line = order.lines.get(kind="item")
    preparing.confirm(by=seller_of(order.vendor), order_id=order.pk)
    assert "cannot be called off with one click any more" in page(f"{order.get_absolute_url()}cancel/", buyer_of(order))
    reply = press(f"{order.get_absolute_url()}cancel/", buyer_of(order), **{f"line-{line.pk}": "1"})
    assert reply.status_code == 400


def test_files_are_under_their_title_while_the_order_stands():
    product = a_product("Knitting pattern", kind="digital")
    add_file(by=seller_of(product.vendor), product=product, file=BytesIO(b"knit"), name="pattern.pdf", size=4)
    order = an_order(product.variants.get(), address=None)
    text = page(order.get_absolute_url(), buyer_of(order))
    assert "pattern.pdf" in text
    assert "Ready to download" in text


def test_an_operator_sees_any_order():
    order = an_order()
    assert "This is what the buyer sees" in page(order.get_absolute_url(), an_operator())


def test_an_address_that_is_kept_no_more_is_said_so():
    order = an_order(address={"name": ""})
    assert "not kept any more" in page(order.get_absolute_url(), buyer_of(order))


def test_other_apps_add_to_the_page(monkeypatch):
    order = an_order()
    panel = panels.Panel("tests", "acts", 10, lambda row, request: ("commerce/orders/_menu.html", {}))
    monkeypatch.setitem(panels._panels, "tests", panel)
    text = page(order.get_absolute_url(), buyer_of(order))
    assert text.count('href="/orders/">') == page("/orders/", a_member()).count('href="/orders/">') + 2


FULFILMENTS = (
    "waiting",
    "proofing",
    "approved",
    "in_production",
    "ready",
    "shipped",
    "delivered",
    "purchase_confirmed",
)
STATES = [*(("confirmed", one) for one in FULFILMENTS), *((one, "waiting") for one in ("draft", "placed", "cancelled"))]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_state_has_a_page_of_its_own_words(language):
    order = an_order()
    browser = logged_in(buyer_of(order))
    heads = set()
    for state, fulfilment in STATES:
        Order.objects.filter(pk=order.pk).update(state=state, fulfilment=fulfilment, promised_on=clock.today())
        reply = browser.get(order.get_absolute_url(), headers={"Accept-Language": language})
        assert reply.status_code == 200
        heads.add(re.search(r'id="stands">([^<]+)<', reply.content.decode())[1])
    assert len(heads) == len(STATES)
