"""The ideas, complaints and reviews that can cause a change: which a vendor may name, and which a reader may see.

Both kinds are asked of the registry of targets; nothing that was hidden, removed or erased is ever found here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from commerce.changes.models import Cause, SourceKind
from commerce.vendors import hearing
from commerce.vendors.models import Vendor
from community.boards.models.places import Kind as BoardKind
from community.boards.models.topics import State
from community.foundation import targets
from community.foundation.characters import excerpt
from community.members.models import TeamMember

Reference = tuple[str, UUID]
QUOTED = 90
_STANDS = {
    SourceKind.TOPIC: Q(state=State.PUBLISHED),
    SourceKind.REVIEW: Q(removed_at=None, subject__hidden_at=None),
}
_JOINED = {SourceKind.TOPIC: ("author", "board"), SourceKind.REVIEW: ("author", "subject")}


@dataclass(frozen=True)
class Credit:
    """Words that a reader may see, and who wrote them; `author` is None for who left and for who is no member here.

    `words` are the first of a review, whose title says only what it is about.
    """

    kind: str
    id: UUID
    title: str
    url: str
    author: Any
    words: str = ""


def standing(kind: str, reader: Any) -> QuerySet[Any]:
    """Of one kind, what stands and `reader` may see, joined with what a credit shows."""
    known = SourceKind(kind)
    return targets.kinds()[known].visible_to(reader).filter(_STANDS[known]).select_related(*_JOINED[known])


def credits_of(causes: Iterable[Cause], reader: Any) -> dict[UUID, list[Credit]]:
    """By change, what of its causes `reader` may see, in the order they were named: a query a kind at most."""
    rows = sorted(causes, key=lambda one: one.pk)
    found = seen({(one.source_kind, one.source_id) for one in rows}, reader)
    credits: dict[UUID, list[Credit]] = {}
    for one in rows:
        thing = found.get((one.source_kind, one.source_id))
        if thing is not None:
            credits.setdefault(one.change_id, []).append(credit(one.source_kind, thing))
    return credits


def seen(references: Iterable[Reference], reader: Any) -> dict[Reference, Any]:
    """The things themselves that stand and `reader` may see."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, id in references:
        by_kind.setdefault(kind, set()).add(id)
    return {(kind, row.pk): row for kind, ids in by_kind.items() for row in standing(kind, reader).filter(pk__in=ids)}


def credit(kind: str, thing: Any) -> Credit:
    """A thing as a credit."""
    known = targets.kinds()[kind]
    author = known.author(thing)
    there = author if author is not None and author.is_active else None
    words = excerpt(thing.source, QUOTED) if kind == SourceKind.REVIEW else ""
    return Credit(_word(kind, thing), thing.pk, known.title(thing), known.url(thing), there, words)


def nameable(kind: str, vendor: Vendor, viewer: Any) -> QuerySet[Any]:
    """Of one kind, what `viewer` may name for this vendor: words of others than its staff about what it answers for."""
    staff = TeamMember.objects.filter(team=vendor.team_id).values("member")
    if SourceKind(kind) == SourceKind.REVIEW:
        rows = standing(kind, viewer).filter(pk__in=hearing.reviews(vendor, viewer).values("pk"))
    else:
        ideas, complaints = hearing.ideas(vendor, viewer), hearing.complaints(vendor, viewer)
        rows = standing(kind, viewer).filter(Q(pk__in=ideas.values("topic")) | Q(pk__in=complaints.values("topic")))
    return rows.exclude(author__in=staff)


def _word(kind: str, thing: Any) -> str:
    """What readers call it: an idea, a complaint, a review."""
    if kind == SourceKind.REVIEW:
        return "review"
    return {BoardKind.IDEA: "idea", BoardKind.COMPLAINT: "complaint"}.get(thing.board.kind, "topic")
