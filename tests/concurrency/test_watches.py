"""Rivals for a watch: one a member and thing, no more than there is room for, told once (item 2.16)."""

import pytest

from commerce.catalog.models import Variant
from commerce.catalog.variants import change_price
from commerce.watches import conf, telling, watching
from commerce.watches.errors import TooManyWatched, WatchedAlready
from commerce.watches.models import Watch
from commerce.watches.watching import Wishes
from community.members.models import Member
from community.notifications.models import Notice
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.catalog import a_product, seller_of
from tests.factories.members import a_member
from tests.factories.stock import a_stock
from tests.factories.watches import a_watch

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = Wishes(back_in_stock=True, price_fall=True)


def begins(member, product):
    return lambda: watching.watch(by=Member.objects.get(pk=member.pk), product=product, wishes=BOTH)


def puts(member, product):
    return lambda: watching.put(by=Member.objects.get(pk=member.pk), product=product, wishes=BOTH)


def test_without_the_lock_there_is_more_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(conf, "MOST", 1)
    monkeypatch.setattr(watching, "_own_locked", lambda by: Watch.objects.filter(member=by))
    meeting, member = meet_before(monkeypatch, watching, "_save"), a_member()
    race(begins(member, a_product()), begins(member, a_product()))
    assert meeting.happened
    assert Watch.objects.count() == 2


def test_there_is_room_for_so_many_whoever_presses_at_once(monkeypatch):
    monkeypatch.setattr(conf, "MOST", 1)
    meeting, member = meet_before(monkeypatch, watching, "_save"), a_member()
    outcomes = race(begins(member, a_product()), begins(member, a_product()))
    assert not meeting.happened
    assert [type(one.raised) for one in outcomes if one.raised] == [TooManyWatched]
    assert Watch.objects.count() == 1


def test_eight_presses_make_one_watch():
    member, product = a_member(), a_product()
    outcomes = race(*[begins(member, product)] * 8)
    assert [type(one.raised) for one in outcomes if one.raised] == [WatchedAlready] * 7
    assert all_went_well(race(*[puts(member, product)] * 8))
    assert Watch.objects.count() == 1


def test_two_workers_tell_once(monkeypatch):
    variant = a_stock(3).variant
    watch = a_watch(product=variant.product)
    meeting = meet_before(monkeypatch, telling, "_tell")
    outcomes = race(*[lambda: telling.tell_back(Variant.objects.get(pk=variant.pk))] * 2)
    assert all_went_well(outcomes)
    assert not meeting.happened
    assert sorted(one.value for one in outcomes) == [0, 1]
    assert Notice.objects.get(member=watch.member).count == 1


def test_two_workers_at_one_fall_tell_once(monkeypatch):
    variant = a_stock(3).variant
    a_watch(product=variant.product)
    change_price(by=seller_of(variant.product.vendor), variant=variant, price=9_000)
    meeting = meet_before(monkeypatch, telling, "_tell")
    outcomes = race(*[lambda: telling.tell_price(Variant.objects.get(pk=variant.pk))] * 2)
    assert all_went_well(outcomes)
    assert not meeting.happened
    assert sorted(one.value for one in outcomes) == [0, 1]


def test_who_ends_it_while_it_is_told_leaves_nothing_behind():
    variant = a_stock(3).variant
    watch = a_watch(product=variant.product)
    outcomes = race(
        lambda: telling.tell_back(Variant.objects.get(pk=variant.pk)),
        lambda: watching.end(by=Member.objects.get(pk=watch.member_id), watch_id=watch.pk),
    )
    assert all_went_well(outcomes)
    assert not Watch.objects.exists()
