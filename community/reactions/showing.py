"""What a page or a reply shows of the reactions to posts: a constant number of queries for all posts of a page."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from community.boards.models import Post
from community.members.standing import has_voice
from community.reactions.models import ReactionKind

ICONS = {
    ReactionKind.LIKE: "thumbs-up",
    ReactionKind.THANKS: "heart",
    ReactionKind.AGREE: "users",
    ReactionKind.LAUGH: "laugh",
    ReactionKind.SURPRISE: "sparkles",
    ReactionKind.SORRY: "hand-heart",
}


@dataclass(frozen=True)
class KindShown:
    """One kind on one post."""

    kind: str
    label: Any
    icon: str
    count: int
    mine: bool


_KINDS = [(kind.value, kind.label, ICONS[kind]) for kind in ReactionKind]  # asked of the enumeration once


@dataclass(frozen=True)
class BarShown:
    """The reactions to one post, which of them are the reader's, and whether the reader may add one."""

    post: Post
    counts: dict[str, int]
    mine: set[str]
    may_react: bool

    @property
    def kinds(self) -> list[KindShown]:
        return [KindShown(kind, label, icon, self.counts[kind], kind in self.mine) for kind, label, icon in _KINDS]

    @property
    def given(self) -> list[KindShown]:
        """The kinds that anyone gave."""
        return [shown for shown in self.kinds if shown.count]

    @property
    def looks(self) -> tuple[Any, ...]:
        """All that the bar shows: bars of the same looks are drawn once (`{% drawn %}`)."""
        return (self.post.pk, self.may_react, tuple(self.counts.values()), frozenset(self.mine))

    @property
    def total(self) -> int:
        return sum(self.counts.values())


# Asked by every page of a topic, so it is written out. A reaction has a tally: what is one's own comes with it.
_COUNTED = """
SELECT t.post_id, t."like", t.thanks, t.agree, t.laugh, t.surprise, t.sorry, ARRAY(
  SELECT r.kind FROM community_reactions_reaction r WHERE r.post_id = t.post_id AND r.member_id = %(member)s)
FROM community_reactions_tally t WHERE t.post_id = ANY(%(posts)s::uuid[])
"""  # in the order of ReactionKind


def counts_and_mine(posts: Iterable[Any], member: Any) -> dict[uuid.UUID, tuple[dict[str, int], set[str]]]:
    """Per post: how many of each kind, and which kinds `member` gave."""
    ids = [post.pk for post in posts]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"posts": ids, "member": member.pk})  # of a guest null, which nothing equals
        known = {pk: (counts, set(mine)) for pk, *counts, mine in cursor.fetchall()}
    none: tuple[list[int], set[str]] = ([0] * len(_KINDS), set())
    found = {pk: known.get(pk, none) for pk in ids}
    return {pk: (dict(zip(ReactionKind.values, counts, strict=True)), mine) for pk, (counts, mine) in found.items()}


def bars(posts: Iterable[Any], member: Any) -> dict[uuid.UUID, BarShown]:
    """The bar under each post."""
    posts = list(posts)
    known = counts_and_mine(posts, member)
    voice = has_voice(member)
    return {
        post.pk: BarShown(post, *known[post.pk], voice and post.author_id != member.pk and post.is_published)
        for post in posts
    }
