"""The words of letters, made when they are sent, for a whole batch at once: what the reader may see now, and no more."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import targets
from community.foundation.addresses import absolute
from community.members.models import Member
from community.members.models.member import UNSHOWN
from community.notifications import kinds, unsubscribing
from community.notifications.conf import DIGEST_LINES
from community.notifications.models import Happening, Letter, Notice
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
    told: list[Any] = [letter for letter in letters if letter.kind != ACCOUNT and letter.member is not None]
    notices = _notices_of(told)
    wants = Wants.of({letter.member_id for letter in told})
    known = _Known(wants, Sights(_things(told, notices)), Sights(_sources(told, notices), load=False))
    for letter in told:
        with translation.override(letter.member.language or site().default_language):
            composed[letter.pk] = _told(letter, notices[letter.pk], known)
    return composed


def _given(letter: Letter) -> Words:
    return Words(letter.subject, letter.text, letter.html)


def _notices_of(letters: Iterable[Any]) -> dict[uuid.UUID, list[Notice]]:
    """The notices each letter is about: its own, or for a digest the unread ones since the last one."""
    found: dict[uuid.UUID, list[Notice]] = defaultdict(list)
    digests = [letter for letter in letters if letter.kind == DIGEST]
    own = {letter.notice_id for letter in letters if letter.notice_id}
    asked = Q(pk__in=own)
    for letter in digests:
        asked |= Q(member=letter.member_id, read_at=None, at__gt=letter.since, at__lte=letter.queued_at)
    if not (own or digests):
        return found
    happenings = Happening.objects.prefetch_related(Prefetch("by", Member.objects.defer(*UNSHOWN)))
    # As a list: `.all()` of each notice would cost as much as its line.
    news = Prefetch("happenings", happenings, to_attr="news")
    rows = Notice.objects.filter(asked).prefetch_related(news).order_by("-at", "-id")
    by_member: dict[uuid.UUID, list[Notice]] = defaultdict(list)
    for row in rows:
        by_member[row.member_id].append(row)
    for letter in letters:
        mine = by_member[letter.member_id]
        found[letter.pk] = [row for row in mine if _belongs(row, letter)]
    return found


def _belongs(notice: Notice, letter: Any) -> bool:
    if letter.kind != DIGEST:
        return notice.pk == letter.notice_id
    return notice.read_at is None and letter.since < notice.at <= letter.queued_at


@dataclass(frozen=True)
class _Known:
    """What the batch's members want, which things they may see, and which of the events' sources."""

    wants: Wants
    things: Sights
    sources: Sights


def _things(letters: Iterable[Any], notices: dict[uuid.UUID, list[Notice]]) -> Iterable[Wish]:
    for letter in letters:
        if letter.announcement_id:
            yield Wish(letter.member, ANNOUNCEMENT, letter.announcement_id)
        for notice in notices[letter.pk]:
            yield Wish(letter.member, notice.target_kind, notice.target_id)


def _sources(letters: Iterable[Any], notices: dict[uuid.UUID, list[Notice]]) -> Iterable[Wish]:
    for letter in letters:
        for notice in notices[letter.pk]:
            for happening in notice.news:  # type: ignore[attr-defined]
                yield Wish(letter.member, happening.source_kind, happening.source_id)


def _told(letter: Any, notices: list[Notice], known: _Known) -> Words | Letter.Why:
    if letter.kind == ANNOUNCEMENT:
        return _announcement(letter, known)
    if letter.kind == DIGEST:
        return _digest(letter, notices, known)
    return _single(letter, notices, known)


def _single(letter: Any, notices: list[Notice], known: _Known) -> Words | Letter.Why:
    notice = notices[0] if notices else None
    if notice is None:
        return Letter.Why.NOT_VISIBLE
    if notice.read_at is not None:
        return Letter.Why.ALREADY_READ
    if not known.wants.wants(letter.member, notice.kind, Channel.LETTER):
        return Letter.Why.SWITCHED_OFF
    line = _line(notice, letter.member, known)
    if line is None:
        return Letter.Why.NOT_VISIBLE
    return _words("notice", letter, subject=line.text, lines=[line])


def _digest(letter: Any, notices: list[Notice], known: _Known) -> Words | Letter.Why:
    wanted = [notice for notice in notices if known.wants.wants(letter.member, notice.kind, Channel.DIGEST)]
    lines = [line for notice in wanted if (line := _line(notice, letter.member, known))]
    if not lines:
        return Letter.Why.NOTHING_NEW
    count = len(lines)
    subject = ngettext("%(count)d thing happened for you", "%(count)d things happened for you", count) % {
        "count": count
    }
    return _words("digest", letter, subject=subject, lines=lines[:DIGEST_LINES], more=max(0, count - DIGEST_LINES))


def _announcement(letter: Any, known: _Known) -> Words | Letter.Why:
    if not known.wants.wants(letter.member, ANNOUNCEMENT, Channel.LETTER):
        return Letter.Why.SWITCHED_OFF
    announcement = known.things.of(letter.member, ANNOUNCEMENT, letter.announcement_id)
    if announcement is None:
        return Letter.Why.NOT_VISIBLE
    paragraphs = [part.strip() for part in announcement.body.split("\n\n") if part.strip()]
    link = Line(one_line(announcement.title), absolute(announcement.get_absolute_url()))
    return _words("announcement", letter, subject=announcement.title, lines=[link], paragraphs=paragraphs)


def _line(notice: Notice, member: Any, known: _Known) -> Line | None:
    """The notice as a line; None if the member may not see its target or any of its sources, or ignores who is behind."""
    target = known.things.of(member, notice.target_kind, notice.target_id)
    if target is None or known.wants.ignores(member, getattr(target, "author_id", None)):
        return None
    news: list[Happening] = notice.news  # type: ignore[attr-defined]
    shown = [happening for happening in news if _is_seen(happening, notice, member, known)]
    if not shown:
        return None
    last = max(shown, key=lambda happening: happening.at)
    people = len({happening.by_id for happening in shown})
    by = no_links(last.by.shown_name, 60) if last.by else _("Someone")
    kind = targets.kinds()[notice.target_kind]
    sentence = kinds.named(notice.kind).sentence(by=by, title=no_links(kind.title(target), 100), people=people)
    return Line(sentence, absolute(kind.url(target)))


def _is_seen(happening: Happening, notice: Notice, member: Any, known: _Known) -> bool:
    """Whether the event is news, and not of something hidden or by someone ignored. A source of no registered kind (a
    vote) is seen with its target."""
    if happening.at < notice.opened_at or known.wants.ignores(member, happening.by_id):
        return False
    if happening.source_kind not in targets.kinds():
        return True
    return known.sources.of(member, happening.source_kind, happening.source_id) is not None


def _words(template: str, letter: Any, *, subject: str, lines: list[Line], **more: Any) -> Words:
    off = unsubscribing.address_for(member_id=letter.member_id, kind=letter.kind)
    context = {
        "name": no_links(letter.member.shown_name, 60),
        "subject": subject,
        "lines": lines,
        "site": settings.SITE_URL,
        "site_name": no_links(str(site().name), 60),
        "settings_url": absolute(reverse("community_notifications:settings")),
        "unsubscribe_url": off,
        **more,
    }
    return Words(
        subject=one_line(subject, 200),
        text=render_to_string(f"community/notifications/letters/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"community/notifications/letters/{template}.html", context),
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if off else {},
    )
