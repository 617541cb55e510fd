"""The acts that can bring points: code says which there are and what they bring until operators decide otherwise.

Higher apps add theirs in `AppConfig.ready`: acts.register(Act("event", _("Taking part in an event"), points=50)).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Act:
    """An act and its first rule; the fields are those of EarningRule."""

    name: str
    title: str | Promise
    points: int = 0
    rate: int = 0
    most_an_act: int = 0
    most_a_day: int = 0
    most_a_member: int = 0
    days_pending: int = 0
    days_valid: int = 365

    def rule(self) -> dict[str, int]:
        """The values of its first rule."""
        return {name: value for name, value in vars(self).items() if name not in ("name", "title")}


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    """Make an act known. Two acts of one name are a mistake of the programmer."""
    if _acts.setdefault(act.name, act) != act:
        raise ValueError(f"two acts are called {act.name!r}")


def all_acts() -> Mapping[str, Act]:
    """All acts by name."""
    return dict(_acts)


def title(name: str) -> str | Promise:
    """What an act is called on pages; its name if no code declares it any more."""
    return _acts[name].title if name in _acts else name


def register_own() -> None:
    """The community's acts, and the purchase."""
    register(Act("review", _("A review you wrote"), points=100, most_a_day=300, days_pending=7))
    register(Act("answer", _("An answer of yours that was accepted"), points=50, most_a_day=250, days_pending=1))
    register(Act("idea", _("An idea of yours that came true"), points=1_000))
    register(Act("purchase", _("A purchase"), rate=100, most_an_act=10_000))
