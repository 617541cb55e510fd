"""A page against its floor, and how long single requests take."""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.client import load
from benchmarks.figures import Figures, median
from benchmarks.place import Place

ROUNDS = 3
SECONDS = 2.5
Ask = list[bytes]


class NotAsExpected(Exception):
    """The site answered otherwise than a figure needs: it counts as missed, and the others go on."""


def compared(site: Place, asked: Ask, floor: Ask) -> tuple[float, float]:
    """The median share of the floor's rate, and the page's rate. Raises NotAsExpected when the page is not there."""
    shares, rates = [], []
    for _ in range(ROUNDS):
        below = load(site.port, floor, seconds=SECONDS)
        page = load(site.port, asked, seconds=SECONDS)
        for result in (below, page):
            if result.count(200) != len(result.times):
                raise NotAsExpected(f"not only pages came back: {result.statuses}")
        shares.append(page.rate / below.rate)
        rates.append(page.rate)
    return median(shares), median(rates)


def milliseconds(site: Place, asked: Sequence[bytes]) -> float:
    """The median of these requests, one at a time. Raises NotAsExpected when one of them is no page."""
    result = load(site.port, asked, most=len(asked), connections=1, seconds=120)
    if result.count(200) != len(asked):
        raise NotAsExpected(f"answers were {result.statuses}")
    return median(result.times) * 1000


def run_parts(figures: Figures, parts: Mapping[str, Callable[[], None]]) -> None:
    """Each part by itself: one that cannot be taken counts as missed, and the others go on."""
    for name, part in parts.items():
        try:
            part()
        except NotAsExpected as error:
            figures.missing(name.split()[0], name.split(maxsplit=1)[1], str(error))
