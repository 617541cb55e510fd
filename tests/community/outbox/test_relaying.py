"""Each handler gets each event at least once, in order per key, with back-off, until it is given up."""

import datetime as dt

import pytest
from django.db import connection, transaction

from community.foundation import clock
from community.outbox import events
from community.outbox.events import Event, handles, publish
from community.outbox.models import Delivery
from community.outbox.relaying import MOST_ATTEMPTS, relay_due, replay

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What two handlers of "test.said" were told; the first fails for keys in `refusing`."""
    monkeypatch.setattr(events, "_handlers", {})
    monkeypatch.setattr(events, "_by_topic", {})

    class Heard(list):
        refusing: set[str] = set()

    told = Heard()

    @handles("test.said")
    def first(event: Event) -> None:
        if event.key in told.refusing:
            raise OSError("no answer")
        told.append(("first", event.key, event.payload["word"]))

    @handles("test.said")
    def second(event: Event) -> None:
        told.append(("second", event.key, event.payload["word"]))

    return told


def say(key: str, word: str) -> None:
    with transaction.atomic():
        publish(topic="test.said", key=key, payload={"word": word})


def test_it_delivers_to_every_handler_in_order_per_key(heard) -> None:
    say("a", "one")
    say("a", "two")
    assert relay_due() == 4
    assert [row for row in heard if row[0] == "first"] == [("first", "a", "one"), ("first", "a", "two")]
    assert [row for row in heard if row[0] == "second"] == [("second", "a", "one"), ("second", "a", "two")]
    assert Delivery.objects.filter(state="done").count() == 4


def test_a_failing_handler_holds_back_its_own_key_only(heard) -> None:
    heard.refusing = {"a"}
    say("a", "one")
    say("a", "two")
    say("b", "three")
    relay_due()
    assert ("first", "b", "three") in heard
    assert not [row for row in heard if row[:2] == ("first", "a")]
    assert [row for row in heard if row[0] == "second"] == [
        ("second", "a", "one"),
        ("second", "a", "two"),
        ("second", "b", "three"),
    ]
    heard.refusing = set()
    with clock.shifted(dt.timedelta(seconds=2)):
        relay_due()
    assert [row for row in heard if row[:2] == ("first", "a")] == [("first", "a", "one"), ("first", "a", "two")]


def test_it_backs_off_and_gives_up_with_the_error_kept(heard) -> None:
    heard.refusing = {"a"}
    say("a", "one")
    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        with clock.shifted(dt.timedelta(days=len(waits) + 1)):
            before = clock.now()
            relay_due()
            row = Delivery.objects.get(handler__contains="first")
            waits.append(round((row.next_at - before).total_seconds()))
    assert waits[:5] == [1, 5, 15, 60, 300]
    assert row.state == "dead"
    assert "no answer" in row.error
    assert relay_due() == 0


def test_a_dead_delivery_can_be_replayed(heard) -> None:
    say("a", "one")
    Delivery.objects.update(state="dead", attempts=MOST_ATTEMPTS)
    ids = list(Delivery.objects.values_list("pk", flat=True))
    assert replay(delivery_ids=ids) == 2
    assert replay(delivery_ids=ids) == 0
    relay_due()
    assert len(heard) == 2


def test_a_handler_that_fails_leaves_nothing_of_what_it_wrote(heard, django_user_model) -> None:
    @handles("test.wrote")
    def writes_then_fails(event: Event) -> None:
        Delivery.objects.filter(topic="test.said").update(error="written by the failing handler")
        raise ValueError

    say("a", "one")
    with transaction.atomic():
        publish(topic="test.wrote", key="x", payload={})
    relay_due()
    assert not Delivery.objects.filter(error="written by the failing handler").exists()


def test_a_handler_that_no_code_has_any_more_is_an_error_not_a_loss(heard) -> None:
    say("a", "one")
    Delivery.objects.update(handler="gone.away")
    relay_due()
    assert Delivery.objects.filter(state="pending", error__contains="no handler is called gone.away").exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused(heard) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError):
        publish(topic="test.said", key="a", payload={"word": "lost"})
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_shares_the_fate_of_its_act(heard) -> None:
    with transaction.atomic():
        publish(topic="test.said", key="a", payload={"word": "undone"})
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
