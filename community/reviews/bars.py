"""The histogram over time as a drawing: one bar a period, each a link to the reviews of that period."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import get_language

from community.reviews.periods import Period

HEIGHT = 64
WIDTH = 100.0
BROADEST = WIDTH / 15  # of a bar, however few there are


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in drawing units."""

    star: int
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A period's bar: where it stands, of what parts, and what it says."""

    x: float
    width: float
    segments: tuple[Segment, ...]
    label: str
    count: int
    mean: float | None
    begin: str
    until: str


def draw(periods: list[Period]) -> list[Bar]:
    """Bars for a drawing WIDTH wide and HEIGHT high, the fullest as high as the drawing. The first bar begins where the
    drawing does and the last ends with it, below which their names stand."""
    most = max((period.count for period in periods), default=0)
    if not most:
        return []
    width = BROADEST if len(periods) <= 12 else 0.8 * WIDTH / len(periods)
    step = (WIDTH - width) / max(len(periods) - 1, 1)
    return [_bar(period, place * step, width, HEIGHT / most) for place, period in enumerate(periods)]


def _bar(period: Period, x: float, width: float, unit: float) -> Bar:
    segments, top = [], float(HEIGHT)
    for star, number in period.stars.items():
        if number:
            top -= number * unit
            segments.append(Segment(star, round(top, 2), round(number * unit, 2)))
    return Bar(
        x=round(x, 2),
        width=round(width, 2),
        segments=tuple(segments),
        label=_name(period),
        count=period.count,
        mean=period.mean,
        begin=f"{period.start:%Y-%m}",
        until=f"{period.end:%Y-%m}",
    )


def _name(period: Period) -> str:
    if not period.monthly:
        return str(period.start.year)
    korean = (get_language() or "").startswith("ko")
    return formats.date_format(period.start, "Y년 n월" if korean else "F Y")
