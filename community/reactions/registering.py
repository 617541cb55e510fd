"""What this app tells the registries of the lower ones."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from community.boards import extras
from community.foundation import counters
from community.reactions.models import Reaction, ReactionKind
from community.reactions.serializers import ReactionsReply
from community.reactions.showing import bars, counts_and_mine


def register_all() -> None:
    extras.register(
        extras.TopicExtra(
            name="reactions",
            style="css/community/reactions.css",
            post_extras=_bars,
            post_template="community/reactions/bar/_bar.html",
            post_values=_values,
            post_field=ReactionsReply(read_only=True),
        )
    )
    for kind in ReactionKind.values:
        counters.register("community_reactions.Tally", kind, _of("pk", kind=kind))
    counters.register("community_boards.Post", "reaction_count", _of("pk"))


def _bars(posts: Iterable[Any], member: Any) -> dict[uuid.UUID, dict[str, Any]]:
    """No bar where there is nothing to see and nothing to press."""
    shown = bars(posts, member).items()
    return {pk: {"bar": bar, "looks": bar.looks} for pk, bar in shown if bar.may_react or bar.total}


def _values(posts: Iterable[Any], member: Any) -> dict[uuid.UUID, dict[str, Any]]:
    known = counts_and_mine(posts, member)
    return {pk: {"counts": counts, "mine": sorted(mine)} for pk, (counts, mine) in known.items()}


def _of(outer: str, **only: str) -> Subquery:
    rows = Reaction.objects.filter(post=OuterRef(outer), **only).order_by().values("post")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))
