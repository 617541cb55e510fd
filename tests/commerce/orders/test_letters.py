"""Who is told of which step, and in which words (2.25)."""

import pytest
from django.utils import translation

from commerce.orders import cancelling, confirming, handlers, placing, preparing, proofing, shipping, stepping
from commerce.orders.models import Axis, Order
from community.foundation import clock, counters
from community.notifications.composing import compose
from community.notifications.models import Letter
from community.outbox.events import Event
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.orders import PICKUP, a_purchase, an_order
from tests.factories.quotes import an_asked
from tests.factories.specifications import VALUES, a_schema
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


def kinds_of(member):
    return sorted(member.notices.values_list("kind", flat=True))


def ship(order):
    shipping.ship(by=seller_of(order.vendor), order_id=order.pk, carrier="cj", tracking="1")


def test_the_buyer_is_told_once_a_purchase_and_each_vendor_of_its_order(relay):
    lamp, kettle = a_product("Moon lamp").variants.get(), a_product("Kettle").variants.get()
    purchase = a_purchase(lamp, kettle)
    relay()
    assert kinds_of(purchase.member) == ["order_paid"]
    for order in purchase.orders.all():
        assert kinds_of(seller_of(order.vendor)) == ["order_new"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_letters_name_what_was_bought_and_lead_to_it(relay, language):
    member = a_member(language=language)
    order = an_order(a_product("Moon lamp").variants.get(), by=member)
    ship(order)
    relay()
    composed = compose(list(Letter.objects.filter(member=member)))
    texts = [words.text for words in composed.values()]
    assert len(texts) == 2
    assert all("Moon lamp" in text and order.purchase.number in text for text in texts)
    assert any(order.get_absolute_url() in text for text in texts)
    with translation.override(language):
        sent = str(translation.gettext("“%(title)s” is on its way to you.")).split("%(title)s")[1].strip("”")
    assert any(sent in text for text in texts)


def test_staff_read_of_a_new_order_and_are_led_to_the_desk(relay):
    order = an_order()
    relay()
    seller = seller_of(order.vendor)
    [words] = compose(list(Letter.objects.filter(member=seller))).values()
    assert f"/desk/commerce_orders/order/{order.pk}/change/" in words.text


def test_nothing_is_told_of_what_came_too_late_and_went_back(relay):
    purchase = a_purchase(placed=False)
    placing.expire(purchase)
    stepping.step(purchase, Axis.PAYMENT, "captured")
    relay()
    assert kinds_of(purchase.member) == []


def test_each_step_of_the_way_is_told_to_the_buyer(relay):
    order = an_order()
    member = order.purchase.member
    ship(order)
    shipping.deliver(by=seller_of(order.vendor), order_id=order.pk)
    relay()
    assert kinds_of(member) == ["order_arrived", "order_paid", "order_sent"]
    picked = an_order(method=PICKUP)
    preparing.make_ready(by=seller_of(picked.vendor), order_id=picked.pk)
    relay()
    assert kinds_of(picked.purchase.member) == ["order_paid", "order_ready"]


def test_nobody_is_told_of_what_they_did_themselves(relay):
    order = an_order()
    member = order.purchase.member
    ship(order)
    shipping.deliver(by=member, order_id=order.pk)
    confirming.confirm_purchase(by=member, order_id=order.pk)
    relay()
    assert "order_arrived" not in kinds_of(member)


def test_the_other_side_is_told_of_a_cancellation(relay):
    by_buyer, by_vendor = an_order(), an_order()
    cancelling.cancel_lines(by=by_buyer.purchase.member, order_id=by_buyer.pk)
    cancelling.cancel_lines(by=seller_of(by_vendor.vendor), order_id=by_vendor.pk, reason="Broken")
    relay()
    assert "order_called_off" in kinds_of(seller_of(by_buyer.vendor))
    assert "order_cancelled" not in kinds_of(by_buyer.purchase.member)
    assert "order_cancelled" in kinds_of(by_vendor.purchase.member)
    assert "order_called_off" not in kinds_of(seller_of(by_vendor.vendor))


def test_files_that_were_there_at_once_did_not_arrive(relay):
    order = an_order(a_product(kind="digital").variants.get(), address=None)
    relay()
    assert kinds_of(order.purchase.member) == ["order_paid"]


def test_proofs_and_answers_are_told(relay):
    order = an_order(a_schema().product.variants.get())
    seller = seller_of(order.vendor)
    proofing.send_proof(by=seller, order_id=order.pk, text="As on the sketch")
    proofing.approve_proof(by=order.purchase.member, order_id=order.pk)
    relay()
    assert "order_proof" in kinds_of(order.purchase.member)
    assert "order_proof_answered" in kinds_of(seller)


def test_how_often_it_was_sold_is_counted_and_counts_down_again(relay):
    variant = a_variant()
    order = an_order((variant, 3))
    an_order(variant)
    relay()
    variant.product.refresh_from_db()
    assert variant.product.sold_count == 4
    line = order.lines.get(kind="item")
    cancelling.cancel_lines(by=order.purchase.member, order_id=order.pk, lines={line.pk: 2})
    relay()
    variant.product.refresh_from_db()
    assert variant.product.sold_count == 2
    counter = next(one for one in counters.all_counters() if one.field == "sold_count")
    assert list(counter.wrong()) == []
    variant.product.sold_count = 9
    variant.product.save(update_fields=["sold_count"])
    assert counter.mend() == 1


def test_pictures_that_the_buyer_wants_made_after_are_shown_to_the_vendor(relay):
    schema = a_schema()
    member = a_member()
    upload = an_upload(member)
    values = {**VALUES, "drawing": str(upload.pk)}
    order = an_order(an_asked(schema.product.variants.get(), schema=schema, specification=values), by=member)
    seller = seller_of(order.vendor)
    assert not type(upload).objects.visible_to(seller).filter(pk=upload.pk).exists()
    relay()
    assert type(upload).objects.visible_to(seller).filter(pk=upload.pk).exists()
    assert not type(upload).objects.visible_to(seller_of(a_shop())).filter(pk=upload.pk).exists()


def test_a_step_of_an_order_that_is_told_twice_is_told_once(relay):
    order = an_order()
    ship(order)
    step = Order.objects.get(pk=order.pk).events.get(event="shipped")
    payload = {"order": str(order.pk), "purchase": str(order.purchase_id), "step": str(step.pk)}
    relay()
    handlers.tell_that_it_left(Event("order.shipped", str(order.pk), payload))
    assert kinds_of(order.purchase.member).count("order_sent") == 1
    assert clock.now() >= step.at
