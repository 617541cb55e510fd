"""The drawing of ratings over time."""

import datetime as dt
from itertools import pairwise

import pytest

from community.reviews import bars
from community.reviews.periods import Period


def periods(number: int) -> list[Period]:
    starts = [dt.datetime(2000 + nth, 1, 1, tzinfo=dt.UTC) for nth in range(number)]
    return [Period(start, start.replace(year=start.year + 1), {5: 2, 1: 1}, False) for start in starts]


@pytest.mark.parametrize("number", [2, 7, 12, 40])
def test_the_first_and_the_last_bar_end_where_their_names_stand(number: int) -> None:
    drawn = bars.draw(periods(number))
    assert drawn[0].x == 0
    assert drawn[-1].x + drawn[-1].width == pytest.approx(bars.WIDTH, abs=0.02)
    assert all(one.x + one.width < other.x for one, other in pairwise(drawn))


def test_few_bars_are_no_broader_than_many() -> None:
    assert {bars.draw(periods(number))[0].width for number in (1, 2, 12)} == {round(bars.BROADEST, 2)}


def test_periods_without_a_rating_draw_nothing() -> None:
    assert bars.draw([Period(one.start, one.end, {}, False) for one in periods(3)]) == []
