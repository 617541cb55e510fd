"""Things from elsewhere, and one's own words for any thing (2.17, 2.51)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from commerce.money import NoAmount
from commerce.shelf import adding, conf
from commerce.shelf.errors import BoughtHere, NotYetBought, OnlyOwnWords, ShelfFull, WarrantyOutOfReach
from commerce.shelf.models import Thing
from community.foundation import clock
from community.foundation.problems import Blank, NotThere, Overlong
from tests.factories.members import a_member
from tests.factories.shelf import a_thing, bought_thing
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
TOMORROW = clock.now().date() + dt.timedelta(days=2)


def test_something_from_elsewhere_is_kept_as_it_was_told():
    member, subject = a_member(), a_subject("Kettle")
    thing = adding.add(
        by=member, title="  Old\u200b  kettle ", subject=subject, bought_from="Market", bought_on=dt.date(2024, 5, 3),
        price=30_000, warranty_until=dt.date(2026, 5, 3), name="Mother's", note=" Descale\nit ",
    )  # fmt: skip
    thing.refresh_from_db()
    assert (thing.title, thing.bought_from, thing.price) == ("Old kettle", "Market", 30_000)
    assert (thing.name, thing.note, thing.subject) == ("Mother's", "Descale\nit", subject)
    assert thing.since.isoformat() == "2024-05-03T03:00:00+00:00"
    assert thing.by_hand


def test_of_what_was_bought_here_only_ones_own_words_change():
    thing = bought_thing()
    adding.change(by=thing.member, thing_id=thing.pk, name="The blue one", note="Serial 7", hidden=True)
    thing.refresh_from_db()
    assert (thing.name, thing.note, thing.hidden) == ("The blue one", "Serial 7", True)
    for told in ({"title": "Gold"}, {"price": 1}, {"warranty_until": TOMORROW}, {"subject": None}):
        with pytest.raises(OnlyOwnWords):
            adding.change(by=thing.member, thing_id=thing.pk, **told)


def test_of_what_was_told_by_hand_anything_changes():
    thing = a_thing(price=5)
    adding.change(by=thing.member, thing_id=thing.pk, title="New kettle", price=None, bought_on=dt.date(2020, 1, 1))
    thing.refresh_from_db()
    assert (thing.title, thing.price, thing.since.year) == ("New kettle", None, 2020)


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ({"title": " \u200b "}, Blank),
        ({"title": "x" * 201}, Overlong),
        ({"name": "x" * 81}, Overlong),
        ({"note": "x" * 1001}, Overlong),
        ({"bought_from": "x" * 81}, Overlong),
        ({"price": -1}, NoAmount),
        ({"price": 10**14}, NoAmount),
        ({"bought_on": TOMORROW}, NotYetBought),
        ({"bought_on": dt.date(2024, 5, 3), "warranty_until": dt.date(2024, 5, 2)}, WarrantyOutOfReach),
        ({"warranty_until": dt.date(2999, 1, 1)}, WarrantyOutOfReach),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(told, refused):
    with pytest.raises(refused):
        a_thing(**told)
    assert not Thing.objects.exists()


def test_only_what_was_told_by_hand_is_taken_off():
    thing, bought = a_thing(), bought_thing()
    for _time in range(2):
        adding.remove(by=thing.member, thing_id=thing.pk)
    with pytest.raises(BoughtHere):
        adding.remove(by=bought.member, thing_id=bought.pk)
    assert list(Thing.objects.all()) == [bought]


def test_things_of_others_are_not_there():
    thing, stranger = a_thing(), a_member()
    with pytest.raises(NotThere):
        adding.change(by=stranger, thing_id=thing.pk, note="Mine")
    with pytest.raises(NotThere):
        adding.remove(by=stranger, thing_id=thing.pk)
    assert not Thing.objects.visible_to(stranger).exists()


def test_there_is_room_for_so_many(monkeypatch):
    monkeypatch.setattr(adding, "MOST_BY_HAND", 1)
    thing = a_thing()
    with pytest.raises(ShelfFull):
        a_thing(thing.member)
    assert conf.MOST_BY_HAND > 1


def test_the_database_refuses_what_cannot_be():
    thing = a_thing()
    bought = bought_thing()
    for row, columns, name in (
        (thing, {"title": ""}, "shelf_bought_here_or_told_by_hand"),
        (bought, {"title": "Gold"}, "shelf_bought_here_or_told_by_hand"),
        (bought, {"price": 5}, "shelf_bought_here_or_told_by_hand"),
        (thing, {"price": -1}, "shelf_price_not_negative"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Thing.objects.filter(pk=row.pk).update(**columns)
    with pytest.raises(IntegrityError, match="line_id"), transaction.atomic():
        Thing.objects.create(member=bought.member, line=bought.line, since=clock.now())
