"""Watching: one watch a member and thing, for something that can come true; nobody else's (2.16)."""

import pytest
from django.db import IntegrityError, transaction

from commerce.catalog import offering, variants
from commerce.watches import conf, watching
from commerce.watches.errors import (
    NoPriceToFall,
    NoSuchVariant,
    NotBelowPrice,
    NothingWatched,
    TooManyWatched,
    WatchedAlready,
)
from commerce.watches.models import Watch
from commerce.watches.watching import Wishes
from community.foundation.problems import NotThere
from community.members import erasure, export
from tests.factories.catalog import a_product, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.watches import a_watch

pytestmark = pytest.mark.django_db
SIZES = [{"name": "Size", "values": ["S", "L"]}]


def test_it_knows_the_price_at_which_it_began():
    watch = a_watch(product=a_product(price=12_000))
    assert (watch.known_price, watch.target_price, watch.told_at) == (12_000, None, None)


def test_a_watch_of_a_variant_knows_the_price_of_the_variant():
    product = a_product(price=9_000, options=SIZES)
    large = a_variant(product, price=15_000, Size="L")
    assert a_watch(product=product, variant=large).known_price == 15_000
    assert a_watch(product=product).known_price == 9_000


def test_without_a_wish_for_prices_no_price_is_kept():
    assert a_watch(back_in_stock=True).known_price is None


def test_the_same_thing_is_not_watched_twice():
    watch = a_watch()
    with pytest.raises(WatchedAlready):
        a_watch(watch.member, watch.product)
    assert Watch.objects.count() == 1


def test_put_changes_what_is_watched_already():
    watch = a_watch()
    again = watching.put(by=watch.member, product=watch.product, wishes=Wishes(back_in_stock=True))
    assert (again.pk, again.price_fall, again.known_price) == (watch.pk, False, None)
    assert Watch.objects.count() == 1


@pytest.mark.parametrize(
    ("wishes", "problem"),
    [
        (Wishes(), NothingWatched),
        (Wishes(back_in_stock=True, target_price=5_000), NoPriceToFall),
        (Wishes(price_fall=True, target_price=10_000), NotBelowPrice),
        (Wishes(price_fall=True, target_price=10**12), NotBelowPrice),
    ],
)
def test_what_can_never_come_true_is_refused(wishes, problem):
    with pytest.raises(problem):
        watching.watch(by=a_member(), product=a_product(price=10_000), wishes=wishes)
    assert not Watch.objects.exists()


def test_a_variant_of_another_product_or_one_sold_no_more_is_refused():
    product, other = a_product(options=SIZES), a_variant()
    gone = a_variant(product, Size="L")
    variants.retire(by=seller_of(product.vendor), variant=gone)
    for variant in (other, gone):
        with pytest.raises(NoSuchVariant):
            a_watch(product=product, variant=variant)
    assert not Watch.objects.exists()


@pytest.mark.parametrize("state", ["draft", "paused", "removed"])
def test_what_is_not_on_sale_is_not_there(state):
    product = a_product(listed=state != "draft")
    if state == "paused":
        offering.pause_product(by=seller_of(product.vendor), product=product)
    if state == "removed":
        offering.remove_product(by=seller_of(product.vendor), product=product)
    for by in (a_member(), seller_of(product.vendor)):
        with pytest.raises(NotThere):
            a_watch(by, product)


def test_there_is_room_for_so_many_and_no_more(monkeypatch):
    monkeypatch.setattr(conf, "MOST", 1)
    watch = a_watch()
    with pytest.raises(TooManyWatched):
        a_watch(watch.member)
    assert a_watch().pk


def test_a_change_leaves_what_is_not_named_and_knows_the_price_of_today():
    watch = a_watch(product=a_product(price=10_000), price_fall=True, target_price=4_000)
    variant = watch.product.variants.get()
    variants.change_price(by=seller_of(watch.product.vendor), variant=variant, price=8_000)
    changed = watching.change(by=watch.member, watch_id=watch.pk, back_in_stock=True)
    assert (changed.back_in_stock, changed.price_fall, changed.target_price) == (True, True, 4_000)
    assert changed.known_price == 8_000


def test_without_prices_the_target_goes_too():
    watch = a_watch(price_fall=True, target_price=4_000)
    changed = watching.change(by=watch.member, watch_id=watch.pk, back_in_stock=True, price_fall=False)
    assert (changed.target_price, changed.known_price) == (None, None)


def test_a_change_to_nothing_is_refused():
    watch = a_watch(price_fall=True)
    with pytest.raises(NothingWatched):
        watching.change(by=watch.member, watch_id=watch.pk, price_fall=False)
    watch.refresh_from_db()
    assert watch.price_fall


def test_nobody_touches_what_others_watch():
    watch, stranger = a_watch(), a_member()
    with pytest.raises(NotThere):
        watching.change(by=stranger, watch_id=watch.pk, price_fall=False)
    watching.end(by=stranger, watch_id=watch.pk)
    watching.end_asleep(by=stranger)
    assert Watch.objects.get() == watch
    assert not Watch.objects.visible_to(stranger).exists()
    assert not Watch.objects.visible_to(seller_of(watch.product.vendor)).exists()


def test_it_is_ended_once_and_again():
    watch = a_watch()
    for _time in range(2):
        watching.end(by=watch.member, watch_id=watch.pk)
    assert not Watch.objects.exists()


def test_what_is_off_sale_sleeps_and_can_be_ended_all_at_once():
    awake, asleep = a_watch(), None
    asleep = a_watch(awake.member)
    offering.pause_product(by=seller_of(asleep.product.vendor), product=asleep.product)
    assert list(Watch.objects.visible_to(awake.member)) == [awake]
    assert watching.end_asleep(by=awake.member) == 1
    assert list(Watch.objects.all()) == [awake]


def test_it_is_exported_and_erased_with_the_member():
    watch = a_watch(target_price=3_000, price_fall=True)
    rows = dict(export.rows(watch.member))["commerce_watches.Watch.member"]
    assert [(row["product"], row["target_price"], row["known_price"]) for row in rows] == [
        (str(watch.product_id), 3_000, 10_000)
    ]
    erasure.sweep(watch.member)
    assert not Watch.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("watches_for_something", {"back_in_stock": False, "price_fall": False, "known_price": None}),
        ("watches_knows_a_price_to_fall_from", {"known_price": None}),
        ("watches_knows_a_price_to_fall_from", {"price_fall": False}),
        ("watches_knows_a_price_to_fall_from", {"price_fall": False, "known_price": None, "target_price": 5}),
        ("watches_target_price_not_negative", {"target_price": -1}),
    ],
)
def test_the_database_refuses_what_cannot_be(constraint, fields):
    a_watch()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Watch.objects.update(**fields)


def test_the_database_refuses_a_second_watch_of_a_thing_without_a_variant_too():
    watch = a_watch()
    with pytest.raises(IntegrityError, match="watches_once_a_member_and_thing"), transaction.atomic():
        Watch.objects.create(member=watch.member, product=watch.product, back_in_stock=True)
