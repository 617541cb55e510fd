"""A member's notices as the page and REST show them: rows with their sentence and where they lead."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.foundation import clock, fragments, paging, targets
from community.foundation.paging import PAGE_SIZE, Page
from community.foundation.problems import NotThere
from community.members.ignoring import ignored_ids
from community.notifications import kinds
from community.notifications.models import Notice
from community.notifications.sights import Sights, Wish

MOST_SHOWN = 99


@dataclass(frozen=True)
class Shown:
    """A notice with its sentence in the active language and the address of its target."""

    notice: Notice
    text: str
    url: str
    icon: str

    @property
    def pk(self) -> uuid.UUID:
        return self.notice.pk


def page_of_notices(member: Any, *, cursor: str | None, size: int = PAGE_SIZE) -> Page[Any]:
    """A page of what the member may see of their notices, newest first; the same number of queries however many."""
    rows = notices_of(member).select_related("by")
    page = paging.keyset(rows, order=("-at", "-id"), cursor=cursor, size=size)
    sights = Sights(Wish(member, notice.target_kind, notice.target_id) for notice in page.items)
    shown = [_shown(notice, member, sights) for notice in page.items]
    return Page([one for one in shown if one], page.next, page.previous, page.order)


def notices_of(member: Any) -> Any:
    """The member's notices without those by members they ignore."""
    return Notice.objects.visible_to(member).exclude(by__in=ignored_ids(member)).filter(kind__in=kinds.all_kinds())


def unread_count(member: Any) -> int:
    """How many unread notices the bell shows, up to one more than it can say."""
    if not member.is_authenticated:
        return 0
    return notices_of(member).unread()[: MOST_SHOWN + 1].count()


def for_the_bell(request: HttpRequest, about: Any) -> dict[str, int] | None:
    """The inputs of the bell in the frame; nothing for guests."""
    if not request.user.is_authenticated:
        return None
    return {"count": unread_count(request.user), "most": MOST_SHOWN}


def _shown(notice: Notice, member: Any, sights: Sights) -> Shown | None:
    target = sights.of(member, notice.target_kind, notice.target_id)
    if target is None:  # it went between two queries
        return None
    kind = targets.kinds()[notice.target_kind]
    by = notice.by.shown_name if notice.by else _("Someone")
    told = kinds.named(notice.kind)
    text = told.sentence(by=by, title=kind.title(target), people=notice.people)
    return Shown(notice, text, kind.url(target), told.icon)


@transaction.atomic
def open_notice(*, by: Any, notice_id: uuid.UUID) -> str:
    """Mark a notice read; gives the address of what it is about: the first unread source, or the target.

    Raises NotThere for one that is not the member's or whose target they may not see.
    """
    notice = Notice.objects.visible_to(by).filter(pk=notice_id).first()
    if notice is None:
        raise NotThere
    source = notice.happenings.filter(at__gte=notice.opened_at).order_by("at", "pk").first()
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
    transaction.on_commit(lambda: fragments.forget([by.pk]))
    try:
        if source is None:
            raise NotThere
        found = targets.find(kind=source.source_kind, id=source.source_id, member=by)
    except NotThere:
        found = targets.find(kind=notice.target_kind, id=notice.target_id, member=by)
    return targets.kind_of(found).url(found)


@transaction.atomic
def mark_read(*, by: Any, notices: list[uuid.UUID] | None = None) -> int:
    """Mark the given notices of the member read, or all of them; gives how many were unread."""
    rows = Notice.objects.filter(member=by, read_at=None)
    if notices is not None:
        rows = rows.filter(pk__in=notices)
    transaction.on_commit(lambda: fragments.forget([by.pk]))
    return rows.update(read_at=clock.now())
