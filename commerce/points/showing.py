"""A member's points as the page and REST show them: the balance, and every movement in words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commerce.ledger.expiring import KIND as EXPIRED
from commerce.ledger.models import POINT, AccountKind, Entry
from commerce.points import acts, claiming, spending
from commerce.points.models import Earning, EarningState
from community.foundation import paging, targets
from community.foundation.paging import Page

NAMED_BY = {"post": ("topic",), "review": ("subject",)}
"""What the titles of these kinds are read from, so that a page of them asks once."""


@dataclass(frozen=True)
class Movement:
    """One entry in words. `title` and `url` name what it was for, if the member may see it still."""

    entry: Entry
    words: str
    title: str = ""
    url: str = ""

    @property
    def pk(self) -> UUID:
        return self.entry.pk


def movements_of(member: Any, *, cursor: str | None, size: int = paging.PAGE_SIZE) -> Page[Any]:
    """What came and went on the available account and what is owed, newest first; as many queries however many rows."""
    rows = Entry.objects.filter(
        account__member=member, account__unit=POINT, account__kind__in=(AccountKind.AVAILABLE, AccountKind.DEBT)
    ).select_related("transaction", "account")
    page = paging.keyset(rows, order=("-id",), cursor=cursor, size=size)
    sources = [entry.transaction.source_id for entry in page if entry.transaction.source_kind == "earning"]
    earnings = {row.pk: row for row in Earning.objects.filter(pk__in=sources, member=member)}
    things = _things(member, earnings.values())
    items: list[Any] = [_movement(entry, earnings.get(entry.transaction.source_id), things) for entry in page]
    return Page(items, page.next, page.previous, page.order)


def on_the_way(member: Any, *, most: int = 20) -> list[Earning]:
    """Earnings that cannot be spent yet, the next first."""
    waiting = Earning.objects.filter(member=member, state=EarningState.PENDING)
    return list(waiting.select_related("rule").order_by("available_at", "pk")[:most])


def _movement(entry: Entry, earning: Earning | None, things: dict[UUID, Any]) -> Movement:
    words = _words(entry, earning)
    thing = things.get(earning.source_id) if earning is not None and earning.source_id else None
    if thing is None:
        return Movement(entry, words)
    kind = targets.kind_of(thing)
    return Movement(entry, words, kind.title(thing), kind.url(thing))


def _words(entry: Entry, earning: Earning | None) -> str:
    kind = entry.transaction.kind
    if earning is not None:
        name = str(acts.title(earning.rule_id)) if earning.rule_id else earning.reason
        if entry.account.kind == AccountKind.DEBT:
            owed = _("Owed back: %(what)s") if entry.amount < 0 else _("Settled what you owed: %(what)s")
            return owed % {"what": name}
        return _("Taken back: %(what)s") % {"what": name} if kind == claiming.TAKEN_BACK else name
    return {
        spending.RESERVED: _("Used for a purchase"),
        spending.FREED: _("Given back: the purchase did not come about"),
        spending.RETURNED: _("Given back with a refund"),
        EXPIRED: _("Expired"),
    }.get(kind) or entry.transaction.note


def _things(member: Any, earnings: Any) -> dict[UUID, Any]:
    """What earned, by id, where the member may see it: one query a kind."""
    wanted: dict[str, list[UUID]] = {}
    for earning in earnings:
        if earning.source_id and earning.source_kind in targets.kinds():
            wanted.setdefault(earning.source_kind, []).append(earning.source_id)
    found: dict[UUID, Any] = {}
    for kind, ids in wanted.items():
        rows = targets.kinds()[kind].visible_to(member).filter(pk__in=ids)
        found |= {thing.pk: thing for thing in rows.select_related(*NAMED_BY.get(kind, ()))}
    return found
