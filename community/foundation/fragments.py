"""Places in the frame of every page that apps further up fill: an app cannot be imported from here, so it says in
`AppConfig.ready` what it puts where, and `{% place "rail" %}` renders it.

    fragments.fill("rail", "community/boards/_rail.html", boards_for_rail)

Places: `top` (links in the top bar), `notice-count` (the number on the bell), `member-menu` (entries of the member's
menu), `rail` (sections below the main places), `member` (below the head of a member's page), `subject` (below the head
of a subject's page), `front` (shelves of the front page). Whatever is put into a page for guests must be the same for every guest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

PLACES = ("top", "notice-count", "member-menu", "rail", "member", "subject", "front")
Inputs = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Fragment:
    """A template and what computes its inputs; None instead of inputs leaves it out."""

    template: str
    inputs: Inputs
    order: int
    remembered: bool = False

    def drawn(self, request: HttpRequest, about: Any) -> str:
        """What it shows to who asks; empty if it is left out."""
        key = self._key(request) if self.remembered else None
        if key and (known := _remembered_of(request).get(key)) is not None:
            return known
        inputs = self.inputs(request, about)
        text = "" if inputs is None else render_to_string(self.template, inputs, request=request)
        if key:
            cache.set(key, text, settings.FRAME_REMEMBERED_SECONDS)
        return text

    def _key(self, request: HttpRequest) -> str | None:
        if not settings.FRAME_REMEMBERED_SECONDS or not request.user.is_authenticated:
            return None
        return _remembered_as(request.user.pk, self.template, get_language())


_filled: dict[str, list[Fragment]] = defaultdict(list)


def fill(place: str, template: str, inputs: Inputs, *, order: int = 50, remembered: bool = False) -> None:
    """Put `template` into `place`. `inputs` gets the request and the thing that the page is about (or None).

    `remembered` is for numbers of a member that every page shows: drawn once in FRAME_REMEMBERED_SECONDS, and anew
    after whatever the member does (members.middleware) and wherever an act calls `forget`.
    """
    if place not in PLACES:
        raise ValueError(f"there is no place {place!r}; places are {', '.join(PLACES)}")
    fragment = Fragment(template, inputs, order, remembered)
    if fragment not in _filled[place]:
        _filled[place].append(fragment)
        _filled[place].sort(key=lambda one: one.order)


def forget(members: Iterable[UUID]) -> None:
    """Draw what is remembered for these members anew with their next page."""
    templates = [one.template for fragments in _filled.values() for one in fragments if one.remembered]
    languages = [code for code, _name in settings.LANGUAGES]
    keys = [_remembered_as(pk, template, code) for pk in members for template in templates for code in languages]
    if keys and settings.FRAME_REMEMBERED_SECONDS:
        cache.delete_many(keys)


def _remembered_of(request: HttpRequest) -> dict[str, str]:
    """All that is remembered of this reader's frame, asked for once a request."""
    known: dict[str, str] | None = request.__dict__.get("_remembered_frame")
    if known is None:
        remembered = [one for fragments in _filled.values() for one in fragments if one.remembered]
        reader: Any = request.user.pk
        known = cache.get_many([_remembered_as(reader, one.template, get_language()) for one in remembered])
        request.__dict__["_remembered_frame"] = known
    return known


def _remembered_as(member_id: UUID, template: str, language: str | None) -> str:
    return f"frame:{member_id}:{template}:{language}"


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
