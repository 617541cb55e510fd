"""What other apps show on a vendor's page: its products, promotions, events.

    panels.register(Panel(name="products", order=10, build=build))      in AppConfig.ready

`build(vendor, request)` gives (template, context) or None; it runs a constant number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from commerce.vendors.models import Vendor

Build = Callable[[Vendor, HttpRequest], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True)
class Panel:
    """A part of the page, in the reading column or at the side."""

    name: str
    order: int
    build: Build
    place: Literal["main", "side"] = "main"


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.name] = panel


def render(vendor: Vendor, request: HttpRequest) -> dict[str, list[SafeString]]:
    """The panels of a vendor by place, each rendered."""
    shown: dict[str, list[SafeString]] = {"main": [], "side": []}
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.name)):
        built = panel.build(vendor, request)
        if built is not None:
            template, context = built
            shown[panel.place].append(render_to_string(template, {"vendor": vendor, **context}, request))
    return shown
