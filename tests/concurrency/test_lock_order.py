"""The recorder of lock order sees what it should, and finds circles (item 2.04 d)."""

import pytest
from django.db import connection, transaction

from commerce import locks
from commerce.ledger.models import Account
from community.members.models import Member
from tests.concurrency.lock_order import Transactions, cycles, locked_by
from tests.factories.ledger import an_account

ACCOUNTS, MEMBERS = "commerce_ledger_account", "community_members_member"


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT "a"."id" FROM "a" WHERE "a"."id" = 1 FOR NO KEY UPDATE', ["a"]),
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON (1) FOR UPDATE OF "b"', ["b"]),
        ('SELECT "a"."id" FROM "a" FOR UPDATE OF "a", "b"', ["a", "b"]),
        ('SELECT "a"."id" FROM "a" LIMIT 1 FOR UPDATE SKIP LOCKED', []),
        ('UPDATE "a" SET "x" = 1', ["a"]),
        ('UPDATE "unplaced" SET "x" = 1', []),
        ('SELECT "a"."id" FROM "a"', []),
    ],
)
def test_it_knows_what_a_statement_locks(sql, tables):
    assert locked_by(sql, frozenset({"a"})) == tables


def test_a_circle_is_found_however_long():
    edges = {("a", "b"): "t1", ("b", "c"): "t2", ("c", "a"): "t3", ("x", "a"): "t4"}
    assert cycles(edges) == [["a", "b", "c"]]
    assert cycles({("a", "b"): "t1", ("b", "c"): "t2", ("a", "c"): "t3"}) == []


@pytest.mark.django_db
def test_it_records_the_order_within_a_transaction_and_not_across():
    edges: dict[tuple[str, str], str] = {}
    account = an_account()
    with connection.execute_wrapper(Transactions(edges, lambda: "here", frozenset({ACCOUNTS}))):
        with transaction.atomic():
            list(Member.objects.select_for_update().filter(pk=account.member_id))
            locks.take("account", [account.pk])
        assert edges == {(MEMBERS, ACCOUNTS): "here"}
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(balance=0)
        with transaction.atomic():
            list(Member.objects.select_for_update().filter(pk=account.member_id))
    assert edges == {(MEMBERS, ACCOUNTS): "here"}


@transaction.atomic
def one_of_each(first, second):
    for table, key in (first, second):
        list(table.objects.select_for_update().filter(pk=key))


@pytest.mark.django_db
def test_calls_of_one_decorated_act_are_acts_of_their_own():
    edges: dict[tuple[str, str], str] = {}
    account = an_account()
    member, kept = (Member, account.member_id), (Account, account.pk)
    with connection.execute_wrapper(Transactions(edges, lambda: "here", frozenset({ACCOUNTS}))):
        one_of_each(member, kept)
        one_of_each(member, kept)
    assert edges == {(MEMBERS, ACCOUNTS): "here"}
