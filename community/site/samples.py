"""The elements shown on the style page: each is a small template, rendered and printed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.foundation import clock

FOLDER = "community/site/kit/samples"
SAMPLES: Sequence[tuple[str, Promise]] = (
    ("buttons", _("Buttons")),
    ("chips", _("Chips")),
    ("members", _("Pictures of members")),
    ("times", _("Times and counts")),
    ("scores", _("Scores")),
    ("notices", _("Notices in a page")),
    ("guidance", _("Guidance for first acts")),
    ("empty", _("Empty lists")),
    ("cards", _("Cards and rows")),
    ("tabs", _("Tabs, the way back, choices")),
    ("menus", _("Menus and dialogs")),
    ("progress", _("Progress and skeletons")),
    ("table", _("Tables")),
    ("chart", _("Charts")),
    ("prose", _("Text that members write")),
    ("icons", _("Icons")),
)


COLOURS = (
    "paper", "raised", "sunken", "ink", "soft-ink", "hairline", "pine", "persimmon", "plum", "sky", "mustard", "success",
    "danger",
)  # fmt: skip
MONTHS = (
    [4.1, 4.0, 4.2, 4.3, 4.3, 4.4, 4.2, 4.3, 4.5, 4.4, 4.5, 4.6],
    [3.2, 3.4, 3.3, 3.6, 3.8, 3.7, 3.9, 4.0, 4.0, 4.1, 4.0, 4.2],
)


@dataclass(frozen=True)
class Someone:
    """A person for the samples."""

    pk: int
    shown_name: str

    def __str__(self) -> str:
        return self.shown_name


@dataclass(frozen=True)
class Sample:
    name: str
    title: Promise
    template: str
    source: str


def samples() -> list[Sample]:
    """Every sample with the source of its template, less the comment that names its inputs."""
    shown = []
    for name, title in SAMPLES:
        path = f"{FOLDER}/_{name}.html"
        source = get_template(path).template.source  # type: ignore[attr-defined]
        shown.append(Sample(name, title, path, source.split("\n", 1)[1].strip()))
    return shown


def inputs() -> dict[str, object]:
    """What the samples are made with."""
    now = clock.now()
    moments = [
        now - age
        for age in (dt.timedelta(seconds=9), dt.timedelta(hours=3), dt.timedelta(days=2), dt.timedelta(days=90))
    ]
    return {
        "colours": COLOURS,
        "people": [Someone(1, "민서"), Someone(2, "Jun"), Someone(3, "하늘"), Someone(4, "Ada")],
        "moments": moments,
        "counts": {5: 74, 4: 33, 3: 12, 2: 5, 1: 4},
        "months": list(range(1, 13)),
        "series": {"A": MONTHS[0], "B": MONTHS[1]},
        "icon_names": icon_names(),
    }


def icon_names() -> list[str]:
    """The names in the sprite, as static/vendor/icons.txt lists them."""
    path = finders.find("vendor/icons.txt")
    lines = Path(path).read_text().splitlines() if isinstance(path, str) else []
    return sorted(line for line in lines if line and not line.startswith("#"))
