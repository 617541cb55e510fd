"""The registry of things that others point at by (kind, id): flags, notices, touchpoints, bookmarks, word of mouth.

Each app registers its kinds in `AppConfig.ready`; higher apps ask here instead of holding a key to every table.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from community.foundation.problems import NotThere


@dataclass(frozen=True)
class Kind:
    """What others need to know of a kind of thing.

    `model` is "app_label.Model", whose manager has `visible_to(member)`; `title` and `url` take the object; `author`
    gives the member it belongs to or None. `hide(target=, by=, reason=)` and `restore(target=, by=, reason=)` are the
    acts of moderation, for kinds that can be flagged. `board` gives the board it stands on, if any, so that its
    moderators are asked; `text` its words, of which a flag keeps a copy.
    """

    name: str
    model: str
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    author: Callable[[Any], Any | None] = lambda target: None
    hide: Callable[..., Any] | None = None
    restore: Callable[..., Any] | None = None
    board: Callable[[Any], Any | None] = lambda target: None
    text: Callable[[Any], str] = lambda target: ""

    def visible_to(self, member: Any) -> QuerySet[Any]:
        manager: Any = apps.get_model(self.model)._default_manager
        return manager.visible_to(member)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Two kinds of one name are a mistake of the programmer."""
    if kind.name in _kinds and _kinds[kind.name] != kind:
        raise ValueError(f"two kinds are called {kind.name!r}")
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by name."""
    return dict(_kinds)


def label(kind: str) -> str:
    """What a kind is called in the reader's language; one that no app registers any more keeps its name."""
    return str(apps.get_model(_kinds[kind].model)._meta.verbose_name) if kind in _kinds else kind


def kind_of(target: Model) -> Kind:
    """The kind of an object.

    Raises LookupError if its model was never registered.
    """
    label = target._meta.label
    for kind in _kinds.values():
        if kind.model.lower() == label.lower():
            return kind
    raise LookupError(label)


def find(*, kind: str, id: uuid.UUID | str, member: Any) -> Any:
    """The object named (kind, id), if `member` may see it.

    Raises NotThere when the kind is unknown, the id malformed, or the object absent or not visible.
    """
    try:
        key = uuid.UUID(str(id))
    except ValueError as error:
        raise NotThere from error
    if kind not in _kinds:
        raise NotThere
    found = _kinds[kind].visible_to(member).filter(pk=key).first()
    if found is None:
        raise NotThere
    return found
