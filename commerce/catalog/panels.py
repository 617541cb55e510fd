"""What other apps show on a product's page: stock, delivery, specification, cart's form in the place "buy".

    panels.register(Panel(name="cart", place="buy", order=10, build=build))      in AppConfig.ready

`build(shown, request)` gets the page's `reading.Shown` (product, chosen variant) and gives (template, context) or None;
it runs a constant number of queries. What it shows to guests is the same for every guest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Place = Literal["price", "buy", "head", "main", "side"]
Build = Callable[[Any, HttpRequest], tuple[str, dict[str, Any]] | None]
PLACES: tuple[Place, ...] = ("price", "buy", "head", "main", "side")


@dataclass(frozen=True)
class Panel:
    """A part of the page. `place`: beside the price, where one buys, below that, in the reading column, at the side."""

    name: str
    order: int
    build: Build
    place: Place = "main"


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.name] = panel


def render(shown: Any, request: HttpRequest) -> dict[str, list[SafeString]]:
    """The panels of a product by place, each rendered."""
    found: dict[str, list[SafeString]] = {place: [] for place in PLACES}
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.name)):
        built = panel.build(shown, request)
        if built is not None:
            template, context = built
            found[panel.place].append(render_to_string(template, {"shown": shown, **context}, request))
    return found
