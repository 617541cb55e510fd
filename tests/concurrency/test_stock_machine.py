"""Stock against a model in plain Python: whatever is called in whatever order, both say the same (2.04 c, rule 2.3)."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from commerce.stock import counting, expiring, holding, returning
from commerce.stock.errors import HeldOtherwise, OutOfStock, StockHeld
from commerce.stock.models import Hold, Movement, Stock
from community.foundation import clock
from tests.factories.catalog import seller_of
from tests.factories.stock import a_source, a_stock

pytestmark = pytest.mark.django_db
HELD, SOLD, RELEASED = "held", "sold", "released"
SHELVES = (0, 1)


@dataclass
class Kept:
    """What one source holds in the model."""

    lines: dict[int, int]
    until: float
    states: dict[int, str] = field(default_factory=dict)


class Model:
    """On hand by shelf, and what is kept by source. No database, no locks: what rule 2.3 says, read aloud."""

    def __init__(self) -> None:
        self.on_hand = dict.fromkeys(SHELVES, 5)
        self.kept: dict[UUID, Kept] = {}
        self.now = 0.0

    def held(self, shelf: int) -> int:
        return sum(kept.lines[shelf] for kept in self.kept.values() if kept.states.get(shelf) == HELD)

    def available(self, shelf: int) -> int:
        return self.on_hand[shelf] - self.held(shelf)

    def reserve(self, wanted: dict[int, int]) -> bool:
        short = [shelf for shelf, units in wanted.items() if self.available(shelf) < units]
        due = {shelf: self._due(shelf) for shelf in short}
        if any(self.available(shelf) + sum(k.lines[shelf] for k in due[shelf]) < wanted[shelf] for shelf in short):
            return False
        for shelf in short:
            for kept in due[shelf]:
                kept.states[shelf] = RELEASED
        return True

    def again(self, kept: Kept) -> bool:
        gone = {shelf: kept.lines[shelf] for shelf, state in kept.states.items() if state == RELEASED}
        if not self.reserve(gone):
            return False
        kept.states.update(dict.fromkeys(gone, HELD))
        return True

    def sweep(self) -> None:
        for shelf in SHELVES:
            for kept in self._due(shelf):
                kept.states[shelf] = RELEASED

    def _due(self, shelf: int) -> list[Kept]:
        return [kept for kept in self.kept.values() if kept.states.get(shelf) == HELD and kept.until <= self.now]


class StockMachine(RuleBasedStateMachine):
    """Runs each act on both, and compares after every step."""

    sources = Bundle("sources")

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.point = transaction.atomic()
        self.point._from_testcase = True  # each act inside is one of its own (commerce.locks)
        self.point.__enter__()
        self.stocks = [a_stock(5) for _shelf in SHELVES]
        self.born = clock.now()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def at_now(self):
        return clock.shifted(self.born + dt.timedelta(minutes=self.model.now) - clock.now())

    def moment(self, minutes: float) -> dt.datetime:
        return self.born + dt.timedelta(minutes=minutes)

    @rule(target=sources)
    def a_source(self):
        return a_source()

    @rule(source=sources, lines=st.dictionaries(st.sampled_from(SHELVES), st.integers(1, 6), min_size=1))
    def hold(self, source, lines):
        kept = self.model.kept.get(source[1])
        until = self.model.now + 15
        wanted = [holding.Wanted(self.stocks[shelf].variant_id, units) for shelf, units in lines.items()]
        with self.at_now():
            try:
                with transaction.atomic():
                    holding.hold(lines=wanted, source=source, until=self.moment(until))
                done = True
            except HeldOtherwise:
                assert kept is not None
                assert kept.lines != lines
                return
            except OutOfStock:
                done = False
        if kept is None:
            expected = self.model.reserve(lines)
            if expected:
                self.model.kept[source[1]] = Kept(dict(lines), until, dict.fromkeys(lines, HELD))
        else:
            assert kept.lines == lines
            expected = self.model.again(kept)
            if expected and HELD in kept.states.values():
                kept.until = max(kept.until, until)
        assert done == expected

    @rule(source=sources)
    def sell(self, source):
        kept = self.model.kept.get(source[1])
        with self.at_now():
            try:
                with transaction.atomic():
                    holding.sell(source)
                done = True
            except OutOfStock:
                done = False
        expected = kept is None or self.model.again(kept)
        assert done == expected
        if kept is not None and done:
            for shelf, state in kept.states.items():
                if state == HELD:
                    self.model.on_hand[shelf] -= kept.lines[shelf]
                    kept.states[shelf] = SOLD

    @rule(source=sources)
    def release(self, source):
        with self.at_now():
            holding.release(source)
        kept = self.model.kept.get(source[1])
        if kept is not None:
            kept.states = {shelf: RELEASED if state == HELD else state for shelf, state in kept.states.items()}

    @rule(minutes=st.sampled_from([1, 7, 16]))
    def time_passes(self, minutes):
        self.model.now += minutes

    @rule()
    def sweep(self):
        with self.at_now():
            expiring.release_due()
        self.model.sweep()

    @rule(shelf=st.sampled_from(SHELVES), units=st.integers(0, 9))
    def count(self, shelf, units):
        stock = Stock.objects.select_related("variant__product__vendor").get(pk=self.stocks[shelf].pk)
        by = seller_of(stock.variant.product.vendor)
        try:
            with transaction.atomic():
                counting.set_on_hand(by=by, variant=stock.variant, on_hand=units)
        except StockHeld:
            assert units < self.model.held(shelf)
            return
        assert units >= self.model.held(shelf)
        self.model.on_hand[shelf] = units

    @rule(shelf=st.sampled_from(SHELVES), units=st.integers(1, 3))
    def come_back(self, shelf, units):
        returning.restock(variant_id=self.stocks[shelf].variant_id, quantity=units, source=a_source("return"))
        self.model.on_hand[shelf] += units

    @invariant()
    def both_say_the_same(self):
        for shelf, stock in enumerate(self.stocks):
            found = Stock.objects.values_list("on_hand", "held", "available").get(pk=stock.pk)
            expected = (self.model.on_hand[shelf], self.model.held(shelf), self.model.available(shelf))
            assert found == expected
            live = Hold.objects.filter(stock=stock, state="held").aggregate(units=Sum("quantity"))["units"] or 0
            moved = Movement.objects.filter(stock=stock).aggregate(units=Sum("change"))["units"]
            assert (live, moved) == found[1::-1]


def test_stock_behaves_as_its_model():
    run_state_machine_as_test(
        StockMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
