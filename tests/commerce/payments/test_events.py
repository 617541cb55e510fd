"""What providers tell by themselves: doubled, reordered, lost, forged, wrong (items 2.28, 2.51)."""

import datetime as dt
import json
import time

import pytest
from django.test import Client

from commerce.payments import asking, refunding
from commerce.payments.models import ProviderEvent
from commerce.payments.sandbox_remote import signature
from commerce.payments.watching import concerns
from community.foundation import clock
from tests.commerce.payments import sandbox_server, stripe_server
from tests.commerce.payments.benches import fresh, post
from tests.factories.payments import a_refund, an_attempt

pytestmark = pytest.mark.breaks_invariants  # bare purchases: nothing is sold


def test_a_message_that_comes_twice_is_answered_with_200_and_changes_nothing(far, told):
    attempt = far.begin("asks")
    far.deliver()
    far.answer(attempt, True)
    far.server.messages *= 2
    assert sorted(far.deliver()) == ["applied", "repeated"]
    assert fresh(attempt).state == "captured"
    assert told == [("captured", "captured")]


def test_messages_in_the_wrong_order_end_where_they_should(far, told):
    attempt = far.begin("pays", capture_later=True)
    asking.capture(attempt.pk)
    far.server.messages.reverse()
    assert "applied" not in far.deliver()
    assert fresh(attempt).state == "captured"


def test_messages_alone_and_in_the_wrong_order_are_enough(sandbox_far, told):
    sandbox_far.server.lose = 9  # no answer ever comes: only the messages do
    attempt = sandbox_far.begin("asks")
    sandbox_far.answer(attempt, True)
    sandbox_far.server.messages.reverse()
    assert sandbox_far.deliver() == ["applied", "older"]
    assert fresh(attempt).state == "captured"
    assert told == [("captured", "captured")]


def test_an_older_message_is_written_down_and_ignored(sandbox_far, told):
    attempt = sandbox_far.begin("asks")
    [asked] = sandbox_far.server.messages
    sandbox_far.server.messages = []
    sandbox_far.answer(attempt, True)
    sandbox_far.deliver()
    assert post("sandbox", asked).json() == {"became": ["older"]}
    assert ProviderEvent.objects.filter(outcome="older").count() == 1
    assert fresh(attempt).state == "captured"


def forged(far, attempt, **more):
    if far.name == "stripe":
        intent = far.server.rows[attempt.reference]
        return stripe_server.message({"id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "data": {"object": intent}}, **more)  # fmt: skip
    data = {"state": "captured", "amount": attempt.amount, "currency": "KRW", "sequence": 9}
    return sandbox_server.message({"id": "evt_1", "kind": "x", "attempt": str(attempt.pk), "data": data}, **more)


def test_a_forged_message_is_refused_and_leaves_nothing(far, told):
    attempt = far.begin("asks")
    before = ProviderEvent.objects.count()
    answer = post(far.name, forged(far, attempt, secret="guessed-by-a-stranger"))
    assert answer.status_code == 400
    assert (fresh(attempt).state, ProviderEvent.objects.count(), told) == ("pending", before, [])


@pytest.mark.parametrize("change", ["body", "no signature", "signature of nothing", "time"])
def test_a_message_that_was_tampered_with_is_refused(far, change, told):
    attempt = far.begin("asks")
    message = forged(far, attempt)
    if change == "body":
        message.body = message.body.replace(b"KRW", b"USD").replace(b"krw", b"usd")
    elif change == "no signature":
        message.headers = {}
    elif change == "signature of nothing":
        message.headers = dict.fromkeys(message.headers, "")
    else:
        message.headers = {
            name: value.replace(str(int(time.time()))[:6], "999999") for name, value in message.headers.items()
        }
    assert post(far.name, message).status_code == 400
    assert told == []


@pytest.mark.parametrize("minutes", [-10, 10])
def test_an_old_message_or_one_of_the_future_is_refused(sandbox_far, minutes, told):
    message = forged(sandbox_far, sandbox_far.begin("asks"), at=time.time() + minutes * 60)
    assert post("sandbox", message).status_code == 400
    assert told == []


def test_an_old_message_of_stripe_is_refused(stripe_far, told):
    message = forged(stripe_far, stripe_far.begin("asks"), at=time.time() - 600)
    assert post("stripe", message).status_code == 400


def test_when_our_clock_jumps_messages_are_refused_and_asking_finds_what_they_told(sandbox_far, told):
    attempt = sandbox_far.begin("asks")
    sandbox_far.answer(attempt, True)
    with clock.shifted(dt.timedelta(hours=3)):
        assert {post("sandbox", one).status_code for one in sandbox_far.server.messages} == {400}
        asking.ask_again(attempt.pk, at_most_every=False)
    assert fresh(attempt).state == "captured"
    sandbox_far.deliver()
    assert told == [("captured", "captured")]


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"amount": -12_000}, {"currency": "USD"}, {"amount": 10**15}])
def test_a_wrong_amount_or_currency_alarms_and_moves_nothing(sandbox_far, wrong, told):
    attempt = sandbox_far.begin("asks")
    data = {"state": "captured", "amount": 12_000, "currency": "KRW", "sequence": 9, **wrong}
    message = sandbox_server.message({"id": "e", "kind": "x", "attempt": str(attempt.pk), "data": data})
    assert post("sandbox", message).json() == {"became": ["mismatch"]}
    assert (fresh(attempt).state, told) == ("pending", [])
    assert [one.count for one in concerns()] == [0, 0, 1]


def test_a_wrong_amount_at_stripe_alarms_and_moves_nothing(stripe_far, told):
    attempt = stripe_far.begin("asks")
    stripe_far.server.rows[attempt.reference]["amount"] = 11_999
    stripe_far.answer(attempt, True)
    assert stripe_far.deliver() == ["mismatch"]
    assert (fresh(attempt).state, told) == ("pending", [])


def test_a_message_about_nothing_of_ours_is_noted(sandbox_far):
    data = {"state": "captured", "amount": 1, "currency": "KRW"}
    stray = {"id": "e", "kind": "x", "attempt": "01900000-0000-7000-8000-000000000000", "data": data}
    assert post("sandbox", sandbox_server.message(stray)).json() == {"became": ["unknown"]}
    assert post("sandbox", sandbox_server.message(stray)).json() == {"became": ["repeated"]}


def test_a_message_about_anothers_attempt_is_about_nothing(sandbox_far, stripe_far, told):
    attempt = stripe_far.begin("asks")
    assert post("sandbox", forged(sandbox_far, attempt)).json() == {"became": ["unknown"]}
    assert (fresh(attempt).state, told) == ("pending", [])


def test_a_refund_that_bounces_is_told(sandbox_far):
    refund = a_refund(sandbox_far.begin("pays"))
    refunding.send(refund.pk)
    sandbox_far.server.bounce(f"{refund.pk}.1")
    sandbox_far.deliver()
    refund.refresh_from_db()
    assert (refund.state, refund.failure) == ("failed", "account_closed")
    assert [one.count for one in concerns()] == [1, 0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("provider", ["nobody", "stripe", "sandbox"])
def test_a_provider_that_speaks_nowhere_is_not_there(provider):
    """Nobody of this name; Stripe without a key; the sandbox in this process, which tells nothing by itself."""
    assert Client().post(f"/payments/{provider}/events/", "{}", content_type="application/json").status_code == 404


def test_a_message_has_bounds_and_needs_no_csrf_token(sandbox_far):
    client = Client(enforce_csrf_checks=True)
    attempt = sandbox_far.begin("asks")
    assert post("sandbox", forged(sandbox_far, attempt), client).status_code == 200
    huge = sandbox_server.message({"id": "e", "kind": "x" * 300_000})
    assert post("sandbox", huge, client).status_code == 413
    assert client.get("/payments/sandbox/events/").status_code == 405


@pytest.mark.parametrize("body", ["", "[]", "null", '"x"', '{"id": 1}', '{"id": "e"}', '{"id": "e", "kind": "x", "attempt": "no key"}', "{" * 5000])  # fmt: skip
def test_rubbish_that_is_signed_breaks_nothing(sandbox_far, body):
    message = sandbox_server.message({"id": "e"})
    message.body = body.encode()
    at = message.headers["webhook-timestamp"]
    message.headers["webhook-signature"] = signature("e", at, message.body)
    assert post("sandbox", message).status_code == 400


def test_what_is_written_down_names_nobody(stripe_far):
    attempt = stripe_far.begin("asks")
    stripe_far.server.rows[attempt.reference]["receipt_email"] = "buyer@example.org"
    stripe_far.answer(attempt, True)
    stripe_far.deliver()
    assert "buyer" not in json.dumps(list(ProviderEvent.objects.values_list("payload", flat=True)))


@pytest.mark.django_db
def test_the_sandbox_in_this_process_cannot_be_spoken_for(told):
    attempt = an_attempt(method="sandbox-3ds")
    data = {"state": "captured", "amount": 12_000, "currency": "KRW"}
    message = sandbox_server.message({"id": "e", "kind": "x", "attempt": str(attempt.pk), "data": data})
    assert post("sandbox", message).status_code == 404
    assert told == []
