"""Any sequence of acts leaves the ledger as a model of a few lines says (item 2.04 c). The model knows no database."""

import dataclasses
import datetime as dt
import itertools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from commerce.ledger.accounts import site_account
from commerce.ledger.auditing import audit
from commerce.ledger.errors import ExceedsSpent, InsufficientBalance
from commerce.ledger.expiring import expire_due
from commerce.ledger.models import POINT, AccountKind, Lot
from commerce.ledger.returning import give_back
from community.foundation import clock
from tests.factories.ledger import an_account, balance, put, take

GRACE = 30
AMOUNTS = st.integers(1, 50)
ACCOUNTS = st.integers(0, 1)
_number = itertools.count(1)


@dataclasses.dataclass
class ModelLot:
    """Units of one account; `expires` is a day of the model's calendar, None for never."""

    expires: int | None
    left: int
    number: int

    def order(self) -> tuple[bool, int, int]:
        return self.expires is None, self.expires or 0, self.number


class Model:
    """Two accounts, a calendar, and what each spending took from which lot."""

    def __init__(self) -> None:
        self.lots: list[list[ModelLot]] = [[], []]
        self.day = 0
        self._count = itertools.count()

    def put(self, account: int, amount: int, days: int | None) -> None:
        expires = None if days is None else self.day + days
        self.lots[account].append(ModelLot(expires, amount, next(self._count)))

    def alive(self, account: int) -> list[ModelLot]:
        lots = [lot for lot in self.lots[account] if lot.expires is None or lot.expires > self.day]
        return sorted(lots, key=ModelLot.order)

    def spend(self, account: int, amount: int) -> list[list] | None:
        if sum(lot.left for lot in self.alive(account)) < amount:
            return None
        taken = []
        for lot in self.alive(account):
            part = min(lot.left, amount)
            if part:
                lot.left, amount = lot.left - part, amount - part
                taken.append([lot, part])
        return taken

    def give_back(self, account: int, taken: list[list], amount: int) -> bool:
        if sum(part for _lot, part in taken) < amount:
            return False
        for use in sorted(taken, key=lambda use: use[0].order(), reverse=True):
            back = min(use[1], amount)
            use[1], amount = use[1] - back, amount - back
            if back and use[0].expires is not None and use[0].expires <= self.day:
                self.put(account, back, GRACE)
            else:
                use[0].left += back
        return True

    def expire(self) -> int:
        gone = [
            lot
            for lots in self.lots
            for lot in lots
            if lot.left and lot.expires is not None and lot.expires <= self.day
        ]
        for lot in gone:
            lot.left = 0
        return len(gone)


class LedgerMachine(RuleBasedStateMachine):
    """Runs each act on both, and compares what each account holds, lot by lot."""

    spendings = Bundle("spendings")

    @initialize()
    def open(self) -> None:
        self.model, self.accounts = Model(), [an_account(), an_account()]
        self.redeemed = site_account(AccountKind.REDEEMED, POINT)

    def on_the_day(self):
        return clock.shifted(dt.timedelta(days=self.model.day))

    @rule(account=ACCOUNTS, amount=AMOUNTS, days=st.none() | st.integers(1, 20))
    def put(self, account, amount, days) -> None:
        self.model.put(account, amount, days)
        with self.on_the_day():
            expires_at = None if days is None else clock.now() + dt.timedelta(days=days, seconds=-1)
            put(self.accounts[account], amount, expires_at=expires_at)

    @rule(target=spendings, account=ACCOUNTS, amount=AMOUNTS)
    def spend(self, account, amount):
        taken = self.model.spend(account, amount)
        with self.on_the_day():
            if taken is None:
                with pytest.raises(InsufficientBalance):
                    take(self.accounts[account], amount)
                return None
            return account, take(self.accounts[account], amount), taken

    @rule(spending=spendings, amount=AMOUNTS)
    def give_back(self, spending, amount) -> None:
        if spending is None:
            return
        account, spent, taken = spending
        with self.on_the_day():
            asked = {"transaction": spent, "amount": amount, "key": f"back-{next(_number)}", "out_of": self.redeemed}
            if self.model.give_back(account, taken, amount):
                assert give_back(**asked) == give_back(**asked)
            else:
                with pytest.raises(ExceedsSpent):
                    give_back(**asked)

    @rule(days=st.integers(1, 15))
    def wait(self, days) -> None:
        self.model.day += days

    @rule()
    def expire(self) -> None:
        expected = self.model.expire()
        with self.on_the_day():
            assert expire_due() == expected

    @invariant()
    def agrees(self) -> None:
        for account, lots in zip(self.accounts, self.model.lots, strict=True):
            assert balance(account) == sum(lot.left for lot in lots)
            rows = Lot.objects.filter(account=account, remaining__gt=0).values_list("remaining", flat=True)
            assert sorted(rows) == sorted(lot.left for lot in lots if lot.left)
        assert audit() == []


def _run(examples: int) -> None:
    class Isolated(LedgerMachine):
        def __init__(self) -> None:
            super().__init__()
            self._block = transaction.atomic()
            self._block._from_testcase = True  # each act inside is one of its own (commerce.locks)
            self._block.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self._block.__exit__(None, None, None)

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Isolated,
        settings=settings(max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=quiet),
    )


@pytest.mark.django_db
def test_the_ledger_does_what_the_model_does():
    _run(8)


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_the_ledger_does_what_the_model_does_many_times_over():
    _run(120)
