"""The words of letters, made when they are sent, for a whole batch at once: what the reader may see now, and no more."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import targets
from community.notifications import kinds, unsubscribing
from community.notifications.conf import DIGEST_LINES
from community.notifications.models import Letter, Notice
from community.notifications.models.wishes import Channel
from community.notifications.plain import no_links, one_line
from community.notifications.preferences import Wants
from community.notifications.sights import Sights, Wish
from community.notifications.writing import ACCOUNT
from community.site.present import site

DIGEST = "digest"
ANNOUNCEMENT = "announcement"


@dataclass(frozen=True)
class Words:
    """A letter's subject, plain text and HTML, and its headers."""

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One notice in a letter: a sentence and where it leads."""

    text: str
    url: str


Composed = dict[uuid.UUID, Words | Letter.Why]


def compose(letters: Sequence[Letter]) -> Composed:
    """The words of each letter, or why it is withheld. The number of queries does not grow with the letters, except for
    things that only some members may see."""
    composed: Composed = {letter.pk: _given(letter) for letter in letters if letter.kind == ACCOUNT}
    told = [letter for letter in letters if letter.kind != ACCOUNT and letter.member is not None]
    notices = _notices_of(told)
    wants = Wants.of({letter.member_id for letter in told})
    sights = Sights(_wishes(told, notices))
    for letter in told:
        with translation.override(letter.member.language or site().default_language):
            composed[letter.pk] = _told(letter, notices[letter.pk], wants, sights)
    return composed


def _given(letter: Letter) -> Words:
    return Words(letter.subject, letter.text, letter.html)


def _notices_of(letters: Iterable[Letter]) -> dict[uuid.UUID, list[Notice]]:
    """The notices each letter is about: its own, or for a digest the unread ones since the last one."""
    found: dict[uuid.UUID, list[Notice]] = defaultdict(list)
    digests = [letter for letter in letters if letter.kind == DIGEST]
    own = {letter.notice_id for letter in letters if letter.notice_id}
    asked = Q(pk__in=own)
    for letter in digests:
        asked |= Q(member=letter.member_id, read_at=None, at__gt=letter.since, at__lte=letter.queued_at)
    if not (own or digests):
        return found
    rows = Notice.objects.filter(asked).select_related("by").prefetch_related("happenings").order_by("-at", "-id")
    by_member: dict[uuid.UUID, list[Notice]] = defaultdict(list)
    for row in rows:
        by_member[row.member_id].append(row)
    for letter in letters:
        mine = by_member[letter.member_id]
        found[letter.pk] = [row for row in mine if _belongs(row, letter)]
    return found


def _belongs(notice: Notice, letter: Letter) -> bool:
    if letter.kind != DIGEST:
        return notice.pk == letter.notice_id
    return notice.read_at is None and letter.since < notice.at <= letter.queued_at


def _wishes(letters: Iterable[Letter], notices: dict[uuid.UUID, list[Notice]]) -> Iterable[Wish]:
    known = targets.kinds()
    for letter in letters:
        if letter.announcement_id:
            yield Wish(letter.member, ANNOUNCEMENT, letter.announcement_id)
        for notice in notices[letter.pk]:
            yield Wish(letter.member, notice.target_kind, notice.target_id)
            for happening in notice.happenings.all():
                if happening.source_kind in known:
                    yield Wish(letter.member, happening.source_kind, happening.source_id)


def _told(letter: Letter, notices: list[Notice], wants: Wants, sights: Sights) -> Words | Letter.Why:
    if letter.kind == ANNOUNCEMENT:
        return _announcement(letter, wants, sights)
    if letter.kind == DIGEST:
        return _digest(letter, notices, wants, sights)
    return _single(letter, notices, wants, sights)


def _single(letter: Letter, notices: list[Notice], wants: Wants, sights: Sights) -> Words | Letter.Why:
    notice = notices[0] if notices else None
    if notice is None:
        return Letter.Why.NOT_VISIBLE
    if notice.read_at is not None:
        return Letter.Why.ALREADY_READ
    if not wants.wants(letter.member, notice.kind, Channel.LETTER):
        return Letter.Why.SWITCHED_OFF
    line = _line(notice, letter.member, wants, sights)
    if line is None:
        return Letter.Why.NOT_VISIBLE
    return _words("notice", letter, subject=line.text, lines=[line])


def _digest(letter: Letter, notices: list[Notice], wants: Wants, sights: Sights) -> Words | Letter.Why:
    wanted = [notice for notice in notices if wants.wants(letter.member, notice.kind, Channel.DIGEST)]
    lines = [line for notice in wanted if (line := _line(notice, letter.member, wants, sights))]
    if not lines:
        return Letter.Why.NOTHING_NEW
    count = len(lines)
    subject = ngettext("%(count)d thing happened for you", "%(count)d things happened for you", count) % {
        "count": count
    }
    return _words("digest", letter, subject=subject, lines=lines[:DIGEST_LINES], more=max(0, count - DIGEST_LINES))


def _announcement(letter: Letter, wants: Wants, sights: Sights) -> Words | Letter.Why:
    if not wants.wants(letter.member, ANNOUNCEMENT, Channel.LETTER):
        return Letter.Why.SWITCHED_OFF
    announcement = sights.of(letter.member, ANNOUNCEMENT, letter.announcement_id)
    if announcement is None:
        return Letter.Why.NOT_VISIBLE
    paragraphs = [part.strip() for part in announcement.body.split("\n\n") if part.strip()]
    link = Line(one_line(announcement.title), _absolute(announcement.get_absolute_url()))
    return _words("announcement", letter, subject=announcement.title, lines=[link], paragraphs=paragraphs)


def _line(notice: Notice, member: Any, wants: Wants, sights: Sights) -> Line | None:
    """The notice as a line, or None if the member may not see its target, or none of its sources, or ignores its author."""
    target = sights.of(member, notice.target_kind, notice.target_id)
    if target is None or wants.ignores(member, notice.by_id):
        return None
    known = targets.kinds()
    shown = [
        seen
        for happening in notice.happenings.all()
        if happening.at >= notice.opened_at and (seen := _source(happening, member, sights, known)) is not None
    ]
    if not shown:
        return None
    kind = known[notice.target_kind]
    by = no_links(notice.by.shown_name, 60) if notice.by else _("Someone")
    sentence = kinds.named(notice.kind).sentence(by=by, title=no_links(kind.title(target), 100), people=notice.people)
    return Line(sentence, _absolute(kind.url(target)))


def _source(happening: Any, member: Any, sights: Sights, known: dict[str, targets.Kind]) -> Any | None:
    """What the event came from, if the member may see it. A source of no registered kind (a vote) is seen with its target."""
    if happening.source_kind not in known:
        return happening
    return sights.of(member, happening.source_kind, happening.source_id)


def _words(template: str, letter: Letter, *, subject: str, lines: list[Line], **more: Any) -> Words:
    off = unsubscribing.address_for(member_id=letter.member_id, kind=letter.kind)
    context = {
        "name": no_links(letter.member.shown_name, 60),
        "subject": subject,
        "lines": lines,
        "site": settings.SITE_URL,
        "site_name": no_links(str(site().name), 60),
        "settings_url": _absolute(reverse("community_notifications:settings")),
        "unsubscribe_url": off,
        **more,
    }
    return Words(
        subject=one_line(subject, 200),
        text=render_to_string(f"community/notifications/letters/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"community/notifications/letters/{template}.html", context),
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if off else {},
    )


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
