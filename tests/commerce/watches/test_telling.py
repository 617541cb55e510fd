"""Who waits is told once, of what is true when it arrives: back in stock, a lower price (2.16)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.catalog import offering, variants
from commerce.stock import counting, holding
from commerce.watches import telling
from commerce.watches.models import Watch
from community.members.models import Member
from community.notifications import kinds
from community.notifications.listing import page_of_notices
from community.notifications.models import Letter, Notice
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.stock import a_source, a_stock, soon, wanted
from tests.factories.watches import a_watch

pytestmark = pytest.mark.django_db
SIZES = [{"name": "Size", "values": ["S", "L"]}]


def receive(variant, quantity=5):
    return counting.receive(by=seller_of(variant.product.vendor), variant=variant, quantity=quantity)


def reprice(variant, price):
    variants.change_price(by=seller_of(variant.product.vendor), variant=variant, price=price)


def sell_out(stock):
    holding.hold(lines=wanted((stock, stock.available)), source=a_source(), until=soon())


def told(member, kind):
    return Notice.objects.filter(member=member, kind=kind).count()


def times(member, kind):
    return sum(Notice.objects.filter(member=member, kind=kind).values_list("count", flat=True))


def test_who_waits_for_stock_is_told_by_page_and_letter_and_the_watch_ends(relay):
    variant = a_variant()
    watch = a_watch(product=variant.product, back_in_stock=True)
    receive(variant)
    relay()
    notice = Notice.objects.get(member=watch.member)
    assert (notice.kind, notice.target_kind, notice.target_id) == (telling.BACK, "variant", variant.pk)
    assert Letter.objects.filter(member=watch.member).count() == 1
    assert not Watch.objects.exists()
    holding.hold(lines=wanted((variant.stock, 5)), source=("purchase", variant.pk), until=soon())
    holding.release(("purchase", variant.pk))
    relay()
    assert times(watch.member, telling.BACK) == 1


def test_of_a_watch_for_both_the_wish_for_a_price_stays(relay):
    watch = a_watch()
    receive(watch.product.variants.get())
    relay()
    watch.refresh_from_db()
    assert (watch.back_in_stock, watch.price_fall) == (False, True)


def test_a_watch_made_anew_is_told_anew(relay):
    stock = a_stock(0)
    watch = a_watch(product=stock.variant.product, back_in_stock=True)
    stock = receive(stock.variant)
    relay()
    sell_out(stock)
    a_watch(watch.member, watch.product, back_in_stock=True)
    receive(stock.variant)
    relay()
    assert times(watch.member, telling.BACK) == 2


def test_what_was_sold_again_before_anyone_was_told_is_not_told(relay):
    variant = a_variant()
    watch = a_watch(product=variant.product, back_in_stock=True)
    sell_out(receive(variant))
    relay()
    assert not Notice.objects.filter(member=watch.member).exists()
    watch.refresh_from_db()
    assert watch.back_in_stock


def test_who_waits_for_one_variant_is_not_told_of_another(relay):
    product = a_product(options=SIZES)
    small, large = product.variants.get(), a_variant(product, Size="L")
    for_large, for_any = a_watch(product=product, variant=large), a_watch(product=product)
    receive(small)
    relay()
    assert (told(for_large.member, telling.BACK), told(for_any.member, telling.BACK)) == (0, 1)


def test_who_waits_for_the_product_and_for_the_variant_is_told_once(relay):
    product = a_product(options=SIZES)
    small, member = product.variants.get(), a_member()
    a_watch(member, product, back_in_stock=True)
    a_watch(member, product, small, back_in_stock=True)
    receive(small)
    relay()
    assert times(member, telling.BACK) == 1
    assert not Watch.objects.exists()


def test_who_waits_for_a_price_is_told_of_each_lower_one_and_of_no_other(relay):
    variant = a_variant(price=10_000)
    watch = a_watch(product=variant.product, price_fall=True)
    for price, expected in ((9_000, 1), (12_000, 1), (9_500, 1), (9_000, 1), (8_000, 2)):
        reprice(variant, price)
        relay()
        assert times(watch.member, telling.FALL) == expected, price
    watch.refresh_from_db()
    assert (watch.known_price, watch.told_at is not None) == (8_000, True)
    notice = Notice.objects.get(member=watch.member)
    assert (notice.target_kind, notice.target_id) == ("variant_price", variant.pk)
    assert Letter.objects.filter(member=watch.member).count() == 1  # one that waits tells of both


def test_a_price_of_ones_own_is_told_whenever_it_is_reached_from_above(relay):
    variant = a_variant(price=10_000)
    watch = a_watch(product=variant.product, price_fall=True, target_price=8_000)
    for price, expected in ((9_000, 0), (8_000, 1), (8_000, 1), (7_500, 2), (7_900, 2), (9_000, 2), (8_000, 3)):
        reprice(variant, price)
        relay()
        assert times(watch.member, telling.FALL) == expected, price


def test_a_price_that_went_up_again_before_anyone_was_told_is_not_told(relay):
    variant = a_variant(price=10_000)
    watch = a_watch(product=variant.product, price_fall=True)
    reprice(variant, 5_000)
    reprice(variant, 10_000)
    relay()
    assert not Notice.objects.filter(member=watch.member).exists()
    watch.refresh_from_db()
    assert watch.known_price == 10_000


def test_two_changes_before_anyone_was_told_are_one_fall(relay):
    variant = a_variant(price=10_000)
    watch = a_watch(product=variant.product, price_fall=True)
    reprice(variant, 9_000)
    reprice(variant, 8_000)
    relay()
    assert times(watch.member, telling.FALL) == 1


def test_a_fall_above_the_lowest_price_is_news_of_the_variant_alone(relay):
    product = a_product(price=5_000, options=SIZES)
    large = a_variant(product, price=10_000, Size="L")
    for_any, for_large = a_watch(product=product, price_fall=True), a_watch(product=product, variant=large)
    reprice(large, 7_000)
    relay()
    assert (told(for_any.member, telling.FALL), told(for_large.member, telling.FALL)) == (0, 1)
    reprice(large, 4_000)
    relay()
    assert (told(for_any.member, telling.FALL), times(for_large.member, telling.FALL)) == (1, 2)


@pytest.mark.parametrize("off", [offering.pause_product, offering.remove_product])
def test_what_is_not_on_sale_is_not_told_of(relay, off):
    variant = a_variant(price=10_000)
    product, by = variant.product, seller_of(variant.product.vendor)
    watch = a_watch(product=product)
    relay()
    receive(variant)
    reprice(variant, 5_000)
    off(by=by, product=product)
    relay()
    assert not Notice.objects.filter(member=watch.member).exists()


def test_what_happened_while_it_was_paused_is_told_when_it_is_on_sale_again(relay):
    variant = a_variant(price=10_000)
    product, by = variant.product, seller_of(variant.product.vendor)
    watch = a_watch(product=product)
    offering.pause_product(by=by, product=product)
    receive(variant)
    reprice(variant, 5_000)
    relay()
    assert not Notice.objects.filter(member=watch.member).exists()
    offering.list_product(by=by, product=product)
    relay()
    assert (told(watch.member, telling.BACK), told(watch.member, telling.FALL)) == (1, 1)


def test_a_product_that_is_gone_for_good_is_watched_no_more(relay):
    watch = a_watch()
    offering.remove_product(by=seller_of(watch.product.vendor), product=watch.product)
    relay()
    assert not Watch.objects.exists()


def test_the_notice_says_what_and_for_how_much_and_leads_to_the_variant(relay, settings):
    settings.LANGUAGE_CODE = "en"
    product = a_product("A kettle", price=10_000, options=SIZES)
    small, member = product.variants.get(), a_member(language="en")
    a_watch(member, product)
    receive(small)
    reprice(small, 9_000)
    relay()
    shown: dict[str, Any] = {row.notice.kind: row for row in page_of_notices(member, cursor=None).items}
    assert shown[telling.BACK].text == "“A kettle · S” can be bought again"
    assert shown[telling.FALL].text == "It costs less now: A kettle · S · ₩9,000"
    assert shown[telling.FALL].url.endswith(f"?variant={small.pk}")


def test_both_kinds_can_be_switched_off():
    for name in (telling.BACK, telling.FALL):
        assert kinds.named(name).always == frozenset()


def test_telling_many_costs_as_many_queries_as_telling_one(relay):
    counted = []
    for number in (1, 20):
        variant = a_variant(price=10_000)
        for _watcher in range(number):
            a_watch(product=variant.product)
        receive(variant)
        reprice(variant, 9_000)
        variant.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            assert telling.tell_back(variant) == number
            assert telling.tell_price(variant) == number
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert Member.objects.filter(notices__isnull=False).distinct().count() >= 21
