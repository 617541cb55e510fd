"""The registry of notice kinds: what members can be told, in which words, and by which channels unless they switch it.

Apps of this wing that stand left of this one have their kinds in own_kinds.py; apps to the right, and upper wings,
register theirs in `AppConfig.ready`:

    kinds.register(NoticeKind(name="bid", title=_("Bids on your wishes"), one=_("%(by)s bid on “%(title)s”"), ...))

and tell members with `noticing.tell(kind="bid", ...)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.notifications.models.wishes import Channel

Words = str | Promise


class Group(models.TextChoices):
    """The parts of the settings page, in its order."""

    TO_YOU = "to_you", _("Said to you")
    WATCHED = "watched", _("What you watch, follow and keep")
    YOURS = "yours", _("What became of what you wrote")
    TEAM = "team", _("For your teams")
    SITE = "site", _("From those who run this place")


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice.

    `one` is the sentence for one person's act with %(by)s and %(title)s; `many`, an `ngettext_lazy` over "others",
    adds %(others)d. `icon` stands on the picture of who acted. `defaults` are the channels that are on until the member switches them, `always` those that
    nobody can switch off (the member must be able to know a decision about themselves).
    """

    name: str
    title: Words
    one: Words
    many: Words | None = None
    group: Group = Group.YOURS
    icon: str = "bell"
    defaults: frozenset[str] = frozenset({Channel.PAGE, Channel.DIGEST})
    always: frozenset[str] = field(default=frozenset())

    def default(self, channel: str) -> bool:
        return channel in self.always or channel in self.defaults

    def sentence(self, *, by: str, title: str, people: int) -> str:
        """The notice in words, in the active language. Plain text: whoever shows it as HTML escapes it."""
        others = max(people - 1, 0)
        if others and self.many is not None:
            return self.many % {"by": by, "title": title, "others": others}
        return str(self.one) % {"by": by, "title": title}


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Make a kind known. Two kinds of one name are a mistake of the programmer."""
    if kind.name in _kinds and _kinds[kind.name] is not kind:
        raise ValueError(f"two notice kinds are called {kind.name!r}")
    _kinds[kind.name] = kind


def named(name: str) -> NoticeKind:
    """The kind of this name. Raises LookupError if nobody registered it."""
    try:
        return _kinds[name]
    except KeyError as error:
        raise LookupError(f"no notice kind is called {name!r}") from error


def all_kinds() -> Mapping[str, NoticeKind]:
    """All kinds by name, in the order in which the settings page lists them: by group, then as they were registered."""
    order = list(Group)
    return dict(sorted(_kinds.items(), key=lambda item: order.index(item[1].group)))
