"""What was not told is asked after (item 2.30)."""

import datetime as dt

import pytest
from django.db import transaction

from commerce.orders.models import PaymentState, Purchase
from commerce.payments import asking, providers, reconciling
from commerce.payments.errors import ProviderUnreachable
from commerce.payments.models import Attempt
from commerce.payments.sandbox import Sandbox
from community.foundation import clock
from tests.factories.payments import a_purchase_to_pay, aged, an_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_invariants]  # bare purchases: nothing is sold


def unreachable(monkeypatch, *names):
    def nobody(self, attempt, *args):
        raise ProviderUnreachable

    for name in names:
        monkeypatch.setattr(Sandbox, name, nobody)


def test_a_payment_whose_news_were_lost_is_found(told):
    attempt = aged(an_attempt(), seconds=31)
    assert reconciling.reconcile() == {"asked": 1, "moved": 1, "unreached": 0, "broke": 0}
    attempt.refresh_from_db()
    assert attempt.state == "captured"
    assert told == [("captured", "captured")]


def test_a_young_payment_is_left_alone():
    an_attempt()
    assert reconciling.reconcile()["asked"] == 0


def test_what_nobody_consented_to_is_given_up_when_its_time_is_over(told):
    attempt = aged(an_attempt(method="sandbox-3ds"), minutes=10)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert (attempt.state, told) == ("pending", [])
    with clock.shifted(dt.timedelta(minutes=16)):
        reconciling.reconcile()
    attempt.refresh_from_db()
    assert (attempt.state, told) == ("voided", [("failed", "voided")])


def test_what_is_authorised_is_captured(told):
    attempt = an_attempt(method="sandbox", capture_later=True)
    Attempt.objects.update(capture_later=False)  # a provider that reserves first, as some do
    aged(attempt, minutes=1)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.captured) == ("captured", 12_000)


def test_what_is_captured_later_waits_for_its_act_and_is_voided_when_its_time_is_over(told):
    attempt = aged(an_attempt(method="sandbox", capture_later=True), minutes=1)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert attempt.state == "authorised"
    with clock.shifted(dt.timedelta(minutes=16)):
        reconciling.reconcile()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.captured) == ("voided", 0)


def test_a_second_payment_of_what_is_paid_is_given_up():
    attempt = aged(an_attempt(method="sandbox-3ds"), minutes=1)
    Purchase.objects.update(payment=PaymentState.CAPTURED)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert attempt.state == "voided"


def test_money_that_came_for_a_purchase_that_is_over_is_a_late_capture(told):
    attempt = aged(an_attempt(), minutes=1)
    Purchase.objects.update(payment=PaymentState.VOIDED)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert (attempt.state, told) == ("captured", [("late_capture", "captured")])


def test_a_provider_that_is_down_changes_nothing_and_is_left_alone_after_three(monkeypatch, told):
    unreachable(monkeypatch, "fetch")
    attempts = [aged(an_attempt(), minutes=1) for _number in range(5)]
    assert reconciling.reconcile() == {"asked": 3, "moved": 0, "unreached": 3, "broke": 0}
    assert {Attempt.objects.get(pk=one.pk).state for one in attempts} == {"pending"}
    assert told == []


def test_when_it_answers_again_everything_is_found(monkeypatch):
    with monkeypatch.context() as down:
        unreachable(down, "fetch")
        attempt = aged(an_attempt(), minutes=1)
        reconciling.reconcile()
        assert asking.authorise(attempt.pk).attempt.state == "pending"
    with clock.shifted(dt.timedelta(minutes=1)):
        assert reconciling.reconcile()["moved"] == 1


def test_one_that_breaks_does_not_keep_the_others_waiting(monkeypatch):
    first, second = aged(an_attempt(), minutes=2), aged(an_attempt(), minutes=1)
    real = Sandbox.fetch

    def fetch(self, attempt):
        if attempt.pk == first.pk:
            raise RuntimeError("bug")
        return real(self, attempt)

    monkeypatch.setattr(Sandbox, "fetch", fetch)
    assert reconciling.reconcile() == {"asked": 2, "moved": 1, "unreached": 0, "broke": 1}
    second.refresh_from_db()
    assert second.state == "captured"


def test_a_provider_that_never_heard_of_it_is_given_some_time(monkeypatch):
    monkeypatch.setattr(Sandbox, "fetch", lambda self, attempt: None)
    attempt = aged(an_attempt(), seconds=90)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert attempt.state == "pending"
    aged(attempt, seconds=150)
    Attempt.objects.update(asked_at=None)
    reconciling.reconcile()
    attempt.refresh_from_db()
    assert attempt.state == "voided"


@pytest.mark.parametrize(
    ("age", "asked", "due"),
    [(60, 40, 0), (60, 55, 1), (20 * 60, 60, 0), (20 * 60, 11 * 60, 1), (8 * 3600, 1800, 0), (8 * 3600, 3700, 1)],
)
def test_the_older_the_more_seldom(age, asked, due):
    attempt = aged(an_attempt(method="sandbox-3ds"), seconds=age)
    Attempt.objects.filter(pk=attempt.pk).update(asked_at=clock.now() - dt.timedelta(seconds=asked))
    assert reconciling.due().count() == due


def test_a_clock_that_went_back_stops_nothing():
    with clock.shifted(dt.timedelta(hours=3)):
        attempt = an_attempt(a_purchase_to_pay(minutes=300))
        Attempt.objects.update(asked_at=clock.now())
    assert list(reconciling.due()) == [attempt]


def test_a_clock_that_jumped_forward_loses_no_money(told):
    attempt = an_attempt()
    with clock.shifted(dt.timedelta(days=2)):
        reconciling.reconcile()
    attempt.refresh_from_db()
    assert (attempt.state, told) == ("captured", [("captured", "captured")])


def test_a_provider_is_never_asked_inside_a_transaction():
    attempt = an_attempt()
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        asking.ask_again(attempt.pk)
    providers.outside_transaction()  # a test's own transaction is none


def test_a_reloading_buyer_asks_no_more_than_the_provider_bears(monkeypatch):
    asked = []
    monkeypatch.setattr(Sandbox, "fetch", lambda self, attempt: asked.append(attempt) or None)
    attempt = an_attempt(method="sandbox-3ds")
    for _time in range(5):
        asking.ask_again(attempt.pk)
    assert len(asked) == 1
