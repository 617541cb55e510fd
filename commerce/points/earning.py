"""Earn points for an act, release them when they are safe, take them back when the act is undone (rule 2.6)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from commerce import money
from commerce.ledger.models import AccountKind
from commerce.ledger.posting import Leg, post
from commerce.points import acts, claiming
from commerce.points.holding import Held, hold, of_site
from commerce.points.models import Earning, EarningRule, EarningState
from community.foundation import clock
from community.outbox.events import publish


def rule_of(act: str) -> EarningRule:
    """The rule of an act, made from what code declares if operators never saw it. Raises LookupError."""
    known = acts.all_acts().get(act)
    if known is None:
        raise LookupError(f"no act is called {act!r}")
    return EarningRule.objects.get_or_create(act=act, defaults=known.rule())[0]


@transaction.atomic
def earn(
    *,
    member: Any,
    act: str,
    key: str,
    reason: str = "",
    paid: int = 0,
    available_at: dt.datetime | None = None,
    source: tuple[str, UUID] | None = None,
) -> Earning | None:
    """Bring `member` the points of an act, within the caps of its rule; None if that is none. `paid` is the money paid,
    in smallest units; the points can be spent from `available_at` on, else after the rule's days.

    The same key earns once. Raises LookupError for an unknown act, locks.Busy.
    """
    rule = rule_of(act)
    held = hold(member)
    known = Earning.objects.filter(key=key).first()
    if known is not None or not rule.active:
        return known
    moment = clock.now()
    points = _within_caps(rule, member, _points(rule, paid), moment)
    if not points:
        return None
    source_kind, source_id = source or ("", None)
    earned = Earning.objects.create(
        member=member,
        rule=rule,
        key=key,
        reason=reason,
        source_kind=source_kind,
        source_id=source_id,
        points=points,
        days_valid=rule.days_valid,
        earned_at=moment,
        available_at=available_at or moment + dt.timedelta(days=rule.days_pending),
    )
    credit(earned, held)
    return earned


def _points(rule: EarningRule, paid: int) -> int:
    """One point is one whole unit of the currency: one won, one dollar."""
    unit = 10 ** money.decimals(settings.CURRENCY)
    return rule.points + money.half_up(max(paid, 0) * rule.rate, money.BASIS * unit)


def _within_caps(rule: EarningRule, member: Any, points: int, moment: dt.datetime) -> int:
    """Whoever calls this holds the member's accounts, so that no rival earns between the sum and the row."""
    earned = Earning.objects.filter(member=member, rule=rule)
    if rule.most_an_act:
        points = min(points, rule.most_an_act)
    if rule.most_a_day:
        midnight = moment.astimezone(timezone.get_default_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
        today = earned.filter(earned_at__gte=midnight).aggregate(sum=Sum("points"))["sum"] or 0
        points = min(points, rule.most_a_day - today)
    if rule.most_a_member:
        ever = earned.aggregate(sum=Sum("points") - Sum("taken_back"))["sum"] or 0
        points = min(points, rule.most_a_member - ever)
    return max(points, 0)


def credit(earned: Earning, held: Held) -> None:
    """Post what was just earned: to be spent now, or pending."""
    if earned.available_at <= clock.now():
        _make_available(earned, held, out_of=of_site(AccountKind.ISSUED))
        return
    legs = [Leg(of_site(AccountKind.ISSUED), -earned.points), Leg(held.pending, earned.points)]
    post(kind="points.earned", key=f"points.earned:{earned.pk}", legs=legs, source=("earning", earned.pk))


def release_due(*, most: int = 1_000) -> int:
    """Let pending points be spent whose time has come; gives how many earnings. May run twice at once."""
    due = Earning.objects.filter(state=EarningState.PENDING, available_at__lte=clock.now())
    found = list(due.order_by("available_at", "pk").values_list("pk", "member_id")[:most])
    return sum(_release(earning_id, member_id) for earning_id, member_id in found)


@transaction.atomic
def _release(earning_id: UUID, member_id: UUID) -> int:
    held = hold(member_id)
    due = Earning.objects.filter(pk=earning_id, state=EarningState.PENDING, available_at__lte=clock.now())
    earned = due.first()
    if earned is None:
        return 0
    _make_available(earned, held, out_of=held.pending)
    return 1


def _make_available(earned: Earning, held: Held, *, out_of: Any) -> None:
    """What is owed back is settled first; the rest opens a lot."""
    points = earned.kept
    settled = min(points, -(held.debt.balance or 0))
    expires_at = clock.now() + dt.timedelta(days=earned.days_valid)
    legs = [Leg(out_of, -points)]
    legs += [Leg(held.debt, settled)] if settled else []
    legs += [Leg(held.available, points - settled, expires_at=expires_at)] if points > settled else []
    post(
        kind=claiming.RELEASED,
        key=f"{claiming.RELEASED}:{earned.pk}",
        legs=legs,
        source=("earning", earned.pk),
        by=earned.granted_by,
    )
    earned.state = EarningState.AVAILABLE
    earned.save(update_fields=["state"])
    _tell("points.arrived", earned)


@transaction.atomic
def take_back(*, key: str, share: tuple[int, int] | None = None) -> Earning | None:
    """Take back what the act of this key earned, since it was undone; None if it earned nothing.

    `share` is (how much of the purchase has come back so far, the whole purchase): asked again with the same share,
    nothing more is taken. What the member no longer has is owed, up to `conf.MOST_OWED`, and settled from what is
    earned later. Raises ValueError for a share that is none, locks.Busy.
    """
    found = Earning.objects.filter(key=key).first()
    if found is None:
        return None
    held = hold(found.member_id)
    earned = Earning.objects.get(pk=found.pk)
    points = _share_of(earned.points, share) - earned.taken_back
    if points <= 0:
        return earned
    if earned.state == EarningState.PENDING:
        claiming.claim_pending(earned, points, held)
    else:
        claiming.claim(earned, points, held)
    earned.taken_back += points
    if not earned.kept:
        earned.state = EarningState.REVERSED
    earned.save(update_fields=["taken_back", "state"])
    _tell("points.taken_back", earned)
    return earned


def _share_of(points: int, share: tuple[int, int] | None) -> int:
    returned, whole = share or (1, 1)
    if not 0 <= returned <= whole or not whole:
        raise ValueError(f"{returned} of {whole} is no share")
    return money.half_up(points * returned, whole)


def _tell(topic: str, earned: Earning) -> None:
    publish(
        topic=topic, key=str(earned.member_id), payload={"earning": str(earned.pk), "member": str(earned.member_id)}
    )
