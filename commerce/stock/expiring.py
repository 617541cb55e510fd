"""Let holds go whose time is over. Several sweepers may run at once: each skips what another has in hand."""

from django.db import transaction

from commerce.stock import capacity, holding
from commerce.stock.conf import SWEEP_BATCH
from commerce.stock.models import Calendar, CapacityHold, Hold, Stock


def release_due() -> dict[str, int]:
    """Release expired holds of units and of days; gives how many of each were freed."""
    return {"units": _all_of(_units), "places": _all_of(_places)}


def _all_of(sweep) -> int:
    total = 0
    while freed := sweep():
        total += freed
    return total


@transaction.atomic
def _units() -> int:
    due = Hold.objects.due().order_by().values_list("stock", flat=True).distinct()[:SWEEP_BATCH]
    rows = Stock.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=list(due)).order_by("pk")
    return sum(holding.reclaim({row.pk: row for row in rows}).values())


@transaction.atomic
def _places() -> int:
    due = CapacityHold.objects.due().order_by().values_list("capacity__calendar", flat=True).distinct()[:SWEEP_BATCH]
    rows = Calendar.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=list(due)).order_by("pk")
    return sum(capacity.reclaim(calendar) for calendar in rows)
