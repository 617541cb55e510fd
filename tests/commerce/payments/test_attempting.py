"""One live attempt a purchase, and what the sandbox answers at once (rule 2.4, items 2.28, 2.30)."""

import pytest
from django.db import IntegrityError, connection, transaction

from commerce.payments import attempting, choosing, registering
from commerce.payments.errors import AlreadyPaid, AlreadyPaying, PurchaseOver, UnknownWay
from commerce.payments.models import Attempt, ProviderEvent
from tests.factories.members import a_member
from tests.factories.payments import a_kept_card, a_paid_attempt, a_purchase_to_pay, an_attempt, tell

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_invariants]  # bare purchases: nothing is sold


def test_the_sandbox_pays_at_once(told):
    attempt = a_paid_attempt(total=9_900)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.authorised, attempt.captured, attempt.refunded) == ("captured", 9_900, 9_900, 0)
    assert attempt.ended_at is not None
    assert told == [("captured", "captured")]
    assert ProviderEvent.objects.get().outcome == "applied"


def test_paying_at_once_costs_three_statements(django_assert_num_queries):
    purchase = a_purchase_to_pay()
    attempting.choosing.offered()  # what the site is, is remembered
    with transaction.atomic(), django_assert_num_queries(3):
        attempting.begin(purchase=purchase, method="sandbox")


def test_a_decline_ends_the_attempt_and_says_why(told):
    attempt = an_attempt(method="sandbox-declined")
    assert (attempt.state, attempt.failure, attempt.captured) == ("failed", "declined", 0)
    assert told == [("failed", "failed")]


def test_after_a_decline_one_can_try_again():
    purchase = a_purchase_to_pay()
    an_attempt(purchase, "sandbox-declined")
    assert an_attempt(purchase, "sandbox").state == "captured"


def test_a_question_sends_the_buyer_to_a_page(told):
    attempt = an_attempt(method="sandbox-3ds")
    assert attempt.state == "pending"
    assert attempt.action_url.endswith(f"/payments/sandbox/{attempt.pk}/")
    assert told == []


def test_what_is_captured_later_is_only_authorised(told):
    attempt = an_attempt(method="sandbox", capture_later=True)
    assert (attempt.state, attempt.authorised, attempt.captured) == ("authorised", 12_000, 0)
    assert told == [("authorised", "authorised")]


@pytest.mark.parametrize("method", ["sandbox", "sandbox-slow", "sandbox-3ds"])
def test_while_one_attempt_is_alive_no_second_begins(method):
    attempt = an_attempt(method="sandbox-slow")
    with pytest.raises(AlreadyPaying):
        an_attempt(attempt.purchase, method)
    assert Attempt.objects.count() == 1


def test_what_is_authorised_is_alive_too():
    attempt = an_attempt(method="sandbox", capture_later=True)
    with pytest.raises(AlreadyPaying):
        an_attempt(attempt.purchase)


def test_what_is_paid_is_not_paid_again():
    attempt = a_paid_attempt()
    with pytest.raises(AlreadyPaid):
        an_attempt(attempt.purchase, "sandbox")


@pytest.mark.parametrize("payment", ["failed", "voided", "refunded"])
def test_a_purchase_that_is_over_is_not_paid_any_more(payment):
    with pytest.raises(PurchaseOver):
        an_attempt(payment=payment)


def test_the_database_holds_one_live_attempt_a_purchase():
    attempt = an_attempt()
    with pytest.raises(IntegrityError, match="payments_one_live_attempt_a_purchase"), transaction.atomic():
        Attempt.objects.create(purchase=attempt.purchase, provider="sandbox", method="x", currency="KRW", amount=1)


@pytest.mark.parametrize(
    ("column", "value"), [("refunded", -1), ("refunded", 12_001), ("captured", 12_001), ("authorised", 12_001)]
)
def test_the_database_holds_what_came_and_went_in_order(column, value):
    attempt = a_paid_attempt()
    with pytest.raises(IntegrityError, match="payments_refunded_captured_authorised"), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**{column: value})


def test_nothing_to_pay_needs_no_provider():
    with pytest.raises(ValueError, match="nothing"):
        an_attempt(total=0)
    purchase = a_purchase_to_pay()
    with pytest.raises(IntegrityError, match="payments_attempt_of_something"), transaction.atomic():
        Attempt.objects.create(purchase=purchase, provider="sandbox", method="x", currency="KRW", amount=0)


@pytest.mark.django_db(transaction=True)
def test_beginning_belongs_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        attempting.begin(purchase=a_purchase_to_pay(), method="sandbox")
    assert connection.in_atomic_block is False


@pytest.mark.parametrize("method", ["", "cash", "sandbox-unheard-of", "sandbox:", "sandbox:no-key", "stripe", ":", "-"])
def test_a_way_that_is_not_offered_is_refused(method):
    with pytest.raises(UnknownWay):
        an_attempt(method=method)
    assert not Attempt.objects.exists()


def test_a_kept_card_pays_with_one_tap():
    member = a_member()
    card = a_kept_card(member)
    assert an_attempt(a_purchase_to_pay(member), f"sandbox:{card.pk}").state == "captured"


def test_a_kept_card_may_be_declined_or_ask():
    member = a_member()
    declines, asks = a_kept_card(member, last4="0002"), a_kept_card(member, last4="3220")
    assert an_attempt(a_purchase_to_pay(member), f"sandbox:{declines.pk}").state == "failed"
    assert an_attempt(a_purchase_to_pay(member), f"sandbox:{asks.pk}").action_url


def test_anothers_kept_card_is_not_offered():
    card = a_kept_card(a_member())
    with pytest.raises(UnknownWay):
        an_attempt(a_purchase_to_pay(), f"sandbox:{card.pk}")


def test_kept_cards_stand_first_among_the_ways_and_only_for_their_member():
    member = a_member()
    card = a_kept_card(member)
    methods = [way.method for way in choosing.ways(member)]
    assert methods == [f"sandbox:{card.pk}", "sandbox", "sandbox-3ds", "sandbox-slow", "sandbox-declined"]
    assert f"sandbox:{card.pk}" not in [way.method for way in choosing.ways(a_member())]


def test_a_failed_callback_undoes_the_payment(monkeypatch):
    def refuse(purchase, attempt):
        raise AlreadyPaid

    monkeypatch.setitem(registering._calls, "captured", [refuse])
    attempt = an_attempt()
    with pytest.raises(AlreadyPaid):
        tell(attempt)
    attempt.refresh_from_db()
    assert (attempt.state, ProviderEvent.objects.filter(kind="test").count()) == ("pending", 0)


def test_the_database_holds_one_attempt_a_reference_and_one_row_an_event_and_a_token():
    attempt, other = a_paid_attempt(), an_attempt()
    with pytest.raises(IntegrityError, match="payments_reference_once_a_provider"), transaction.atomic():
        Attempt.objects.filter(pk=other.pk).update(reference=attempt.reference)
    event = ProviderEvent.objects.first()
    with pytest.raises(IntegrityError, match="payments_event_once"), transaction.atomic():
        ProviderEvent.objects.create(provider=event.provider, event_id=event.event_id, kind="x", outcome="noted")
    card = a_kept_card(a_member())
    with pytest.raises(IntegrityError, match="payments_token_once_a_provider"), transaction.atomic():
        a_kept_card(a_member(), token=card.token)
