"""The lock order is declared once and held at run time (rule 2.0, item 2.03)."""

import contextlib
import threading

import pytest
from django.db import connection, transaction

from commerce import locks
from commerce.ledger.models import Account, AccountKind, Entry, Transaction
from commerce.vendors.models import Vendor
from community.members.models import Team
from tests.concurrency.kit import race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.breaks_invariants]  # rows and places made by hand


@pytest.fixture(autouse=True)
def _places(monkeypatch):
    monkeypatch.setattr(locks, "_models", {"account": "commerce_ledger.Account", "stock": "community_members.Team"})


def accounts(number: int) -> list[Account]:
    teams = [Team.objects.create(slug=f"t{n}", name=f"T{n}") for n in range(number)]
    return [Account.objects.create(team=team, kind=AccountKind.PAYABLE, unit="KRW", balance=0) for team in teams]


def test_rows_come_back_by_key_and_once_each():
    one, two = accounts(2)
    with transaction.atomic():
        taken = locks.take("account", [two.pk, one.pk, two.pk])
    assert list(taken) == [one.pk, two.pk]


def test_a_row_that_is_not_there_is_left_out():
    with transaction.atomic():
        assert locks.take_one("account", Vendor().pk) is None


def test_outside_a_transaction_nothing_can_be_locked():
    with pytest.raises(RuntimeError, match="inside the act's transaction"):
        locks.take("account", [])


def test_an_earlier_place_after_a_later_one_is_refused():
    (account,) = accounts(1)
    with transaction.atomic():
        locks.take("account", [account.pk])
        with pytest.raises(locks.OutOfOrder, match="'stock' is to be locked before 'account'"):
            locks.take("stock", [account.team_id])


def test_rows_of_one_place_are_taken_at_once_but_may_be_taken_again():
    first, second = accounts(2)
    with transaction.atomic():
        locks.take("account", [second.pk])
        locks.take("account", [second.pk])
        with pytest.raises(locks.OutOfOrder, match="at once"):
            locks.take("account", [first.pk])


def test_what_is_held_may_be_taken_again_after_a_later_place():
    first, second = accounts(2)
    with transaction.atomic():
        locks.take("stock", [first.team_id])
        locks.take("account", [second.pk])
        locks.take("stock", [first.team_id])
        locks.take("stock", [])
        with pytest.raises(locks.OutOfOrder, match="'stock' is to be locked before 'account'"):
            locks.take("stock", [first.team_id, second.team_id])


def test_the_order_starts_anew_with_each_transaction():
    (account,) = accounts(1)
    with transaction.atomic():
        locks.take("account", [account.pk])
    with transaction.atomic():
        assert list(locks.take("stock", [account.team_id])) == [account.team_id]


def test_who_waits_too_long_is_told_so_and_nothing_is_taken(monkeypatch):
    (account,) = accounts(1)
    monkeypatch.setattr(locks, "PATIENCE", "100ms")

    def hold_for_a_second():
        with transaction.atomic():
            locks.take("account", [account.pk])
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(1)")

    outcomes = race(hold_for_a_second, hold_for_a_second)
    refused = [outcome.raised for outcome in outcomes if outcome.raised]
    assert [type(error) for error in refused] == [locks.Busy]
    assert (refused[0].status, refused[0].code) == (409, "busy")


def test_a_deadlock_with_someone_who_follows_no_order_is_busy_too():
    one, two = accounts(2)
    both_hold = threading.Barrier(2)

    def cross(first: Account, second: Account):
        with transaction.atomic():
            Account.objects.select_for_update().get(pk=first.pk)
            both_hold.wait(10)
            locks.take("account", [second.pk])

    outcomes = race(lambda: cross(one, two), lambda: cross(two, one))
    refused = [type(outcome.raised) for outcome in outcomes if outcome.raised]
    assert refused == [locks.Busy]


def test_what_a_savepoint_took_and_gave_up_may_be_taken_in_order_again():
    (account,) = accounts(1)
    with transaction.atomic():
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            locks.take("account", [account.pk])
            raise ZeroDivisionError
        locks.take("stock", [account.team_id])
        assert list(locks.take("account", [account.pk])) == [account.pk]


def test_rows_that_point_at_a_locked_row_can_be_written_meanwhile():
    (account,) = accounts(1)

    def points_at_it():
        made = Transaction.objects.create(kind="test", key="k")
        Entry.objects.bulk_create([Entry(transaction=made, account=account, amount=n) for n in (1, -1)])

    def atomically():
        with transaction.atomic():
            points_at_it()

    with transaction.atomic():
        locks.take("account", [account.pk])
        outcomes = race(atomically)
    assert outcomes[0].raised is None


def test_only_declared_places_can_be_registered():
    with pytest.raises(ValueError, match="not in the lock order"):
        locks.register("cellar", "commerce_ledger.Account")
    with pytest.raises(ValueError, match="'account' is"):
        locks.register("account", "commerce_stock.Stock")
