"""How long people wait for a vendor's first answer, and how that is computed (2.07).

For what everyone may read and was said in the last DAYS days about a subject that the vendor answers for: the time from
the review, question or complaint to the first answer of the vendor's team. The figure is the median of those answered;
how many were answered, and of how many, stands beside it.
"""

import datetime as dt
import statistics
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Min, Q

from commerce.vendors import hearing
from commerce.vendors.models import ReplyTime, Vendor, Waiting
from community.foundation import clock
from community.members.models import TeamMember

DAYS = 180
TOLD = (Waiting.QUESTION, Waiting.REVIEW)
"""Whose waiting is told where there is room for one figure only, the first that is known."""
Wait = tuple[dt.datetime, dt.datetime | None]
"""When it was said, and when it was first answered."""


@transaction.atomic
def refresh(vendor: Vendor) -> None:
    """Compute the vendor's reply times anew."""
    moment = clock.now()
    since = moment - dt.timedelta(days=DAYS)
    waits = {
        Waiting.REVIEW: _reviews(vendor, since),
        Waiting.QUESTION: _questions(vendor, since),
        Waiting.COMPLAINT: _complaints(vendor, since),
    }
    rows = [_figure(vendor, kind, list(found), moment) for kind, found in waits.items()]
    ReplyTime.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["vendor", "kind"],
        update_fields=["median_minutes", "answered", "asked", "computed_at"],
    )


def mark_reply_times(vendors: Iterable[Vendor]) -> None:
    """Give each vendor `answers_in`: the minutes in which it usually answers a question, else a review, else None.

    One query for all of them.
    """
    rows = list(vendors)
    told = ReplyTime.objects.filter(vendor__in=rows, kind__in=TOLD, median_minutes__isnull=False)
    found: dict[Any, dict[str, int]] = {}
    for vendor, kind, minutes in told.values_list("vendor", "kind", "median_minutes"):
        found.setdefault(vendor, {})[kind] = minutes or 0
    for row in rows:
        known = found.get(row.pk, {})
        row.answers_in = next((known[kind] for kind in TOLD if kind in known), None)  # type: ignore[attr-defined]


def _figure(vendor: Vendor, kind: Waiting, waits: list[Wait], moment: dt.datetime) -> ReplyTime:
    minutes = [int((answered - asked).total_seconds() // 60) for asked, answered in waits if answered is not None]
    return ReplyTime(
        vendor=vendor,
        kind=kind,
        median_minutes=int(statistics.median(minutes)) if minutes else None,
        answered=len(minutes),
        asked=len(waits),
        computed_at=moment,
    )


def _reviews(vendor: Vendor, since: dt.datetime) -> Iterable[Wait]:
    rows = hearing.reviews(vendor, AnonymousUser()).filter(published_at__gte=since)
    first = Min("replies__published_at", filter=Q(replies__team=vendor.team_id))
    return rows.annotate(first=first).order_by().values_list("published_at", "first")


def _questions(vendor: Vendor, since: dt.datetime) -> Iterable[Wait]:
    staff = TeamMember.objects.filter(team=vendor.team_id).values("member")
    answer = Q(posts__author__in=staff, posts__state="published", posts__number__gt=1)
    rows = hearing.questions(vendor, AnonymousUser()).filter(created_at__gte=since)
    return rows.annotate(first=Min("posts__created_at", filter=answer)).order_by().values_list("created_at", "first")


def _complaints(vendor: Vendor, since: dt.datetime) -> Iterable[Wait]:
    rows = hearing.complaints(vendor, AnonymousUser()).filter(opened_at__gte=since)
    return rows.annotate(first=F("responded_at")).order_by().values_list("opened_at", "first")
