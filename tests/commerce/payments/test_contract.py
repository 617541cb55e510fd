"""What every provider does, whatever is behind it: the sandbox in this process, the sandbox as a server, Stripe by its SDK
(items 2.28, 2.29)."""

import datetime as dt

import pytest
from django.db import transaction

from commerce.payments import asking, attempting, conf, providers, reconciling, refunding, stripe_calls
from commerce.payments.errors import ProviderRefused
from commerce.payments.models import Refund
from community.foundation import clock
from tests.commerce.payments.benches import fresh
from tests.factories.payments import a_refund, aged

pytestmark = pytest.mark.breaks_invariants  # bare purchases: nothing is sold


def test_a_payment_is_captured(bench, told):
    attempt = fresh(bench.begin("pays", total=9_900))
    assert (attempt.state, attempt.authorised, attempt.captured) == ("captured", 9_900, 9_900)
    assert attempt.reference
    assert told == [("captured", "captured")]


def test_a_decline_is_a_failure_with_a_word_for_it(bench, told):
    attempt = fresh(bench.begin("declines"))
    assert (attempt.state, attempt.failure, attempt.captured) == ("failed", "declined", 0)
    assert told == [("failed", "failed")]


def test_the_buyer_is_asked_and_says_yes(bench, told):
    attempt = fresh(bench.begin("asks"))
    assert (attempt.state, attempt.action_url.startswith("http")) == ("pending", True)
    bench.answer(attempt, True)
    bench.deliver()
    assert fresh(attempt).state == "captured"
    assert told == [("captured", "captured")]


def test_the_buyer_is_asked_and_says_no(bench, told):
    attempt = fresh(bench.begin("asks"))
    bench.answer(attempt, False)
    bench.deliver()
    attempt = fresh(attempt)
    assert (attempt.state, attempt.failure, attempt.captured) == ("failed", "authentication_failed", 0)
    assert told == [("failed", "failed")]


def test_when_the_message_is_lost_asking_finds_it(far, told):
    attempt = far.begin("asks")
    far.answer(attempt, True)
    assert fresh(attempt).state == "pending"
    assert asking.ask_again(attempt.pk, at_most_every=False).moved
    assert fresh(attempt).state == "captured"
    far.deliver()
    assert told == [("captured", "captured")]


def test_what_is_captured_later_is_authorised_then_captured_in_part(bench, told):
    attempt = fresh(bench.begin("pays", capture_later=True))
    assert (attempt.state, attempt.authorised, attempt.captured) == ("authorised", 12_000, 0)
    asking.capture(attempt.pk, 7_000)
    bench.deliver()
    attempt = fresh(attempt)
    assert (attempt.state, attempt.authorised, attempt.captured) == ("captured", 12_000, 7_000)
    assert told == [("authorised", "authorised"), ("captured", "captured")]


def test_what_is_authorised_can_be_voided(bench, told):
    attempt = bench.begin("pays", capture_later=True)
    asking.give_up(attempt.pk)
    bench.deliver()
    assert fresh(attempt).state == "voided"
    assert told == [("authorised", "authorised"), ("failed", "voided")]


def test_giving_up_what_was_paid_meanwhile_finds_the_payment(far, told):
    attempt = far.begin("asks")
    far.answer(attempt, True)
    asking.give_up(attempt.pk)
    assert fresh(attempt).state == "captured"
    assert told == [("captured", "captured")]


def test_asking_twice_takes_the_money_once(far):
    attempt = far.begin("pays")
    provider = providers.provider_named(far.name)
    kept = attempt.purchase.member.kept_payment_methods.first()
    again = provider.authorise(attempt, return_url=attempting.return_url(attempt), kept=kept)
    assert (again.state, again.reference) == ("captured", fresh(attempt).reference)


def test_what_is_captured_is_no_more_voided(bench):
    attempt = bench.begin("pays")
    asking.give_up(attempt.pk)
    assert fresh(attempt).state == "captured"


def test_a_refund_goes_back_in_parts_and_never_twice(bench):
    attempt = bench.begin("pays", total=10_000)
    first, second = a_refund(attempt, 6_000), a_refund(attempt, 4_000)
    for refund in (first, second, first):
        refunding.send(refund.pk)
    bench.deliver()
    rows = Refund.objects.order_by("pk")
    assert [(row.state, bool(row.reference)) for row in rows] == [("done", True), ("done", True)]
    provider = providers.provider_named(bench.name)
    assert provider.refund(Refund.objects.get(pk=first.pk)).state == "done"


def test_a_refund_that_is_refused_fails_and_can_be_sent_again(far):
    attempt = far.begin("pays")
    far.server.refuse_refunds = True
    refund = a_refund(attempt, 5_000)
    assert refunding.send(refund.pk).state == "failed"
    far.server.refuse_refunds = False
    refunding.send_again(refund=refund)
    assert refunding.send(refund.pk).state == "done"


def test_a_lost_answer_to_a_refund_sends_it_once(far):
    attempt = far.begin("pays")
    far.server.lose = 2  # the SDK of Stripe tries twice by itself
    refund = a_refund(attempt, 5_000)
    refunding.send(refund.pk)
    with clock.shifted(dt.timedelta(minutes=2)):
        far.server.lose = 0
        assert refunding.send(refund.pk).state == "done"
    given = [row for row in _refunds(far) if row["amount"] == 5_000]
    assert len(given) == 1


def test_a_lost_answer_leaves_the_payment_pending_until_it_is_asked_after(far, told):
    far.server.lose = 5
    attempt = far.begin("pays")
    assert (fresh(attempt).state, told) == ("pending", [])
    far.server.lose = 0
    aged(attempt, minutes=3)
    reconciling.look_after(attempt.pk)
    assert fresh(attempt).state in ("captured", "voided")
    far.deliver()
    assert len(told) == 1


def test_a_provider_that_is_down_takes_nothing(far, told):
    far.server.down = 9
    attempt = far.begin("pays")
    assert (fresh(attempt).state, told) == ("pending", [])
    far.server.down = 0
    aged(attempt, minutes=3)
    reconciling.look_after(attempt.pk)
    assert (fresh(attempt).state, told) == ("voided", [("failed", "voided")])


def test_an_answer_that_takes_too_long_is_no_answer(far, monkeypatch, told):
    monkeypatch.setattr(conf, "PATIENCE", 0.2)
    stripe_calls.client.cache_clear()
    far.server.delay = 0.6
    attempt = far.begin("pays")
    assert fresh(attempt).state == "pending"
    far.server.delay = 0
    far.deliver()
    assert told in ([("captured", "captured")], [])


def test_nothing_is_asked_inside_a_transaction(far):
    attempt = far.begin("asks")
    provider = providers.provider_named(far.name)
    before = len(far.server.seen)
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        provider.fetch(attempt)
    assert len(far.server.seen) == before


def test_what_was_never_asked_is_unknown(far):
    attempt = far.begin("asks")
    attempt.reference = ""
    attempt.pk = "01900000-0000-7000-8000-000000000000"
    assert providers.provider_named(far.name).fetch(attempt) is None


def test_capturing_what_is_not_authorised_is_refused(bench):
    attempt = bench.begin("asks")
    with pytest.raises(ProviderRefused):
        providers.provider_named(bench.name).capture(fresh(attempt), 12_000)


def _refunds(bench):
    if bench.name == "stripe":
        return [row for row in bench.server.rows.values() if row["object"] == "refund"]
    return [refund for payment in bench.server.payments.values() for refund in payment.refunds.values()]
