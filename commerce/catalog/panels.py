"""What other apps show on a product's page: stock, delivery, specification, cart's form in the place "buy".

    panels.register(Panel(name="cart", place="buy", order=10, build=build))      in AppConfig.ready

`build(shown, request)` gets the page's `choosing.Shown` (product, chosen variant) and gives (template, context) or None;
it runs a constant number of queries. What it shows to guests is the same for every guest. Where it shows the same to many
members, `same_for` gives the key that they share: then it is put together once in two seconds (docs/decisions/0037).
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from commerce.catalog import changes
from community.foundation.near import Near
from community.foundation.templatetags.drawn import TOKEN

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
    same_for: Callable[[Any, HttpRequest], Hashable | None] | None = None
    """What all that it shows hangs on; None for a reader to whom it shows something of their own."""


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.name] = panel


def render(shown: Any, request: HttpRequest) -> dict[str, list[SafeString]]:
    """The panels of a product by place, each rendered."""
    found: dict[str, list[SafeString]] = {place: [] for place in PLACES}
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.name)):
        drawn = _drawn(panel, shown, request)
        if drawn is not None:
            found[panel.place].append(drawn)
    return found


_kept: Near[tuple[SafeString | None]] = Near(seconds=changes.SECONDS, most=1_000)


def _drawn(panel: Panel, shown: Any, request: HttpRequest) -> SafeString | None:
    shared = panel.same_for(shown, request) if panel.same_for is not None else None
    if shared is None:
        return _draw(panel, shown, request)
    key = (panel.name, get_language(), get_current_timezone_name(), shared)
    (drawn,) = _kept.once(key, lambda: (_draw(panel, shown, request, csrf_token=TOKEN),))
    return SafeString(drawn.replace(TOKEN, get_token(request))) if drawn and TOKEN in drawn else drawn


def _draw(panel: Panel, shown: Any, request: HttpRequest, **more: str) -> SafeString | None:
    built = panel.build(shown, request)
    if built is None:
        return None
    template, context = built
    return render_to_string(template, {"shown": shown, **context, **more}, request)
