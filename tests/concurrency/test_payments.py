"""Rivals for one payment and for one refund: it is applied once, it goes back once (rule 2.4, item 2.30)."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from commerce import locks
from commerce.orders.models import Purchase
from commerce.payments import applying, attempting, refunding, registering
from commerce.payments.errors import AlreadyPaying, RefundTooLarge
from commerce.payments.models import Attempt, ProviderEvent, Refund
from commerce.payments.providers import Refunded
from commerce.payments.sandbox import Sandbox
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.payments import a_paid_attempt, a_purchase_to_pay, a_refund, an_attempt, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.breaks_invariants]  # bare purchases: nothing is sold


@pytest.fixture(autouse=True)
def told(monkeypatch):
    heard: list[str] = []
    calls = {what: [lambda purchase, attempt, what=what: heard.append(what)] for what in registering._calls}
    monkeypatch.setattr(registering, "_calls", calls)
    return heard


def take_without_locking(place, ids):
    model = {"purchase": Purchase, "attempt": Attempt}.get(place)
    return {} if model is None else {row.pk: row for row in model.objects.filter(pk__in=list(ids))}


@transaction.atomic
def begin(purchase):
    """As checkout does: under the lock of the purchase."""
    return attempting.begin(purchase=locks.take_one("purchase", purchase.pk), method="sandbox-slow")


def test_two_tabs_begin_one_attempt(monkeypatch):
    purchase = a_purchase_to_pay()
    meeting = meet_before(monkeypatch, attempting, "_insert")
    outcomes = race(*[lambda: begin(purchase)] * 2)
    assert not meeting.happened
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, AlreadyPaying: 1}
    assert Attempt.objects.count() == 1


def test_without_the_lock_the_database_alone_lets_one_attempt_live(monkeypatch):
    purchase = a_purchase_to_pay()
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, attempting, "_insert")
    outcomes = race(*[lambda: begin(purchase)] * 2)
    assert meeting.happened
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, AlreadyPaying: 1}


def test_one_message_delivered_twice_at_once_is_applied_once(monkeypatch, told):
    attempt = an_attempt()
    meeting = meet_before(monkeypatch, applying, "judged")
    outcomes = race(*[lambda: tell(attempt, event_id="evt_1")] * 4)
    assert all_went_well(outcomes)
    assert not meeting.happened
    assert Counter(outcome.value.became for outcome in outcomes) == {"applied": 1, "repeated": 3}
    assert told == ["captured"]


def test_message_and_browser_at_once_call_checkout_once(monkeypatch, told):
    attempt = an_attempt()
    meeting = meet_before(monkeypatch, applying, "judged")
    outcomes = race(*[lambda: tell(attempt)] * 2)
    assert all_went_well(outcomes)
    assert not meeting.happened
    assert Counter(outcome.value.became for outcome in outcomes) == {"applied": 1, "unchanged": 1}
    assert told == ["captured"]


def test_without_the_locks_checkout_is_called_twice(monkeypatch, told):
    attempt = an_attempt()
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, applying, "judged")
    assert all_went_well(race(*[lambda: tell(attempt)] * 2))
    assert meeting.happened
    assert told == ["captured", "captured"]


def test_without_the_locks_the_database_alone_takes_one_message_once(monkeypatch):
    attempt = an_attempt()
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, applying, "judged")
    outcomes = race(*[lambda: tell(attempt, event_id="evt_1")] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]
    assert ProviderEvent.objects.filter(event_id="evt_1").count() == 1


def test_paid_and_given_up_at_once_is_one_of_the_two(told):
    attempt = an_attempt()
    assert all_went_well(race(lambda: tell(attempt, "captured"), lambda: tell(attempt, "voided")))
    attempt.refresh_from_db()
    assert (attempt.state, told[-1]) == ("captured", "captured")  # voided first: then it is a capture after all


def test_rivals_give_back_no_more_than_came(monkeypatch):
    attempt = a_paid_attempt(total=10_000)
    meeting = meet_before(monkeypatch, refunding, "F")
    outcomes = race(*[lambda: a_refund(Attempt.objects.get(pk=attempt.pk), 6_000)] * 3)
    assert not meeting.happened
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, RefundTooLarge: 2}
    attempt.refresh_from_db()
    assert attempt.refunded == 6_000


def test_without_the_lock_only_the_database_refuses(monkeypatch):
    attempt = a_paid_attempt(total=10_000)
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, refunding, "F")
    outcomes = race(*[lambda: a_refund(Attempt.objects.get(pk=attempt.pk), 6_000)] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_one_key_asked_for_by_rivals_owes_once():
    attempt = a_paid_attempt(total=10_000)
    outcomes = race(*[lambda: a_refund(Attempt.objects.get(pk=attempt.pk), 4_000, key="return:1")] * 8)
    assert all_went_well(outcomes)
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    attempt.refresh_from_db()
    assert attempt.refunded == 4_000


def test_two_workers_send_a_refund_once(monkeypatch):
    asked = []

    def refund(self, refund):
        asked.append(refund.pk)
        return Refunded("done")

    monkeypatch.setattr(Sandbox, "refund", refund)
    owed = a_refund()
    assert all_went_well(race(*[lambda: refunding.send(owed.pk)] * 6))
    assert asked == [owed.pk]
    assert Refund.objects.get().tries == 1


def test_answer_and_message_about_a_refund_at_once_tell_it_once(monkeypatch):
    said = []
    monkeypatch.setattr(refunding, "publish", lambda **event: said.append(event["topic"]))
    owed = a_refund()
    meeting = meet_before(monkeypatch, refunding, "_moved")
    assert all_went_well(race(*[lambda: refunding.settle(refund_id=owed.pk, told=Refunded("done"))] * 3))
    assert not meeting.happened
    assert said == ["refund.done"]
