"""Days on which things are made to order, held and used as units are (rule 2.3).

    dates = capacity.hold(lines=[Made(product.pk, 2)], source=("purchase", purchase.pk), until=...)
    capacity.commit(("purchase", purchase.pk))      # paid
    capacity.release(("purchase", purchase.pk))     # not paid

The promise is the first day with places left, the last of them if it takes several, and the days to make it after that.
A product's calendar is locked while its days change hands. Products without a schema have no calendar and no promise.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from commerce import locks
from commerce.catalog.models import Product
from commerce.specifications.models import Schema
from commerce.specifications.reading import current_schemas
from commerce.stock.conf import HORIZON_DAYS, MOST
from commerce.stock.counting import require_staff
from commerce.stock.errors import FullyBooked, PastDay, StockHeld, WrongQuantity
from commerce.stock.holding import Wanted, summed
from commerce.stock.models import Calendar, Capacity, CapacityHold, HoldQuerySet, HoldState, Source
from community.foundation import clock
from community.foundation.problems import NotThere


@dataclass(frozen=True)
class Made:
    """So many pieces of a made-to-order product."""

    product_id: UUID
    quantity: int


def promise(product: Product, quantity: int) -> dt.date | None:
    """When so many pieces would be ready if they were ordered now; None without a schema. Raises FullyBooked."""
    schema = current_schemas([product.pk]).get(product.pk)
    if schema is None:
        return None
    plan = _first_places(Capacity.objects.filter(calendar__product=product), schema, quantity)
    return max(plan) + dt.timedelta(days=schema.lead_days)


@transaction.atomic
def hold(*, lines: Sequence[Made], source: Source, until: dt.datetime) -> dict[UUID, dt.date]:
    """Keep places of the first free days; gives the promised date of each product. Again holds nothing more.

    Raises FullyBooked, WrongQuantity, Busy.
    """
    wanted = summed(Wanted(line.product_id, line.quantity) for line in lines)
    schemas = current_schemas(wanted)
    calendars = _locked(_calendar_of(product_id) for product_id in sorted(schemas))
    for calendar in calendars:
        schema = schemas[calendar.product_id]
        mine = _holds(calendar).of(source)
        if not mine.exclude(state=HoldState.RELEASED).exists():
            _take(calendar, schema, wanted[calendar.product_id], source, until)
        mine.filter(state=HoldState.HELD).update(expires_at=Greatest(F("expires_at"), until))
    return _promised(source, schemas)


@transaction.atomic
def extend(source: Source, until: dt.datetime) -> dict[UUID, dt.date]:
    """Keep for longer; what ran out gets the first days that are free now. Raises FullyBooked."""
    return _again(source, until)


@transaction.atomic
def commit(source: Source) -> dict[UUID, dt.date]:
    """Use the places: it will be made. What ran out meanwhile gets the first days that are free now, and the dates
    given are what is promised from here on. Raises FullyBooked; nothing is used then."""
    dates = _again(source, clock.now())
    for hold in CapacityHold.objects.of(source).filter(state=HoldState.HELD).order_by("capacity"):
        Capacity.objects.filter(pk=hold.capacity_id).update(
            held=F("held") - hold.quantity, used=F("used") + hold.quantity
        )
    CapacityHold.objects.of(source).update(state=HoldState.SOLD)
    return dates


@transaction.atomic
def release(source: Source) -> None:
    """Let the places go that are held. Those in use stay so."""
    for calendar in _of(source):
        _let_go(_holds(calendar).of(source).filter(state=HoldState.HELD))


@transaction.atomic
def give_back(source: Source) -> None:
    """Free the places in use too: the order was cancelled before anything was made."""
    for calendar in _of(source):
        holds = _holds(calendar).of(source)
        _let_go(holds.filter(state=HoldState.HELD))
        _let_go(holds.filter(state=HoldState.SOLD), column="used")


@transaction.atomic
def set_places(*, by: Any, product: Product, day: dt.date, places: int) -> Capacity:
    """Say how many pieces can be begun on a day: none on a holiday. The day follows no new schema any more.

    Raises NotThere, NotYourStock, WrongQuantity, PastDay, and StockHeld below what is promised already.
    """
    if not Product.objects.visible_to(by).filter(pk=product.pk).exists():
        raise NotThere
    require_staff(by, product.vendor_id)
    if type(places) is not int or not 0 <= places <= MOST:
        raise WrongQuantity(field="places")
    if day < _today():
        raise PastDay(field="day")
    [calendar] = _locked([_calendar_of(product.pk)])
    row, _made = Capacity.objects.get_or_create(calendar=calendar, day=day, defaults={"places": places})
    if places < row.held + row.used:
        raise StockHeld(field="places")
    row.places, row.by_hand = places, True
    row.save(update_fields=["places", "by_hand"])
    return row


def reclaim(calendar: Calendar) -> int:
    """Let go every expired hold of a locked calendar; gives how many places."""
    return _let_go(_holds(calendar).due())


def _again(source: Source, until: dt.datetime) -> dict[UUID, dt.date]:
    calendars = _of(source)
    schemas = current_schemas(calendar.product_id for calendar in calendars)
    for calendar in calendars:
        gone = _holds(calendar).of(source).filter(state=HoldState.RELEASED)
        quantity = gone.aggregate(quantity=Sum("quantity"))["quantity"]
        if quantity:
            _take(calendar, schemas[calendar.product_id], quantity, source, until)
    held = CapacityHold.objects.of(source).filter(state=HoldState.HELD)
    held.update(expires_at=Greatest(F("expires_at"), until))
    return _promised(source, schemas)


def _take(calendar: Calendar, schema: Schema, quantity: int, source: Source, until: dt.datetime) -> None:
    """Hold the first free places of a locked calendar, in place of what the source held before."""
    reclaim(calendar)
    _holds(calendar).of(source).filter(state=HoldState.RELEASED).delete()
    days = {row.day: row for row in calendar.days.filter(day__gte=_today())}
    for day, pieces in _first_places(calendar.days.all(), schema, quantity).items():
        row = days.get(day) or Capacity.objects.create(calendar=calendar, day=day, places=schema.daily_capacity)
        held = Capacity.objects.filter(pk=row.pk)
        held.update(held=F("held") + pieces, places=max(_places(row, schema), row.held + row.used + pieces))
        CapacityHold.objects.create(
            capacity=row, quantity=pieces, source_kind=source[0], source_id=source[1], expires_at=until
        )


def _first_places(rows: QuerySet[Capacity], schema: Schema, quantity: int) -> dict[dt.date, int]:
    """How many pieces to begin on which days. Raises FullyBooked."""
    first = _today()
    days = {row.day: row for row in rows.filter(day__gte=first, day__lt=first + dt.timedelta(days=HORIZON_DAYS))}
    plan: dict[dt.date, int] = {}
    for day in (first + dt.timedelta(days=number) for number in range(HORIZON_DAYS)):
        row = days.get(day)
        free = schema.daily_capacity if row is None else _places(row, schema) - row.held - row.used
        if free > 0:
            plan[day] = min(free, quantity)
            quantity -= plan[day]
        if not quantity:
            return plan
    raise FullyBooked


def _places(row: Capacity, schema: Schema) -> int:
    return row.places if row.by_hand else schema.daily_capacity


def _today() -> dt.date:
    return clock.today(timezone.get_default_timezone())


def _calendar_of(product_id: UUID) -> UUID:
    return Calendar.objects.get_or_create(product_id=product_id)[0].pk


def _locked(ids: Iterable[UUID]) -> list[Calendar]:
    return list(locks.take("capacity", ids).values())


def _of(source: Source) -> list[Calendar]:
    """The calendars in which a source has holds, locked."""
    return _locked(CapacityHold.objects.of(source).values_list("capacity__calendar", flat=True))


def _holds(calendar: Calendar) -> HoldQuerySet:
    return CapacityHold.objects.filter(capacity__calendar=calendar)


def _let_go(holds: HoldQuerySet, column: str = "held") -> int:
    total = 0
    for hold in holds.order_by("capacity"):
        Capacity.objects.filter(pk=hold.capacity_id).update(**{column: F(column) - hold.quantity})
        CapacityHold.objects.filter(pk=hold.pk).update(state=HoldState.RELEASED)
        total += hold.quantity
    return total


def _promised(source: Source, schemas: Mapping[UUID, Schema]) -> dict[UUID, dt.date]:
    kept = CapacityHold.objects.of(source).exclude(state=HoldState.RELEASED)
    rows = kept.values_list("capacity__calendar__product").annotate(last=Max("capacity__day"))
    return {
        product_id: last + dt.timedelta(days=schemas[product_id].lead_days)
        for product_id, last in rows
        if product_id in schemas
    }
