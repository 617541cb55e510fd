"""Rivals at a shelf: a thing stands on it once, a buyer is asked once (items 2.17 and 2.33)."""

import datetime as dt

import pytest

from commerce.shelf import adding, inviting, shelving
from commerce.shelf.errors import ShelfFull
from commerce.shelf.models import Invitation, Thing
from community.foundation import clock
from community.notifications.models import Happening
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.members import a_member
from tests.factories.shelf import a_thing, an_arrived_order

pytestmark = pytest.mark.django_db(transaction=True)


def test_there_is_room_for_so_many_whoever_adds_at_once(monkeypatch):
    monkeypatch.setattr(adding, "MOST_BY_HAND", 3)
    member = a_member()
    meet_before(monkeypatch, adding, "_tell")
    outcomes = race(*[lambda: a_thing(member)] * 6)
    assert [type(one.raised) for one in outcomes if one.raised] == [ShelfFull] * 3
    assert Thing.objects.count() == 3


def test_two_workers_put_an_order_on_a_shelf_once(monkeypatch):
    order = an_arrived_order()
    meet_before(monkeypatch, shelving, "warranty_end")
    assert all_went_well(race(*[lambda: shelving.put_order(order.pk)] * 2))
    assert Thing.objects.count() == 1


def test_two_jobs_ask_once(monkeypatch):
    order = an_arrived_order()
    shelving.put_order(order.pk)
    inviting.plan(order.pk)
    Invitation.objects.update(due_at=clock.now() - dt.timedelta(hours=1))
    meet_before(monkeypatch, inviting, "_ask")
    outcomes = race(*[inviting.invite_due] * 2)
    assert all_went_well(outcomes)
    assert sorted(one.value for one in outcomes) == [0, 1]
    assert Happening.objects.filter(source_kind="order").count() == 1
