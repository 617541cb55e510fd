"""What other apps show on the page of an order or a purchase: a return, a review to write, how to go on paying.

    panels.register(Panel(name="returns", place="acts", order=10, build=build))         in AppConfig.ready

`build(row, request)` gives (template, context) or None. `row` is the Order for the places "acts" (beside what can be done
now), "main" and "desk" (the vendor's page of it); for "purchase" it is the Purchase. It runs a constant number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Place = Literal["acts", "main", "desk", "purchase"]
Build = Callable[[Any, HttpRequest], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True)
class Panel:
    """A part of a page."""

    name: str
    place: Place
    order: int
    build: Build


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.name] = panel


def render(place: Place, row: Any, request: HttpRequest) -> list[SafeString]:
    """The panels of a place, each rendered, in order."""
    found = []
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.name)):
        built = panel.build(row, request) if panel.place == place else None
        if built is not None:
            template, context = built
            found.append(render_to_string(template, context, request))
    return found
