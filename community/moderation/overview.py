"""What an operator should do now, and how the community goes: the first page of the admin.

Upper wings add their own concerns in `AppConfig.ready`: `overview.register(open_disputes)`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.complaints.models import Complaint, Mail
from community.foundation import clock
from community.jobs.models import Run
from community.members.models import Activity, Member
from community.moderation.models import Appeal, Case
from community.notifications.models import Letter
from community.outbox.models import Delivery
from community.touchpoints.models import Touchpoint

DAYS = 30
Words = str | Promise


@dataclass(frozen=True)
class Concern:
    """Something that waits for an operator: how many, what to do, where. Shown when `count` is not zero."""

    count: int
    text: Words
    url: str
    urgent: bool = False


Source = Callable[[], Iterable[Concern]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an app above add what waits in it."""
    if source not in _sources:
        _sources.append(source)


def concerns() -> list[Concern]:
    """All that waits, what is urgent first."""
    found = [*_order(), *_complaints(), *_machine()]
    for source in _sources:
        found += source()
    return sorted((one for one in found if one.count), key=lambda one: not one.urgent)


def _order() -> Iterable[Concern]:
    queue = reverse("community_moderation:queue")
    late = Case.objects.open().filter(opened_at__lt=clock.now() - dt.timedelta(days=1)).count()
    yield Concern(late, _("flags have waited for more than a day"), queue, urgent=True)
    yield Concern(Case.objects.open().count() - late, _("new flags wait for a decision"), queue)
    waiting = Appeal.objects.filter(answered_at=None).count()
    yield Concern(
        waiting, _("authors answered a decision and wait"), reverse("admin:community_moderation_appeal_changelist")
    )


def _complaints() -> Iterable[Concern]:
    address, moment = reverse("admin:community_complaints_complaint_changelist"), clock.now()
    late = Complaint.objects.late_at(moment).count()
    soon = Complaint.objects.late_at(moment + dt.timedelta(hours=8)).count() - late
    yield Concern(late, _("complaints are past their clock"), address, urgent=True)
    yield Concern(soon, _("complaints must be answered within eight hours"), address)
    held = Mail.objects.filter(state=Mail.State.HELD).count()
    yield Concern(
        held, _("complaints by mail are held for review"), reverse("admin:community_complaints_mail_changelist")
    )


def _machine() -> Iterable[Concern]:
    dead = Delivery.objects.filter(state=Delivery.State.DEAD).count()
    address = reverse("admin:community_outbox_delivery_changelist")
    yield Concern(dead, _("events could not be delivered"), f"{address}?state__exact=dead", urgent=True)
    day = clock.now() - dt.timedelta(days=1)
    failed = Run.objects.filter(state=Run.State.FAILED, started_at__gt=day).count()
    address = reverse("admin:community_jobs_run_changelist")
    yield Concern(failed, _("runs of jobs failed since yesterday"), f"{address}?state__exact=failed")
    ended = (Letter.State.FAILED, Letter.State.BOUNCED)
    letters = Letter.objects.filter(state__in=ended, queued_at__gt=day).count()
    yield Concern(
        letters,
        _("letters failed or came back since yesterday"),
        reverse("admin:community_notifications_letter_changelist"),
    )


@dataclass(frozen=True)
class Figure:
    """A number of the last 30 days beside that of the 30 days before, and its course by day."""

    title: Words
    total: int
    before: int
    days: list[tuple[dt.date, int]]

    @property
    def chart(self) -> dict[str, Any]:
        """As Chart.js takes it."""
        data = {"label": str(self.title), "data": [number for _day, number in self.days]}
        colour = "var(--now-chart)"
        return {
            "labels": [date_format(day, "m/d") for day, _number in self.days],
            "datasets": [{**data, "borderColor": colour, "backgroundColor": colour}],
        }


def figures() -> list[Figure]:
    """Sign-ups, voices, reviews and searches in vain by day, in three queries."""
    today = clock.today()
    first = today - dt.timedelta(days=2 * DAYS - 1)
    begin = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC)
    acts: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    rows = Activity.objects.filter(day__gte=first, act__in=("topic", "post", "review", "visit")).values("day", "act")
    for row in rows.annotate(done=Sum("count")):
        acts["post" if row["act"] == "topic" else row["act"]][row["day"]] += row["done"]
    joined = Member.objects.filter(joined_at__gte=begin)
    for row in joined.annotate(day=TruncDate("joined_at", tzinfo=dt.UTC)).values("day").annotate(done=Count("pk")):
        acts["join"][row["day"]] = row["done"]
    in_vain = Touchpoint.objects.filter(kind=Touchpoint.Kind.SEARCH, results=0, at__gte=begin)
    for one in in_vain.annotate(day=TruncDate("at", tzinfo=dt.UTC)).values("day").annotate(done=Count("pk")):
        acts["in_vain"][one["day"]] = one["done"]
    titles = {
        "join": _("Sign-ups"),
        "post": _("Topics and posts"),
        "review": _("Reviews"),
        "visit": _("Members here by day"),
        "in_vain": _("Searches that found nothing"),
    }
    return [_figure(title, acts[act], first, today) for act, title in titles.items()]


def _figure(title: Words, by_day: dict[dt.date, int], first: dt.date, today: dt.date) -> Figure:
    days = [first + dt.timedelta(days=n) for n in range((today - first).days + 1)]
    values = [by_day.get(day, 0) for day in days]
    return Figure(title, sum(values[DAYS:]), sum(values[:DAYS]), list(zip(days, values, strict=True))[DAYS:])
