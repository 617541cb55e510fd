"""What other apps show on a subject's page: reviews, topics, who sells it.

    panels.register(Panel(name="reviews", order=10, build=build))      in AppConfig.ready

`build(subject, request)` gives (template, context) or None; it runs a constant number of queries. For something slow
it gives "community/subjects/subject/_later.html" with `url` and `title`: a link that htmx turns into the fragment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from community.subjects.models import Subject

Build = Callable[[Subject, HttpRequest], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True)
class Panel:
    """A part of the page; `place` is beside the picture ("head"), in the reading column or at the side."""

    name: str
    order: int
    build: Build
    place: Literal["head", "main", "side"] = "main"


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.name] = panel


def render(subject: Subject, request: HttpRequest) -> dict[str, list[SafeString]]:
    """The panels of a subject by place, each rendered."""
    shown: dict[str, list[SafeString]] = {"head": [], "main": [], "side": []}
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.name)):
        built = panel.build(subject, request)
        if built is not None:
            template, context = built
            shown[panel.place].append(render_to_string(template, {"subject": subject, **context}, request))
    return shown
