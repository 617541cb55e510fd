"""Money back: owed under the lock, sent outside, tried until it is answered (rule 2.4, item 2.31's seam)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from commerce.payments import refunding
from commerce.payments.errors import NothingToSend, ProviderRefused, ProviderUnreachable, RefundDiffers, RefundTooLarge
from commerce.payments.models import Refund
from commerce.payments.providers import Refunded
from commerce.payments.sandbox import Sandbox
from commerce.payments.watching import concerns
from community.foundation import clock
from community.foundation.problems import NotThere
from community.outbox.models import Delivery
from tests.factories.payments import a_paid_attempt, a_purchase_to_pay, a_refund, an_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_invariants]  # bare purchases: nothing is sold


def answers(monkeypatch, *given):
    """What the provider says to each try; an exception is raised."""
    waiting = list(given)

    def refund(self, refund):
        told = waiting.pop(0)
        if isinstance(told, Exception):
            raise told
        return told

    monkeypatch.setattr(Sandbox, "refund", refund)


def test_what_is_owed_is_counted_at_once_and_sent_later():
    refund = a_refund(amount=5_000)
    refund.attempt.refresh_from_db()
    assert (refund.state, refund.attempt.refunded) == ("pending", 5_000)
    assert refunding.send(refund.pk).state == "done"
    refund.refresh_from_db()
    assert (refund.tries, refund.reference, refund.done_at is not None) == (1, f"sandbox_{refund.pk.hex}", True)


def test_the_same_key_owes_once():
    attempt = a_paid_attempt()
    first = a_refund(attempt, 5_000, key="return:1")
    assert a_refund(attempt, 5_000, key="return:1") == first
    attempt.refresh_from_db()
    assert attempt.refunded == 5_000


def test_a_key_is_of_one_amount():
    attempt = a_paid_attempt()
    a_refund(attempt, 5_000, key="return:1")
    with pytest.raises(RefundDiffers):
        a_refund(attempt, 6_000, key="return:1")


def test_no_more_goes_back_than_came():
    attempt = a_paid_attempt(total=10_000)
    a_refund(attempt, 6_000)
    with pytest.raises(RefundTooLarge):
        a_refund(attempt, 4_001)
    a_refund(attempt, 4_000)
    attempt.refresh_from_db()
    assert (attempt.refunded, Refund.objects.count()) == (10_000, 2)


def test_what_did_not_come_does_not_go_back():
    with pytest.raises(RefundTooLarge):
        a_refund(an_attempt(), 1)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_refund_is_of_something(amount):
    attempt = a_paid_attempt()
    with pytest.raises(ValueError, match="something"):
        a_refund(attempt, amount)
    with pytest.raises(IntegrityError, match="payments_refund_of_something"), transaction.atomic():
        Refund.objects.create(attempt=attempt, key="x", amount=amount)


def test_without_an_answer_it_is_tried_later_and_later(monkeypatch):
    answers(monkeypatch, ProviderUnreachable(), ProviderUnreachable(), Refunded("done"))
    refund, start = a_refund(), clock.now()
    refunding.send(refund.pk)
    refund.refresh_from_db()
    assert (refund.state, refund.tries) == ("pending", 1)
    assert refund.next_at - start >= dt.timedelta(seconds=60)
    assert refunding.send(refund.pk).tries == 1  # it is not time yet
    with clock.shifted(dt.timedelta(minutes=2)):
        refunding.send(refund.pk)
    refund.refresh_from_db()
    assert refund.next_at - start >= dt.timedelta(minutes=4)
    with clock.shifted(dt.timedelta(minutes=10)):
        assert refunding.send(refund.pk).state == "done"


def test_what_the_provider_refuses_alarms_operators_and_is_owed_still(monkeypatch):
    answers(monkeypatch, ProviderRefused("account_closed"))
    refund = a_refund()
    refunding.send(refund.pk)
    refund.refresh_from_db()
    refund.attempt.refresh_from_db()
    assert (refund.state, refund.failure, refund.attempt.refunded) == ("failed", "account_closed", 5_000)
    assert [one.count for one in concerns()] == [1, 0, 0]


def test_many_tries_in_vain_alarm_operators(monkeypatch):
    refund = a_refund()
    Refund.objects.update(tries=4)
    assert [one.count for one in concerns()] == [0, 1, 0]
    refunding.send(refund.pk)
    assert [one.count for one in concerns()] == [0, 0, 0]


def test_a_failed_refund_is_sent_again_as_another_one(monkeypatch):
    answers(monkeypatch, ProviderRefused("x"), Refunded("done"))
    refund = a_refund()
    refunding.send(refund.pk)
    again = refunding.send_again(refund=refund)
    assert (again.state, again.round, again.tries) == ("pending", 2, 0)
    assert refunding.send(refund.pk).state == "done"
    with pytest.raises(NothingToSend):
        refunding.send_again(refund=refund)


def test_a_done_refund_may_still_bounce():
    refund = a_refund()
    refunding.send(refund.pk)
    refunding.settle(refund_id=refund.pk, told=Refunded("failed", failure="account_closed"))
    refund.refresh_from_db()
    assert (refund.state, refund.failure, refund.done_at) == ("failed", "account_closed", None)
    refunding.settle(refund_id=refund.pk, told=Refunded("done"))
    refund.refresh_from_db()
    assert refund.state == "failed"


def test_the_job_sends_what_is_due_and_goes_on_after_one_that_breaks(monkeypatch):
    answers(monkeypatch, RuntimeError("bug"), Refunded("done"))
    a_refund()
    a_refund()
    assert refunding.send_due() == {"done": 1, "pending": 0, "failed": 0, "broke": 1}
    assert sorted(Refund.objects.values_list("state", flat=True)) == ["done", "pending"]


def test_higher_apps_hear_of_it(monkeypatch):
    said = []
    monkeypatch.setattr(refunding, "publish", lambda **event: said.append(event))
    refund = a_refund()
    refunding.send(refund.pk)
    payload = {"refund": str(refund.pk), "purchase": str(refund.attempt.purchase_id)}
    assert said == [{"topic": "refund.done", "key": payload["purchase"], "payload": payload}]
    assert not Delivery.objects.filter(topic="refund.done").exists()


def test_which_attempt_paid_a_purchase():
    attempt = a_paid_attempt()
    assert refunding.paid_attempt(attempt.purchase) == attempt
    with pytest.raises(NotThere):
        refunding.paid_attempt(a_purchase_to_pay())
