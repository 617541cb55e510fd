"""What the database refuses whoever asks: each rule of the ledger is broken by hand, past every act (rule 2.6)."""

import pytest
from django.db import IntegrityError, connection, transaction

from commerce.ledger.accounts import site_account
from commerce.ledger.models import POINT, Account, AccountKind, Entry, Lot, LotUse, Transaction
from tests.factories.ledger import an_account, put, take
from tests.factories.members import a_member, a_team

pytestmark = pytest.mark.django_db


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def check_now() -> None:
    connection.check_constraints()


@pytest.mark.parametrize("model", [Transaction, Entry])
def test_what_was_posted_is_never_changed_or_deleted(model):
    an_account(holds=5)
    row = model.objects.first()
    with refused("append-only"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(id=row.pk)
    with refused("append-only"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Lot, LotUse])
def test_lots_and_their_uses_are_never_deleted(model):
    take(an_account(holds=5), 2)
    with refused("append-only"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_legs_that_do_not_sum_to_zero_end_the_transaction():
    account = an_account(holds=5)
    with refused("ledger_transaction_sums_to_zero|do not sum to zero"), transaction.atomic():
        made = Transaction.objects.create(kind="test", key="k")
        Entry.objects.create(transaction=made, account=account, amount=1)
        check_now()


def test_no_leg_is_slipped_into_a_transaction_of_yesterday():
    account = an_account(holds=5)
    with refused("do not sum to zero"), transaction.atomic():
        Entry.objects.create(transaction=Transaction.objects.first(), account=account, amount=1)
        check_now()


def test_units_are_summed_apart():
    with refused("do not sum to zero"), transaction.atomic():
        made = Transaction.objects.create(kind="test", key="k")
        Entry.objects.create(transaction=made, account=site_account(AccountKind.ISSUED, POINT), amount=-1)
        Entry.objects.create(transaction=made, account=site_account(AccountKind.CASH, "KRW"), amount=1)
        check_now()


def test_a_transaction_has_entries():
    with refused("has no entries"), transaction.atomic():
        Transaction.objects.create(kind="test", key="k")
        check_now()


def test_an_account_stays_its_owners():
    account = an_account(holds=5)
    for change in ({"member": a_member()}, {"unit": "KRW"}, {"kind": AccountKind.PENDING}):
        with refused("append-only"), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(**change)


@pytest.mark.parametrize("table", [Lot, LotUse])
def test_a_lot_is_what_its_uses_left_of_it(table):
    take(an_account(holds=5), 2)
    change = {"remaining": 5} if table is Lot else {"returned": 1}
    with refused("not its amount less its uses"), transaction.atomic():
        table.objects.update(**change)
        check_now()


CONSTRAINTS = [
    ("ledger_account_once_an_owner", lambda: Account.objects.create(kind=AccountKind.CASH, unit="KRW"), 2),
    (
        "ledger_account_one_owner",
        lambda: Account.objects.create(
            member=a_member(), team=a_team(), kind=AccountKind.PAYABLE, unit="KRW", balance=0
        ),
        1,
    ),
    (
        "ledger_account_balance_where_owned",
        lambda: Account.objects.create(member=a_member(), kind=AccountKind.PAYABLE, unit="KRW"),
        1,
    ),
    (
        "ledger_account_balance_where_owned",
        lambda: Account.objects.create(kind=AccountKind.CASH, unit="KRW", balance=0),
        1,
    ),
    (
        "ledger_balance_never_negative",
        lambda: Account.objects.create(member=a_member(), kind=AccountKind.PAYABLE, unit="KRW", balance=-1),
        1,
    ),
    (
        "ledger_debt_never_positive",
        lambda: Account.objects.create(member=a_member(), kind=AccountKind.DEBT, unit="KRW", balance=1),
        1,
    ),
    ("ledger_entry_moves_something", lambda: _entry(0), 1),
    ("ledger_lot_holds_something", lambda: _lot(amount=0, remaining=0), 1),
    ("ledger_lot_remaining_within_amount", lambda: _lot(amount=5, remaining=6), 1),
    ("ledger_lot_remaining_within_amount", lambda: _lot(amount=5, remaining=-1), 1),
    ("ledger_use_takes_something", lambda: _use(amount=0), 1),
    ("ledger_use_returned_within_amount", lambda: _use(amount=5, returned=3, renewed=3), 1),
    ("ledger_use_returned_within_amount", lambda: _use(amount=5, returned=-1), 1),
    ("ledger_use_returned_within_amount", lambda: _use(amount=5, renewed=-1), 1),
]


def _entry(amount: int) -> Entry:
    made = put(an_account(), 5)
    return Entry.objects.create(transaction=made, account=made.entries.first().account, amount=amount)


def _lot(**fields) -> Lot:
    entry = put(an_account(), 5).entries.get(amount=5)
    return Lot.objects.create(account=entry.account, entry=entry, **fields)


def _use(**fields) -> LotUse:
    made = take(an_account(holds=9), 2)
    return LotUse.objects.create(lot=Lot.objects.get(), entry=made.entries.get(amount=-2), **fields)


@pytest.mark.parametrize(("name", "act", "times"), CONSTRAINTS, ids=[f"{c[0]}-{n}" for n, c in enumerate(CONSTRAINTS)])
def test_each_constraint_refuses_what_it_names(name, act, times):
    for _before in range(times - 1):
        act()
    with refused(name), transaction.atomic():
        act()


def test_the_key_of_a_transaction_is_its_own():
    made = put(an_account(), 5)
    with refused("key"), transaction.atomic():
        Transaction.objects.create(kind="test", key=made.key)
