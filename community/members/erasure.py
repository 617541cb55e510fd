"""What goes and what stays when a member leaves: the registry, and the act that obeys it.

Each key to Member says by its `on_delete` what happens to its rows, so that nothing is forgotten:

    CASCADE    the row is the member's own: it is deleted
    SET_NULL   the row is not about the member: the key is emptied
    PROTECT    the row stays, under "former member": its app names why, in `AppConfig.ready`

    erasure.keep("community_boards.Post.author", why=_("so that conversations stay readable"))
    erasure.also("uploads", forget_files)          # called with member=, in the transaction, before the rows go

An app that handles the event `member.erased` does its part there, with its rows still in place; what it overlooks is
swept a day later.

`keep` also holds for a CASCADE key whose rows must stay. A test walks every table for a planted word.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import CASCADE, SET_NULL, ForeignKey
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members import export
from community.members.models import Member
from community.outbox.events import handlers_of

DELETED, EMPTIED, KEPT = "deleted", "emptied", "kept"
COUNTED = _("votes stay as numbers, so that counts stay true")
_kept: dict[str, str | Promise] = {}
_also: dict[str, Callable[..., None]] = {}


def keep(key: str, *, why: str | Promise) -> None:
    """Rows behind the key "app_label.Model.field" stay, for this reason, which the page about data shows."""
    _kept[key] = why


def also(name: str, forget: Callable[..., None]) -> None:
    """Call `forget(member=)` too: for files, texts and copies that no key leads to. It may run twice."""
    _also[name] = forget


def fate(field: ForeignKey) -> str:
    """What happens to the rows behind a key. A protected key that nobody explains is kept all the same: losing what
    the law asks for cannot be mended, and `unexplained` tells the tests."""
    on_delete: Any = field.remote_field.on_delete
    if export.name_of(field) in _kept:
        return KEPT
    return {CASCADE: DELETED, SET_NULL: EMPTIED}.get(on_delete, KEPT)


def is_handed_over(field: ForeignKey) -> bool:
    """Whether the key's app handles `member.erased`: it needs its rows, to take back counts or to remove files."""
    package = field.model.__module__.rpartition(".models")[0]
    return any(name.startswith(f"{package}.") for name in handlers_of("member.erased"))


def unexplained() -> list[str]:
    """Keys whose rows stay without a reason."""
    names = [export.name_of(field) for field in export.keys_to_member() if fate(field) == KEPT]
    return [name for name in names if name not in _kept]


def kept() -> dict[str, str | Promise]:
    """Why rows stay, by key."""
    return dict(_kept)


def run_all(member: Member) -> None:
    """Obey the registry for one member: first what apps do themselves, then every key that is not handed over."""
    for forget in _also.values():
        forget(member=member)
    for field in export.keys_to_member():
        if not is_handed_over(field):
            _obey(field, member)


def sweep(member: Member) -> None:
    """Obey it for every key, handed over or not: nothing that a handler overlooked stays."""
    for field in export.keys_to_member():
        _obey(field, member)


def _obey(field: ForeignKey, member: Member) -> None:
    rows = field.model._base_manager.filter(**{field.name: member})
    what = fate(field)
    if what == DELETED:
        rows.delete()
    elif what == EMPTIED:
        rows.update(**{field.name: None})
