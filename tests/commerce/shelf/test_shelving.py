"""What arrived stands on its buyer's shelf, and what went back does not (2.17)."""

import datetime as dt

import pytest

from commerce.orders.models import OrderLine
from commerce.shelf import shelving
from commerce.shelf.models import Thing
from commerce.shelf.shelving import warranty_end
from tests.factories import imports
from tests.factories.catalog import a_product
from tests.factories.orders import an_order
from tests.factories.shelf import an_arrived_order, things_of

pytestmark = pytest.mark.django_db


def test_it_stands_there_once_it_arrived_and_only_once(relay):
    order = an_order(a_product("Moon lamp", warranty_months=24).variants.get())
    relay()
    assert not Thing.objects.exists()
    order = an_arrived_order(order=order)
    for _time in range(2):
        relay()
        shelving.put_order(order.pk)
    thing = Thing.objects.get()
    assert (thing.member, thing.line.title, thing.since) == (order.purchase.member, "Moon lamp", order.delivered_at)
    assert thing.warranty_until == warranty_end(order.delivered_at, 24)
    assert not thing.by_hand


def test_files_stand_there_at_once_and_delivery_is_no_thing(relay):
    order = an_order(a_product("Pattern", kind="digital").variants.get())
    relay()
    assert [thing.line.kind for thing in Thing.objects.filter(line__order=order)] == ["item"]


def test_what_was_sent_back_whole_is_gone_and_a_part_stays():
    lamp, shade = (a_product(title).variants.get() for title in ("Moon lamp", "Shade"))
    one, other = things_of(an_arrived_order((lamp, 2))), things_of(an_arrived_order(shade))
    OrderLine.objects.update(returned=1)
    assert Thing.objects.visible_to(one[0].member).count() == 1
    assert Thing.objects.visible_to(other[0].member).count() == 0


@pytest.mark.parametrize(
    ("arrived", "months", "ends"),
    [
        ("2026-01-31T03:00:00+00:00", 1, dt.date(2026, 2, 28)),
        ("2024-02-29T03:00:00+00:00", 12, dt.date(2025, 2, 28)),
        ("2026-12-05T03:00:00+00:00", 1, dt.date(2027, 1, 5)),
        ("2026-11-30T16:00:00+00:00", 24, dt.date(2028, 12, 1)),  # the next day in Seoul
        ("2026-11-30T03:00:00+00:00", 0, None),
    ],
)
def test_a_warranty_runs_by_calendar_months_of_this_place(arrived, months, ends):
    assert warranty_end(dt.datetime.fromisoformat(arrived), months) == ends


def test_what_was_taken_over_from_elsewhere_is_put_there_by_the_job(tmp_path, relay):
    imports.run(tmp_path, imports.line(), imports.line(sku="71053"))
    relay()
    assert not Thing.objects.exists()
    assert shelving.put_what_is_missing() == 2
    assert shelving.put_what_is_missing() == 0
    assert {thing.since.isoformat() for thing in Thing.objects.all()} == {"2010-12-01T08:26:00+00:00"}
