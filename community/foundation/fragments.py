"""Places in the frame of every page that apps further up fill: an app cannot be imported from here, so it says in
`AppConfig.ready` what it puts where, and `{% place "rail" %}` renders it.

    fragments.fill("rail", "community/boards/_rail.html", boards_for_rail)

Places: `top` (links in the top bar), `notice-count` (the number on the bell), `member-menu` (entries of the member's
menu), `rail` (sections below the main places), `member` (below the head of a member's page), `subject` (below the head
of a subject's page), `front` (shelves of the front page). Whatever is put into a page for guests must be the same for every guest.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

PLACES = ("top", "notice-count", "member-menu", "rail", "member", "subject", "front")
Inputs = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Fragment:
    """A template and what computes its inputs; None instead of inputs leaves it out."""

    template: str
    inputs: Inputs
    order: int


_filled: dict[str, list[Fragment]] = defaultdict(list)


def fill(place: str, template: str, inputs: Inputs, *, order: int = 50) -> None:
    """Put `template` into `place`. `inputs` gets the request and the thing that the page is about (or None)."""
    if place not in PLACES:
        raise ValueError(f"there is no place {place!r}; places are {', '.join(PLACES)}")
    fragment = Fragment(template, inputs, order)
    if fragment not in _filled[place]:
        _filled[place].append(fragment)
        _filled[place].sort(key=lambda one: one.order)


def at(place: str) -> list[Fragment]:
    """What fills `place`, in order."""
    return _filled[place]


_sheets: list[str] = []


def dress(sheet: str) -> None:
    """Link this style sheet (its path below static/) in every page: for parts that an app puts into others' pages."""
    if sheet not in _sheets:
        _sheets.append(sheet)


def sheets() -> list[str]:
    """The style sheets of parts, in the order in which their apps said so."""
    return list(_sheets)
