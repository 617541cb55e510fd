"""News of a payment: applied once, never backwards, only if they fit (rule 2.4, items 2.30, 2.51)."""

import datetime as dt

import pytest

from commerce.orders.models import PaymentState, Purchase
from commerce.payments import moving
from commerce.payments.applying import REPEATED, apply_event
from commerce.payments.models import Attempt, AttemptState, ProviderEvent
from commerce.payments.providers import ACTION_REQUIRED
from community.foundation import clock
from community.foundation.problems import NotThere
from tests.factories.payments import a_paid_attempt, an_attempt, news, tell

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_invariants]  # bare purchases: nothing is sold


def test_a_capture_moves_the_attempt_and_calls_checkout(told):
    attempt = tell(an_attempt(), reference="pay_1").attempt
    attempt.refresh_from_db()
    assert (attempt.state, attempt.authorised, attempt.captured) == ("captured", 12_000, 12_000)
    assert (attempt.reference, attempt.ended_at is not None) == ("pay_1", True)
    assert told == [("captured", "captured")]


def test_the_same_event_again_changes_nothing(told):
    attempt = an_attempt()
    assert tell(attempt, event_id="evt_1").became == "applied"
    assert tell(attempt, event_id="evt_1").became == REPEATED
    assert told == [("captured", "captured")]
    assert ProviderEvent.objects.filter(event_id="evt_1").count() == 1


def test_two_events_of_one_capture_call_checkout_once(told):
    attempt = an_attempt()
    tell(attempt)
    assert tell(attempt).became == "unchanged"
    assert told == [("captured", "captured")]


def test_an_older_event_is_ignored(told):
    attempt = an_attempt(capture_later=True)
    tell(attempt, AttemptState.AUTHORISED, sequence=20)
    assert tell(attempt, AttemptState.FAILED, sequence=10).became == "older"
    attempt.refresh_from_db()
    assert (attempt.state, attempt.sequence) == ("authorised", 20)
    assert told == [("authorised", "authorised")]


def test_events_in_the_wrong_order_end_where_they_should(told):
    attempt = an_attempt()
    tell(attempt, AttemptState.CAPTURED, sequence=30)
    assert tell(attempt, AttemptState.AUTHORISED, sequence=20).became == "older"
    assert tell(attempt, ACTION_REQUIRED, sequence=10).became == "older"
    attempt.refresh_from_db()
    assert attempt.state == "captured"
    assert told == [("captured", "captured")]


def test_events_of_the_same_moment_only_move_forward():
    attempt = an_attempt()
    tell(attempt, AttemptState.CAPTURED, sequence=7)
    assert tell(attempt, AttemptState.AUTHORISED, sequence=7).became == "unchanged"
    assert tell(attempt, AttemptState.VOIDED, sequence=7).became == "unchanged"
    assert Attempt.objects.get().state == "captured"


def test_a_clock_of_ours_that_jumps_does_not_decide_the_order():
    attempt = an_attempt()
    with clock.shifted(dt.timedelta(hours=5)):
        tell(attempt, ACTION_REQUIRED, reference="pay_1", sequence=1)
    with clock.shifted(dt.timedelta(hours=-5)):
        assert tell(attempt, AttemptState.CAPTURED, sequence=2).became == "applied"


@pytest.mark.parametrize("fields", [{"amount": 11_999}, {"amount": 12_001}, {"amount": None}, {"amount": 0}])
def test_a_wrong_amount_moves_nothing_and_waits_for_a_person(fields, told):
    attempt = an_attempt()
    assert tell(attempt, AttemptState.CAPTURED, **fields).became == "mismatch"
    attempt.refresh_from_db()
    assert (attempt.state, attempt.captured) == ("pending", 0)
    assert told == []


@pytest.mark.parametrize("currency", ["USD", "", "krw "])
def test_a_wrong_currency_moves_nothing(currency, told):
    assert tell(an_attempt(), AttemptState.CAPTURED, currency=currency).became == "mismatch"
    assert told == []


def test_less_may_be_captured_only_of_what_is_captured_later():
    attempt = an_attempt(method="sandbox", capture_later=True)
    captured = tell(attempt, AttemptState.CAPTURED, amount=5_000).attempt
    assert (captured.state, captured.authorised, captured.captured) == ("captured", 12_000, 5_000)


def test_a_reference_of_another_attempt_is_refused():
    tell(an_attempt(), reference="pay_1")
    other = an_attempt()
    assert tell(other, reference="pay_1").became == "mismatch"
    other.refresh_from_db()
    assert other.state == "pending"


def test_an_event_of_another_provider_is_about_no_attempt():
    attempt = an_attempt()
    with pytest.raises(NotThere):
        apply_event(attempt_id=attempt.pk, outcome=news(attempt), event_id="e", provider="stripe")


@pytest.mark.parametrize("ended", [AttemptState.FAILED, AttemptState.VOIDED])
def test_a_capture_after_the_end_is_a_capture_all_the_same(ended, told):
    attempt = an_attempt()
    tell(attempt, ended)
    tell(attempt, AttemptState.CAPTURED)
    assert told == [("failed", ended), ("captured", "captured")]


@pytest.mark.parametrize("payment", [PaymentState.FAILED, PaymentState.VOIDED, PaymentState.CAPTURED])
def test_a_capture_for_a_purchase_that_is_over_is_a_late_one(payment, told):
    attempt = an_attempt()
    Purchase.objects.update(payment=payment)
    tell(attempt)
    assert told == [("late_capture", "captured")]


def test_captured_is_the_end():
    attempt = a_paid_attempt()
    for state in (AttemptState.FAILED, AttemptState.VOIDED, AttemptState.AUTHORISED, AttemptState.PENDING):
        assert tell(attempt, state).became == "unchanged"
    attempt.refresh_from_db()
    assert attempt.state == "captured"


def test_what_waits_for_the_buyer_says_where():
    attempt = an_attempt()
    tell(attempt, ACTION_REQUIRED, action_url="https://bank.example/ask")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.action_url) == ("pending", "https://bank.example/ask")
    tell(attempt)
    attempt.refresh_from_db()
    assert attempt.action_url == ""


def test_every_state_says_where_it_may_move():
    assert set(moving.MOVES) == set(AttemptState)
    assert moving.MOVES[AttemptState.CAPTURED] == set()


def test_the_payload_holds_facts_only():
    tell(an_attempt(), reference="pay_1", sequence=3)
    assert ProviderEvent.objects.get(kind="test").payload == {
        "state": "captured", "reference": "pay_1", "amount": 12_000, "currency": "KRW", "sequence": 3,
    }  # fmt: skip
