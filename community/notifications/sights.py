"""What each of many members may see of many targets, in a number of queries that the members do not multiply.

Whatever a guest may see, every member may see, but for what is by someone the member ignores, which the caller leaves
out; so one query a kind answers for all that is public. Only what is left
(private boards) is asked member by member, of the kind's own `visible_to`, in one query each a kind.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser

from community.foundation import targets


class Wish(NamedTuple):
    """A member who would be told of a target."""

    member: Any
    kind: str
    id: uuid.UUID


class Sights:
    """The targets of some wishes, and who may see which. With `load=False` it only says which, without reading rows."""

    def __init__(self, wishes: Iterable[Wish], *, load: bool = True) -> None:
        self._load = load
        self._public: dict[tuple[str, uuid.UUID], Any] = {}
        self._private: dict[tuple[uuid.UUID, str, uuid.UUID], Any] = {}
        for kind_name, asked in _by_kind(wishes).items():
            kind = targets.kinds().get(kind_name)
            if kind is not None:
                self._look(kind, asked)

    def _look(self, kind: targets.Kind, asked: dict[Any, set[uuid.UUID]]) -> None:
        ids = set().union(*asked.values())
        public = self._found(kind, AnonymousUser(), ids)
        self._public |= {(kind.name, pk): found for pk, found in public.items()}
        for member, wanted in asked.items():
            left = wanted - public.keys()
            if left:
                for pk, found in self._found(kind, member, left).items():
                    self._private[member.pk, kind.name, pk] = found

    def _found(self, kind: targets.Kind, member: Any, ids: set[uuid.UUID]) -> dict[uuid.UUID, Any]:
        rows = kind.visible_to(member).filter(pk__in=ids)
        if self._load:
            return {found.pk: found for found in rows}
        return dict.fromkeys(rows.values_list("pk", flat=True), True)

    def of(self, member: Any, kind: str, id: uuid.UUID) -> Any | None:
        """The target (or True), or None if it is gone or `member` may not see it."""
        return self._public.get((kind, id)) or self._private.get((member.pk, kind, id))


def _by_kind(wishes: Iterable[Wish]) -> dict[str, dict[Any, set[uuid.UUID]]]:
    asked: dict[str, dict[Any, set[uuid.UUID]]] = defaultdict(lambda: defaultdict(set))
    for wish in wishes:
        asked[wish.kind][wish.member].add(wish.id)
    return asked
