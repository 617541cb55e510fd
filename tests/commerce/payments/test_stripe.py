"""What is Stripe's own: its page, kept cards, disputes, how it counts (item 2.29)."""

import os
import subprocess
import sys

import pytest

from commerce.payments import asking, choosing, keeping, reconciling, refunding, stripe_calls
from commerce.payments.models import KeptMethod, Refund
from commerce.payments.stripe_words import amount_of, failure_of, units
from commerce.payments.watching import concerns
from tests.commerce.payments.benches import fresh
from tests.factories.members import a_member
from tests.factories.payments import a_purchase_to_pay, a_refund, aged, an_attempt

pytestmark = pytest.mark.breaks_invariants  # bare purchases: nothing is sold


@pytest.fixture
def hosted(stripe_far):
    """An attempt whose buyer is on Stripe's page."""
    attempt = an_attempt(a_purchase_to_pay(stripe_far.member), "stripe")
    return asking.authorise(attempt.pk).attempt


def test_the_buyer_pays_on_stripes_page(stripe_far, hosted, told):
    assert (hosted.state, hosted.reference.startswith("cs_")) == ("pending", True)
    assert hosted.action_url == f"{stripe_far.server.url}/pay/{hosted.reference}"
    stripe_far.server.pay(hosted.reference)
    stripe_far.deliver()
    attempt = fresh(hosted)
    assert (attempt.state, attempt.captured, attempt.reference.startswith("pi_")) == ("captured", 12_000, True)
    assert told == [("captured", "captured")]
    session = stripe_far.server.rows[hosted.reference]
    assert (session["amount_total"], session["currency"], session["client_reference_id"]) == (12_000, "krw", str(hosted.pk))  # fmt: skip


def test_a_declined_card_on_the_page_is_not_the_end(stripe_far, hosted, told):
    stripe_far.server.pay(hosted.reference, "pm_poor")
    assert stripe_far.deliver() == ["noted"]
    assert (fresh(hosted).state, told) == ("pending", [])
    stripe_far.server.pay(hosted.reference)
    stripe_far.deliver()
    assert fresh(hosted).state == "captured"


def test_the_page_ends_with_the_time_to_pay(stripe_far, hosted, told):
    asking.give_up(hosted.pk)
    assert (fresh(hosted).state, told) == ("voided", [("failed", "voided")])
    stripe_far.server.pay(hosted.reference)
    assert stripe_far.deliver() == ["unchanged"]
    assert fresh(hosted).state == "voided"


def test_a_page_that_expired_by_itself_is_a_failure(stripe_far, hosted, told):
    session = stripe_far.server.rows[hosted.reference]
    session["status"] = "expired"
    stripe_far.server.tell("checkout.session.expired", session)
    stripe_far.deliver()
    assert (fresh(hosted).state, fresh(hosted).failure) == ("failed", "expired")


def test_the_buyer_may_let_stripe_keep_the_card_and_then_pays_with_one_tap(stripe_far, hosted):
    stripe_far.server.pay(hosted.reference, "pm_ok", save=True)
    stripe_far.deliver()
    card = KeptMethod.objects.get(member=stripe_far.member)
    assert (card.brand, card.last4, card.expires, card.token) == ("Visa", "4242", "04/2031", "pm_ok")
    way = choosing.ways(stripe_far.member)[0]
    assert (way.method, way.kept) == (f"stripe:{card.pk}", card)
    assert fresh(stripe_far.begin("pays")).state == "captured"


def test_a_card_is_not_kept_without_the_buyers_wish(stripe_far, hosted):
    stripe_far.server.pay(hosted.reference)
    stripe_far.deliver()
    assert not KeptMethod.objects.exists()


def test_a_card_is_given_on_stripes_page_and_kept(stripe_far):
    member = stripe_far.member
    address = keeping.begin_keeping(by=member, provider="stripe")
    session_id = address.rpartition("/")[2]
    assert keeping.finish_keeping(by=member, provider="stripe", reference=session_id) is None
    stripe_far.server.give_card(session_id)
    card = keeping.finish_keeping(by=member, provider="stripe", reference=session_id)
    assert (card.member, card.last4) == (member, "4242")
    assert "applied" not in stripe_far.deliver()
    assert KeptMethod.objects.count() == 1


def test_the_message_alone_keeps_the_card(stripe_far):
    address = keeping.begin_keeping(by=stripe_far.member, provider="stripe")
    stripe_far.server.give_card(address.rpartition("/")[2])
    stripe_far.deliver()
    assert KeptMethod.objects.get().member == stripe_far.member


def test_another_member_cannot_take_the_card(stripe_far):
    address = keeping.begin_keeping(by=stripe_far.member, provider="stripe")
    stripe_far.server.give_card(address.rpartition("/")[2])
    assert keeping.finish_keeping(by=a_member(), provider="stripe", reference=address.rpartition("/")[2]) is None
    assert not KeptMethod.objects.exists()


def test_a_forgotten_card_is_detached(stripe_far):
    stripe_far.way("pays")
    [card] = KeptMethod.objects.all()
    keeping.forget(by=stripe_far.member, kept_id=card.pk)
    assert keeping.tell_providers() == {"forgotten": 1, "unreached": 0}
    assert stripe_far.server.detached == ["pm_ok"]


@pytest.mark.parametrize(("token", "failure"), [("pm_poor", "insufficient_funds"), ("pm_declined", "declined")])
def test_why_a_kept_card_was_declined(stripe_far, token, failure):
    stripe_far.cards = {"pays": token}
    attempt = fresh(stripe_far.begin("pays"))
    assert (attempt.state, attempt.failure) == ("failed", failure)


def test_money_that_was_taken_while_the_answer_got_lost_is_found(stripe_far, told):
    """The first question is answered; that to the second is not, though the card was charged."""
    server, original = stripe_far.server, stripe_far.server._confirm

    def confirm(intent, said):
        server.lose = 2
        return original(intent, said)

    server._confirm = confirm
    attempt = stripe_far.begin("pays")
    assert (fresh(attempt).state, told) == ("pending", [])
    server.lose, server.messages = 0, []
    aged(attempt, minutes=3)
    reconciling.look_after(attempt.pk)
    assert (fresh(attempt).state, told) == ("captured", [("captured", "captured")])


def test_a_refund_may_take_its_time(stripe_far):
    attempt = stripe_far.begin("pays")
    stripe_far.server.refunds_wait = True
    refund = a_refund(attempt, 5_000)
    assert refunding.send(refund.pk).state == "pending"
    row = stripe_far.server.rows[Refund.objects.get().reference]
    row["status"] = "succeeded"
    stripe_far.server.messages = []
    stripe_far.server.tell("refund.updated", row)
    assert stripe_far.deliver() == ["applied"]
    assert Refund.objects.get().state == "done"


def test_a_dispute_or_a_refund_made_elsewhere_asks_for_a_person(stripe_far):
    attempt = stripe_far.begin("pays")
    intent = fresh(attempt).reference
    stripe_far.server.messages = []
    stripe_far.server.tell("charge.dispute.created", {"id": "dp_1", "object": "dispute", "payment_intent": intent})
    stripe_far.server.tell(
        "refund.created", {"id": "re_1", "object": "refund", "payment_intent": intent, "metadata": {}}
    )
    assert stripe_far.deliver() == ["alarm", "alarm"]
    assert [one.count for one in concerns()] == [0, 0, 2]


def test_a_wrong_key_fails_the_payment_and_asks_for_a_person(stripe_far, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    stripe_calls.client.cache_clear()
    attempt = fresh(stripe_far.begin("pays"))
    assert (attempt.state, [one.count for one in concerns()]) == ("failed", [0, 0, 1])


@pytest.mark.parametrize(("currency", "stripes"), [("KRW", 1_250), ("USD", 1_250), ("ISK", 125_000), ("UGX", 125_000)])
def test_how_stripe_counts(currency, stripes):
    assert units(1_250, currency) == stripes
    assert amount_of(stripes, currency) == 1_250


def test_what_is_no_whole_unit_fits_nothing():
    assert amount_of(125_050, "ISK") == -1


@pytest.mark.parametrize(
    ("code", "failure"),
    [("expired_card", "expired_card"), ("authentication_required", "authentication_failed"), ("new_code", "declined"), (None, "declined")],
)  # fmt: skip
def test_words_for_declines(code, failure):
    assert failure_of(code) == failure


def test_a_process_without_stripe_does_not_carry_it():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    script = "import django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; import sys; print('stripe' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.split() == ["False"], done.stderr
