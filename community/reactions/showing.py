"""What a page or a reply shows of the reactions to posts: a constant number of queries for all posts of a page."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from community.boards.models import Post
from community.members.standing import has_voice
from community.reactions.models import Reaction, ReactionKind, Tally

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


@dataclass(frozen=True)
class BarShown:
    """The reactions to one post, and whether the reader may add one."""

    post: Post
    kinds: list[KindShown]
    may_react: bool

    @property
    def given(self) -> list[KindShown]:
        """The kinds that anyone gave."""
        return [shown for shown in self.kinds if shown.count]

    @property
    def looks(self) -> tuple[Any, ...]:
        """All that the bar shows: bars of the same looks are drawn once (`{% drawn %}`)."""
        return (self.post.pk, self.may_react, *((shown.count, shown.mine) for shown in self.kinds))

    @property
    def total(self) -> int:
        return sum(shown.count for shown in self.kinds)


def counts_and_mine(posts: Iterable[Any], member: Any) -> dict[uuid.UUID, tuple[dict[str, int], set[str]]]:
    """Per post: how many of each kind, and which kinds `member` gave."""
    ids = [post.pk for post in posts]
    tallies = Tally.objects.filter(pk__in=ids)
    if member.is_authenticated:  # a reaction has a tally: what is one's own comes with it
        own = Reaction.objects.filter(member=member, post=OuterRef("pk")).values("kind")
        tallies = tallies.annotate(own=ArraySubquery(own))
    known = {tally.pk: tally for tally in tallies}
    none = Tally()
    return {pk: (known.get(pk, none).counts, set(getattr(known.get(pk, none), "own", ()))) for pk in ids}


def bars(posts: Iterable[Any], member: Any) -> dict[uuid.UUID, BarShown]:
    """The bar under each post."""
    posts = list(posts)
    known = counts_and_mine(posts, member)
    voice = has_voice(member)
    return {post.pk: _bar(post, *known[post.pk], voice and post.author_id != member.pk) for post in posts}


def _bar(post: Any, counts: dict[str, int], mine: set[str], may_react: bool) -> BarShown:
    kinds = [
        KindShown(kind.value, kind.label, ICONS[kind], counts[kind.value], kind.value in mine) for kind in ReactionKind
    ]
    return BarShown(post, kinds, may_react and post.is_published)
