"""Any part of a line that goes back is the sum of its units, and all parts together are the whole (rule 2.5)."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce import money
from commerce.orders import units
from commerce.orders.errors import TooManyUnits

NAMES = ("net", "points_worth", "to_pay", "tax", "commission", "commission_tax")


def a_line(unit_price, quantity, off=(), points=0, rate=1000):
    """A line as placing writes it, without rows: `off` are amounts taken off one after the other."""
    left, taken = [unit_price] * quantity, []
    for amount in off:
        parts = money.allocate(min(amount, sum(left)), left)
        left = [one - part for one, part in zip(left, parts, strict=True)]
        taken.append(SimpleNamespace(stage=3, units=parts))
    parts = money.allocate(min(points, sum(left)), left)
    taken.append(SimpleNamespace(stage=7, units=parts))
    net, commission = sum(left), money.share(sum(left), rate)
    return SimpleNamespace(
        unit_price=unit_price,
        quantity=quantity,
        tax=money.included_tax(net, 1000),
        commission=commission,
        commission_tax=money.included_tax(commission, 1000),
        net=net,
        points_worth=sum(parts),
        to_pay=net - sum(parts),
        allocations=SimpleNamespace(all=lambda: taken),
    )


LINES = st.builds(
    a_line,
    unit_price=st.integers(0, 200_000),
    quantity=st.integers(1, 12),
    off=st.lists(st.integers(0, 500_000), max_size=4),
    points=st.integers(0, 500_000),
    rate=st.integers(0, 10_000),
)


@given(line=LINES)
def test_the_units_of_a_line_add_up_to_it(line):
    prices = units.unit_prices(line)
    assert len(prices) == line.quantity
    for name in NAMES:
        assert sum(getattr(price, name) for price in prices) == getattr(line, name)
        assert all(getattr(price, name) >= 0 for price in prices)
    assert all(price.net == price.points_worth + price.to_pay for price in prices)
    assert all(price.net <= line.unit_price for price in prices)


@given(line=LINES, cuts=st.lists(st.integers(1, 12), max_size=6))
def test_however_a_line_is_given_back_all_of_it_comes_back_and_no_more(line, cuts):
    already, total = 0, units.NOTHING
    for cut in [*cuts, line.quantity]:
        count = min(cut, line.quantity - already)
        total += units.refund_of(line, count, already)
        already += count
    assert {name: getattr(total, name) for name in NAMES} == {name: getattr(line, name) for name in NAMES}


def test_the_first_units_go_back_first():
    line = a_line(1_000, 3, off=[500], points=100)
    first = units.refund_of(line, 1, 0)
    assert (first.net, first.points_worth, first.to_pay) == (833, 33, 800)
    rest = units.refund_of(line, 2, 1)
    assert (rest.net, rest.points_worth, rest.to_pay) == (1_667, 67, 1_600)


@pytest.mark.parametrize(("count", "already"), [(4, 0), (1, 3), (2, 2), (-1, 0), (1, -1)])
def test_no_more_units_than_there_are(count, already):
    with pytest.raises(TooManyUnits):
        units.refund_of(a_line(1_000, 3), count, already)
