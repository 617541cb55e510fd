"""Amounts, rounding, and spreading what is taken off (rules 2.0 and 2.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce import money

lines = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [("12000", "KRW", 12000), ("12000.00", "KRW", 12000), ("12.5", "USD", 1250), (" 7 ", "KRW", 7), ("0", "USD", 0)],
)
def test_a_decimal_string_is_read_in_smallest_units(text, currency, amount):
    assert money.parse(text, currency=currency) == amount


@pytest.mark.parametrize("text", ["1.5", "-1", "+1", "1e3", "", "１２", "1,000", "NaN", "9" * 15, "0x10", "12.", ".5"])
def test_what_is_no_amount_of_won_is_refused(text):
    with pytest.raises(money.NoAmount):
        money.parse(text, currency="KRW")


def test_the_largest_amount_is_taken_and_one_more_is_not():
    assert money.parse(str(money.MOST), currency="KRW") == money.MOST
    with pytest.raises(money.NoAmount):
        money.parse(str(money.MOST + 1), currency="KRW")


def test_amounts_are_shown_as_the_contract_and_as_people_read_them():
    assert money.to_text(12000, currency="KRW") == "12000"
    assert money.to_text(1250, currency="USD") == "12.50"
    assert money.to_text(-5, currency="USD") == "-0.05"
    assert money.formatted(12000, currency="KRW", language="ko") == "₩12,000"
    assert money.formatted(1250, currency="USD", language="en") == "$12.50"


@given(st.integers(0, 10**12), st.sampled_from(["KRW", "USD", "KWD"]))
def test_what_is_written_reads_back(amount, currency):
    assert money.parse(money.to_text(amount, currency=currency), currency=currency) == amount


def test_halves_are_rounded_up_away_from_zero():
    assert [money.half_up(n, 2) for n in (1, 3, -1, -3, 4)] == [1, 2, -1, -2, 2]
    assert money.share(1999, 1000) == 200
    assert money.included_tax(11000, 1000) == 1000


@given(lines, st.data())
def test_parts_add_up_and_none_exceeds_its_line(weights, data):
    total = data.draw(st.integers(0, sum(weights)))
    parts = money.allocate(total, weights)
    assert sum(parts) == total
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


def test_the_carts_that_others_got_wrong():
    assert money.allocate(233, [50, 1499, 2999, 50, 50, 5]) == [3, 75, 150, 3, 2, 0]
    assert money.allocate(5, [2, 2, 2, 1]) == [2, 1, 1, 1]


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [-1, 3]), (1, []), (1, [0, 0])])
def test_what_cannot_be_spread_is_refused(total, weights):
    with pytest.raises(ValueError):
        money.allocate(total, weights)
