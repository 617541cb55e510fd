"""What it costs: rules 2.0, 2.2 and 2.5 by example and by property."""

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commerce import money
from commerce.catalog.models import Category, Product, ProductKind, Variant
from commerce.delivery.errors import NotDeliveredThere
from commerce.delivery.fees import Destination
from commerce.delivery.reading import Offered
from commerce.pricing import registering
from commerce.pricing.asking import Asked
from commerce.pricing.errors import InvalidPoints, TooDear, TooManyPoints
from commerce.pricing.quoting import PricedLine, Quote, quote
from commerce.pricing.registering import Basket, Outcome, Proposal, Tried
from commerce.vendors.models import Vendor

VENDORS = [Vendor(id=uuid.uuid4(), slug=f"v{number}", name=f"Vendor {number}") for number in range(3)]


def asked(price: int, quantity: int = 1, *, vendor: int = 0, kind: str = "goods", tax_rate: int = 1000) -> Asked:
    """A line that lies in no table: pricing reads none."""
    product = Product(
        id=uuid.uuid4(), vendor=VENDORS[vendor], category=Category(), title="A thing", kind=kind, tax_rate=tax_rate
    )
    variant = Variant(id=uuid.uuid4(), product=product, vendor=VENDORS[vendor], sku="S", price=price)
    return Asked(uuid.uuid4(), variant, quantity, price)


def method(vendor: int = 0, **fields: Any) -> Offered:
    return Offered(**{"id": "m", "vendor_id": VENDORS[vendor].pk, "kind": "parcel", "name": "Parcel", **fields})


def price(*lines: Asked, methods: tuple[Offered, ...] = (), **more: Any) -> Quote:
    return quote(lines, member=None, methods={one.vendor_id: one for one in methods}, **more)


def off(monkeypatch, **by_stage: Any) -> list[Basket]:
    """A provider that proposes at `stage_N` what it is given; gives the baskets that it was shown."""
    shown: list[Basket] = []

    def provider(basket: Basket) -> Outcome:
        shown.append(basket)
        propose = by_stage.get(f"stage_{basket.stage}")
        return Outcome(propose(basket)) if propose else Outcome()

    monkeypatch.setattr(registering, "_providers", {"tests": provider})
    return shown


def whole(amount: int, name: str = "ten off", **fields: Any) -> Any:
    """Proposes so much off all lines together."""
    return lambda basket: [
        Proposal(name, tuple(line.key for line in basket.lines), amount, "coupon", uuid.UUID(int=1), "vendor", **fields)
    ]


class TestGoods:
    def test_one_order_a_vendor_in_the_order_of_the_lines(self) -> None:
        found = price(asked(3_000, 2, vendor=1), asked(500, vendor=0), asked(700, vendor=1))

        assert [order.vendor for order in found.orders] == [VENDORS[1], VENDORS[0]]
        assert [[line.amount for line in order.lines] for order in found.orders] == [[6_000, 700], [500]]
        assert (found.amount, found.total, found.points, found.points_worth) == (7_200, 7_200, 0, 0)

    def test_taxes_are_included_and_reckoned_once_a_line(self) -> None:
        """Rule 2.0: once per line total, never per unit times quantity: 3 × 999 hold 272, not 3 × 91 = 273."""
        found = price(asked(999, 3), asked(1_000, tax_rate=0))

        assert [line.tax for line in found.orders[0].lines] == [272, 0]
        assert (found.tax, found.total) == (272, 3_997)

    def test_nothing_costs_nothing(self) -> None:
        found = price()

        assert (found.orders, found.amount, found.total, found.tax) == ([], 0, 0, 0)

    def test_more_than_any_amount_here_is_refused(self) -> None:
        with pytest.raises(TooDear) as refused:
            price(asked(money.MOST, 1), asked(1))
        assert (refused.value.status, refused.value.code) == (409, "too_dear")


class TestDelivery:
    def test_each_vendor_delivers_for_a_fee_of_its_own(self) -> None:
        found = price(
            asked(10_000, vendor=0),
            asked(10_000, vendor=1),
            methods=(method(0, fee=3_000), method(1, fee=2_500, free_from=10_000)),
        )

        first, second = found.orders
        assert first.delivery is not None
        assert (first.delivery.unit_price, first.delivery.net, first.delivery.tax) == (3_000, 3_000, 273)
        assert (first.amount, second.amount, second.delivery) == (13_000, 10_000, None)
        assert found.total == 23_000

    def test_the_threshold_is_among_what_was_tried_with_what_is_missing(self) -> None:
        found = price(asked(46_500), methods=(method(fee=3_000, free_from=50_000),))

        [tried] = found.tried
        assert (tried.stage, tried.code, tried.amount, tried.missing) == (6, "below_minimum", 0, 3_500)
        [tried] = price(asked(50_000), methods=(method(fee=3_000, free_from=50_000),)).tried
        assert (tried.code, tried.amount, tried.missing) == ("applied", 3_000, 0)

    def test_files_are_not_carried_and_count_for_no_threshold(self) -> None:
        file = asked(90_000, kind=ProductKind.DIGITAL)
        terms = method(fee=3_000, free_from=50_000)

        assert (price(file, methods=(terms,)).orders[0].method, price(file, methods=(terms,)).total) == (None, 90_000)
        both = price(file, asked(10_000), methods=(terms,))
        assert (both.orders[0].method, both.total) == (terms, 103_000)

    def test_a_destination_adds_its_surcharge_or_refuses(self) -> None:
        terms = method(fee=3_000, remote_fee=4_000, abroad_fee=None)

        assert price(asked(1), methods=(terms,), destination=Destination("KR", "63122")).total == 7_001
        with pytest.raises(NotDeliveredThere):
            price(asked(1), methods=(terms,), destination=Destination("GB", "SW1Y 4JH"))

    def test_a_vendor_of_whom_no_method_is_named_sends_a_parcel_for_nothing(self) -> None:
        [order] = price(asked(500)).orders

        assert (order.method.id if order.method else "", order.delivery) == ("standard", None)


class TestDiscounts:
    def test_later_stages_see_the_reduced_amount(self, monkeypatch) -> None:
        """Rule 2.2: minimum spend is tested on the amount entering its own stage."""
        shown = off(monkeypatch, stage_2=whole(1_000), stage_5=whole(500))
        found = price(asked(10_000), methods=(method(fee=3_000, free_from=9_000),))

        entering = {basket.stage: [line.left for line in basket.lines] for basket in shown}
        assert entering == {1: [10_000], 2: [10_000], 3: [9_000], 4: [9_000], 5: [9_000], 6: [8_500, 3_000]}
        [line] = found.orders[0].lines
        assert [(taken.stage, taken.amount, taken.funder) for taken in line.discounts] == [
            (2, 1_000, "vendor"),
            (5, 500, "vendor"),
        ]
        assert (line.amount, line.discount, line.net, line.tax) == (10_000, 1_500, 8_500, 773)
        assert found.total == 11_500

    def test_the_example_in_which_a_remainder_to_the_last_line_raises_its_price(self, monkeypatch) -> None:
        """Rule 2.5: 50, 1499, 2999, 50, 50, 5 and 233 off."""
        off(monkeypatch, stage_5=whole(233))
        lines = price(*(asked(each) for each in (50, 1_499, 2_999, 50, 50, 5))).orders[0].lines

        assert sum(line.discount for line in lines) == 233
        assert all(0 <= line.discount <= line.amount for line in lines)

    def test_the_example_in_which_the_last_line_gives_more_than_it_costs(self, monkeypatch) -> None:
        """Rule 2.5: 2, 2, 2, 1 with 5 off."""
        off(monkeypatch, stage_5=whole(5))
        lines = price(*(asked(each) for each in (2, 2, 2, 1))).orders[0].lines

        assert [line.discount for line in lines] == [2, 1, 1, 1]

    def test_of_two_for_one_line_the_larger_stands_and_the_other_is_told_why(self, monkeypatch) -> None:
        off(monkeypatch, stage_4=lambda basket: [*whole(100, "small")(basket), *whole(300, "large")(basket)])
        found = price(asked(1_000))

        assert found.total == 700
        assert [(one.name, one.amount, one.code) for one in found.tried] == [("small", 0, "better_one_applied")]

    def test_two_that_combine_both_stand(self, monkeypatch) -> None:
        both = lambda basket: [*whole(100, combines=True)(basket), *whole(300, combines=True)(basket)]  # noqa: E731
        off(monkeypatch, stage_4=both)

        assert price(asked(1_000)).total == 600

    def test_nothing_is_taken_below_nothing(self, monkeypatch) -> None:
        off(monkeypatch, stage_1=whole(5_000))

        assert price(asked(1_000, 3)).total == 0

    def test_what_was_tried_in_vain_is_told(self, monkeypatch) -> None:
        told = Tried(2, "Spring", 0, "below_minimum", "5,000 to go.", 5_000)
        monkeypatch.setattr(
            registering, "_providers", {"tests": lambda basket: Outcome(tried=[told] if basket.stage == 2 else [])}
        )

        assert price(asked(1_000)).tried == [told]

    def test_a_delivery_can_be_taken_off_at_its_stage_alone(self, monkeypatch) -> None:
        delivery = lambda basket: [  # noqa: E731
            Proposal("free", (line.key,), line.left, "coupon", None, "site")
            for line in basket.lines
            if line.variant is None
        ]
        off(monkeypatch, stage_5=delivery, stage_6=delivery)
        [order] = price(asked(1_000), methods=(method(fee=3_000),)).orders

        assert order.delivery is not None
        assert (order.delivery.discount, order.delivery.to_pay, order.total) == (3_000, 0, 1_000)


class TestPoints:
    def test_they_are_spread_over_every_line_the_delivery_too_and_leave_the_tax_as_it_is(self) -> None:
        found = price(asked(6_000, 2), asked(5_000, vendor=1), methods=(method(0, fee=3_000),), points=10_000)

        lines = [line for order in found.orders for line in order.all_lines]
        assert [line.points_worth for line in lines] == [6_000, 1_500, 2_500]
        assert [line.tax for line in lines] == [1_091, 273, 455]
        assert [(taken.stage, taken.source_kind, taken.funder) for taken in lines[0].discounts] == [
            (7, "points", "site")
        ]
        assert lines[0].discounts[0].units == [3_000, 3_000]
        assert (found.amount, found.points, found.points_worth, found.total) == (20_000, 10_000, 10_000, 10_000)

    def test_in_a_currency_with_cents_a_point_is_a_whole_unit(self, settings) -> None:
        settings.CURRENCY = "USD"
        found = price(asked(1_250), points=12)

        assert (found.points_worth, found.total) == (1_200, 50)

    def test_no_more_than_there_is_to_pay(self) -> None:
        assert price(asked(100), points=100).total == 0
        with pytest.raises(TooManyPoints) as refused:
            price(asked(100), points=101)
        assert (refused.value.status, refused.value.code) == (409, "too_many_points")

    @pytest.mark.parametrize("points", [-1, 1.5, True, "3", None])
    def test_only_whole_numbers_from_nought_up(self, points) -> None:
        with pytest.raises(InvalidPoints):
            price(asked(100), points=points)


BASKETS = st.fixed_dictionaries(
    {
        "lines": st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 100_000), st.integers(1, 7)), min_size=1, max_size=6
        ),
        "fees": st.lists(st.integers(0, 5_000), min_size=3, max_size=3),
        "free_from": st.lists(st.none() | st.integers(0, 200_000), min_size=3, max_size=3),
        "off": st.dictionaries(st.integers(1, 6), st.integers(0, 150_000), max_size=3),
        "share": st.integers(0, 100),
    }
)


class TestProperties:
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BASKETS)
    def test_parts_add_up_and_nothing_is_negative(self, case) -> None:
        before = registering._providers.copy()
        registering._providers.clear()
        registering.register("tests", lambda basket: _take(case["off"].get(basket.stage, 0), basket))
        try:
            _check(case)
        finally:
            registering._providers.clear()
            registering._providers.update(before)


def _take(amount: int, basket: Basket) -> Outcome:
    if not amount:
        return Outcome()
    return Outcome([Proposal("x", tuple(line.key for line in basket.lines), amount, "x", None, "site")])


def _check(case: dict[str, Any]) -> None:
    lines = [asked(each, quantity, vendor=vendor) for vendor, each, quantity in case["lines"]]
    methods = tuple(
        method(number, fee=fee, free_from=free_from)
        for number, (fee, free_from) in enumerate(zip(case["fees"], case["free_from"], strict=True))
    )
    plain = price(*lines, methods=methods)
    points = plain.amount * case["share"] // 100
    found = price(*lines, methods=methods, points=points)
    every = [line for order in found.orders for line in order.all_lines]
    for line in every:
        _check_line(line)
    assert sorted(line.asked.key for line in every if line.asked) == sorted(line.key for line in lines)
    for order in found.orders:
        assert order.amount == order.total + order.points_worth == sum(line.net for line in order.all_lines)
    assert found.amount == found.total + found.points_worth == sum(order.amount for order in found.orders)
    assert found.points_worth == points
    assert (found.amount, found.tax) == (plain.amount, plain.tax)


def _check_line(line: PricedLine) -> None:
    assert line.amount == line.unit_price * line.quantity
    assert 0 <= line.discount <= line.amount
    assert 0 <= line.points_worth <= line.net == line.amount - line.discount
    assert line.to_pay == line.net - line.points_worth >= 0
    assert 0 <= line.tax <= line.net
    assert line.discount + line.points_worth == sum(taken.amount for taken in line.discounts)
    left = [line.unit_price] * line.quantity
    for taken in line.discounts:
        assert sum(taken.units) == taken.amount > 0
        left = [unit - part for unit, part in zip(left, taken.units, strict=True)]
    assert min(left) >= 0
    assert sum(left) == line.to_pay
