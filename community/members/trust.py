"""Trust levels rise and fall by rule. The rules are public (the page about trust prints this table).

The measures are counts over the last 100 days, read from `Activity`: days with a visit, acts of giving, thanks given
and received, and flags that moderators upheld. A level already held falls only below nine tenths of what it asks, so
that nobody flickers at the edge.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.members.models import Activity, Member
from community.outbox.events import publish

WINDOW = dt.timedelta(days=100)
GIVING = ("topic", "post", "review", "subject", "reaction")
BY_HAND = 4
MEASURES: dict[str, str | Promise] = {
    "days_here": _("days here"),
    "given": _("posts, reviews and reactions"),
    "thanks": _("thanks given"),
    "thanked": _("thanks received"),
}


COUNTED = (*MEASURES, "flags")


@dataclass(frozen=True)
class Rule:
    """What a level asks of the last 100 days; `flags` is the most upheld flags it bears."""

    level: int
    name: str | Promise
    days_here: int = 0
    given: int = 0
    thanks: int = 0
    thanked: int = 0
    flags: int = 0


RULES = (
    Rule(0, _("newcomer"), flags=1_000_000),
    Rule(1, _("neighbour"), days_here=2, given=3, flags=4),
    Rule(2, _("regular"), days_here=15, given=20, thanks=3, thanked=1, flags=2),
    Rule(3, _("trusted"), days_here=50, given=60, thanks=30, thanked=20, flags=1),
    Rule(BY_HAND, _("keeper")),
)


@dataclass(frozen=True)
class Measured:
    """The counts of one member over the last 100 days."""

    days_here: int = 0
    given: int = 0
    thanks: int = 0
    thanked: int = 0
    flags: int = 0


def deserved(measured: Measured, *, held: int) -> int:
    """The level that the counts deserve; level 4 is given by operators alone.

    A level that is held falls below 90 % of what it asks; level 1 is not lost by being away.
    """
    reached = 0
    for rule in RULES[1:BY_HAND]:
        ease = 9 if held >= rule.level else 10
        kept_by_stay = rule.level == 1 and held >= 1
        enough = all(getattr(measured, name) * 10 >= getattr(rule, name) * ease for name in MEASURES)
        if not (enough or kept_by_stay) or measured.flags > rule.flags:
            break
        reached = rule.level
    return reached


def measure(member_ids: Iterable[object]) -> dict[object, Measured]:
    """The counts of many members in one query."""
    rows: Any = (
        Activity.objects.filter(member__in=list(member_ids), day__gt=clock.today() - WINDOW)
        .values("member")
        .annotate(
            days_here=Count("id", filter=Q(act="visit")),
            given=Sum("count", filter=Q(act__in=GIVING), default=0),
            thanks=Sum("count", filter=Q(act="thanks"), default=0),
            thanked=Sum("count", filter=Q(act="thanked"), default=0),
            flags=Sum("count", filter=Q(act="upheld_flag"), default=0),
        )
    )
    return {row["member"]: Measured(**{name: row[name] for name in COUNTED}) for row in rows}


@dataclass(frozen=True)
class Step:
    """One measure on the way to the next level."""

    label: str | Promise
    done: int
    asked: int

    @property
    def shown(self) -> int:
        return min(self.done, self.asked)


def way_up(measured: Measured, *, held: int) -> tuple[Rule, list[Step]] | None:
    """The next level that the rules can give, and how far one is; nothing is left above "trusted"."""
    if held + 1 >= BY_HAND:
        return None
    rule = RULES[held + 1]
    steps = [Step(label, getattr(measured, name), getattr(rule, name)) for name, label in MEASURES.items()]
    return rule, [step for step in steps if step.asked]


@transaction.atomic
def review_members(member_ids: list[object]) -> int:
    """Set the level that each deserves now; gives how many changed. Fixed levels and level 4 are left alone."""
    members = (
        Member.objects.select_for_update()
        .filter(pk__in=member_ids, trust_fixed=False, erased_at=None, trust_level__lt=BY_HAND)
        .order_by("pk")
    )
    counts, changed = measure(member_ids), 0
    for member in members:
        level = deserved(counts.get(member.pk, Measured()), held=member.trust_level)
        if level != member.trust_level:
            change_level(member, level)
            changed += 1
    return changed


def batches(size: int = 500) -> Iterator[list[object]]:
    """Ids of the members whose level could change: those who did anything lately, or hold a level above 1."""
    lately = Activity.objects.filter(day__gt=clock.today() - WINDOW).values("member")
    ids = Member.objects.filter(Q(pk__in=lately) | Q(trust_level__gt=1), trust_fixed=False, trust_level__lt=BY_HAND)
    last = None
    while True:
        page = ids.filter(pk__gt=last) if last else ids
        found = list(page.order_by("pk").values_list("pk", flat=True)[:size])
        if not found:
            return
        yield found
        last = found[-1]


@transaction.atomic
def fix_level(*, by: Member, member: Member, level: int | None) -> Member:
    """An operator sets a level that the rules leave alone; None gives it back to the rules."""
    row = Member.objects.select_for_update().get(pk=member.pk)
    row.trust_fixed = level is not None
    row.save(update_fields=["trust_fixed"])
    change_level(row, level if level is not None else min(row.trust_level, BY_HAND - 1))
    return row


def change_level(member: Member, level: int) -> None:
    """Write the level and tell; the caller holds the row."""
    before, member.trust_level = member.trust_level, level
    member.save(update_fields=["trust_level"])
    if before != level:
        payload = {"member": str(member.pk), "level": level, "before": before}
        publish(topic="trust.changed", key=str(member.pk), payload=payload)


def rule_of(level: int) -> Rule:
    """The rule of a level."""
    return RULES[level]
