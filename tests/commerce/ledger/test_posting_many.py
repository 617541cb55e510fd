"""Posting in bulk: each transaction once a key, and no account below zero (rule 2.6)."""

import pytest

from commerce.ledger.accounts import site_account
from commerce.ledger.auditing import audit
from commerce.ledger.errors import InsufficientBalance, KeyTaken
from commerce.ledger.models import POINT, AccountKind, Entry, Transaction
from commerce.ledger.posting import Leg
from commerce.ledger.posting_many import Posting, post_all
from community.foundation import clock
from community.foundation.ids import uuid7
from tests.factories.ledger import an_account, balance, put

pytestmark = pytest.mark.django_db


def posting(account, amount: int, key: str, *, kind: str = "test", **said) -> Posting:
    other = site_account(AccountKind.REDEEMED, POINT)
    return Posting(kind, key, [Leg(other, -amount), Leg(account, amount)], at=clock.now(), **said)


def test_many_transactions_are_each_what_one_would_be():
    account, source = an_account(kind=AccountKind.PAYABLE), uuid7()
    put(account, 5)
    made = post_all([posting(account, 70, "a", source=("order", source), note="Why."), posting(account, -20, "b")])
    assert made == 2
    assert balance(account) == 55
    first = Transaction.objects.get(key="a")
    assert (first.kind, first.source_kind, first.source_id, first.note) == ("test", "order", source, "Why.")
    assert sorted(first.entries.values_list("amount", flat=True)) == [-70, 70]
    assert audit() == []


def test_a_key_moves_once_whether_posted_before_or_twice_in_one_call():
    account = an_account(kind=AccountKind.PAYABLE)
    assert post_all([posting(account, 10, "a")]) == 1
    assert post_all([posting(account, 10, "a"), posting(account, 5, "b"), posting(account, 5, "b")]) == 1
    assert balance(account) == 15
    assert Transaction.objects.count() == 2


def test_a_key_of_another_kind_is_a_mistake():
    account = an_account(kind=AccountKind.PAYABLE)
    post_all([posting(account, 10, "a")])
    with pytest.raises(KeyTaken):
        post_all([posting(account, 10, "a", kind="other")])


def test_all_of_it_together_must_be_there_and_none_is_posted_otherwise():
    account = an_account(kind=AccountKind.PAYABLE)
    put(account, 10)
    assert post_all([posting(account, -15, "a"), posting(account, 5, "b")]) == 2
    assert balance(account) == 0
    with pytest.raises(InsufficientBalance):
        post_all([posting(account, 5, "c"), posting(account, -6, "d")])
    assert balance(account) == 0
    assert not Transaction.objects.filter(key__in="cd").exists()


def test_legs_are_checked_and_lots_are_left_to_the_other_act():
    account = an_account(kind=AccountKind.PAYABLE)
    site = site_account(AccountKind.REDEEMED, POINT)
    with pytest.raises(ValueError, match="do not sum to zero"):
        post_all([Posting("test", "a", [Leg(account, 1), Leg(site, 1)], at=clock.now())])
    with pytest.raises(ValueError, match="one transaction at a time"):
        post_all([posting(an_account(), 1, "b")])
    assert not Entry.objects.exists()
