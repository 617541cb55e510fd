"""Rates are never edited: one ends and another starts, so that what was sold can always be accounted for."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from commerce.catalog.models import Product
from commerce.commissions.errors import InThePast, OneScope, PlannedAlready, StaysForAll, WrongRate
from commerce.commissions.models import Plan
from commerce.money import BASIS
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.problems import Refused
from community.subjects.models import Category


@transaction.atomic
def start(
    *,
    by: Any,
    rate: int,
    product: Product | None = None,
    category: Category | None = None,
    vendor: Vendor | None = None,
    at: dt.datetime | None = None,
) -> Plan:
    """Start a rate (basis points) for one product, category or vendor, or for all; the one before ends at that moment.

    Raises Refused for all but operators, WrongRate, OneScope, InThePast, PlannedAlready (409).
    """
    _operators_only(by)
    moment = clock.now()
    begins = at or moment
    if not 0 <= rate <= BASIS:
        raise WrongRate(field="rate")
    if sum(1 for scope in (product, category, vendor) if scope is not None) > 1:
        raise OneScope
    if begins < moment:
        raise InThePast(field="starts_at")
    scope = {"product": product, "category": category, "vendor": vendor}
    _end_before(begins, scope)
    try:
        with transaction.atomic():
            return Plan.objects.create(rate=rate, starts_at=begins, by=by, **scope)
    except IntegrityError as error:  # a rival started one for the same scope at the same moment
        raise PlannedAlready from error


@transaction.atomic
def end(*, by: Any, plan: Plan, at: dt.datetime | None = None) -> Plan:
    """Let a rate end; what is next above it holds from then on. One that has not begun yet never does.

    Raises Refused, StaysForAll (409), InThePast, PlannedAlready if it has an end already.
    """
    _operators_only(by)
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    moment = clock.now()
    if row.for_all:
        raise StaysForAll
    if row.ends_at is not None:
        raise PlannedAlready
    if at is not None and at < moment:
        raise InThePast
    if row.starts_at > moment:
        row.delete()
        return row
    row.ends_at = max(at or moment, row.starts_at + dt.timedelta(microseconds=1))
    row.save(update_fields=["ends_at"])
    return row


def _end_before(begins: dt.datetime, scope: dict[str, Any]) -> None:
    """End what runs in this scope when the next begins. Raises PlannedAlready for one that begins then or later."""
    same = {f"{name}__isnull": True for name, value in scope.items() if value is None}
    same |= {name: value for name, value in scope.items() if value is not None}
    rows = Plan.objects.select_for_update(of=("self",)).filter(**same)
    for row in rows.filter(Q(ends_at=None) | Q(ends_at__gt=begins)).order_by("pk"):
        if row.starts_at >= begins:
            raise PlannedAlready
        row.ends_at = begins
        row.save(update_fields=["ends_at"])


def _operators_only(by: Any) -> None:
    if not by.is_operator:
        raise Refused
