"""What a member adds to their shelf: things from elsewhere, and words of their own for any of them. A member's things from
elsewhere are counted under the lock of the member."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from commerce import money
from commerce.money import NoAmount
from commerce.shelf.conf import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_BY_HAND,
    MOST_WARRANTY,
)
from commerce.shelf.errors import BoughtHere, NotYetBought, OnlyOwnWords, ShelfFull, WarrantyOutOfReach
from commerce.shelf.models import Thing
from community.foundation import clock
from community.foundation.characters import line, visible_line, within, words
from community.foundation.problems import NotThere
from community.members.models import Member

OWN_WORDS = ("name", "note", "hidden")
TOLD = ("title", "subject", "bought_from", "bought_on", "price", "warranty_until")
"""What is told by hand of a thing from elsewhere."""


@transaction.atomic
def add(*, by: Any, **told: Any) -> Thing:
    """Put something from elsewhere on the member's shelf: `title`, and of the rest of TOLD and OWN_WORDS what is known.

    Raises Blank, Overlong, NoAmount, NotYetBought, WarrantyOutOfReach, ShelfFull.
    """
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Thing.objects.filter(member=by, line=None).count() >= MOST_BY_HAND:
        raise ShelfFull
    thing = Thing(member=by, since=clock.now())
    _tell(thing, {"title": "", **told})
    thing.save(force_insert=True)
    return thing


@transaction.atomic
def change(*, by: Any, thing_id: UUID, **told: Any) -> Thing:
    """Change what is given of a thing. Of one bought here only OWN_WORDS.

    Raises NotThere, OnlyOwnWords, and as `add`.
    """
    thing = _locked(by, thing_id)
    if not thing.by_hand and told.keys() - set(OWN_WORDS):
        raise OnlyOwnWords(field=min(told.keys() - set(OWN_WORDS)))
    _tell(thing, told)
    thing.save()
    return thing


@transaction.atomic
def remove(*, by: Any, thing_id: UUID) -> None:
    """Take something from elsewhere off the shelf; again is no fault. Raises BoughtHere, NotThere for others'."""
    thing = Thing.objects.of(by).filter(pk=thing_id).first()
    if thing is None and Thing.objects.filter(pk=thing_id).exists():
        raise NotThere
    if thing is not None and not thing.by_hand:
        raise BoughtHere
    Thing.objects.of(by).filter(pk=thing_id, line=None).delete()


def _locked(by: Any, thing_id: UUID) -> Thing:
    thing = Thing.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=thing_id).first()
    if thing is None:
        raise NotThere
    return thing


def _tell(thing: Thing, told: dict[str, Any]) -> None:
    """Put what is told into the row, as it is kept."""
    for name, value in told.items():
        if name == "title":
            thing.title = visible_line(value, field="title", most=LONGEST_TITLE)
        elif name in ("name", "bought_from"):
            most = LONGEST_NAME if name == "name" else LONGEST_PLACE
            setattr(thing, name, within(line(value), field=name, most=most))
        elif name == "note":
            thing.note = words(value, field="note", most=LONGEST_NOTE)
        elif name == "bought_on":
            thing.since = _moment(value)
        else:
            setattr(thing, name, value)
    if thing.price is not None and not 0 <= thing.price <= money.MOST:
        raise NoAmount(field="price")
    if thing.by_hand and {"bought_on", "warranty_until"} & told.keys():
        _require_reach(thing)


def _moment(day: dt.date | None) -> dt.datetime:
    """Noon of that day here; now, where the day is not known. Raises NotYetBought."""
    if day is None:
        return clock.now()
    here = timezone.get_default_timezone()
    if day > clock.now().astimezone(here).date():
        raise NotYetBought(field="bought_on")
    return min(dt.datetime.combine(day, dt.time(12), here), clock.now())


def _require_reach(thing: Thing) -> None:
    bought = thing.since.astimezone(timezone.get_default_timezone()).date()
    end = thing.warranty_until
    if end is not None and not bought <= end <= clock.now().date() + MOST_WARRANTY:
        raise WarrantyOutOfReach(field="warranty_until")
