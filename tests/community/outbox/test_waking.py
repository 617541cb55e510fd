"""A commit wakes the relay once; without a broker the act goes through and the clock delivers later."""

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from community.outbox import events, tasks
from community.outbox.events import publish
from community.outbox.models import Delivery
from config.celery import app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handled(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {"here": lambda event: None})
    monkeypatch.setattr(events, "_by_topic", {"test.said": ["here"]})


def say_twice() -> None:
    with transaction.atomic():
        publish(topic="test.said", key="a", payload={})
        publish(topic="test.said", key="b", payload={})


def test_one_transaction_wakes_the_relay_once(handled, monkeypatch) -> None:
    woken = []
    monkeypatch.setattr(events, "wakers", [lambda: woken.append(1)])
    say_twice()
    assert woken == [1]
    say_twice()
    assert woken == [1, 1]


def test_nothing_is_lost_while_the_broker_is_down(handled, monkeypatch, relay) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:9/0")  # first: it falls back on broker_url
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:9/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with pytest.raises(OperationalError):
        tasks.relay.delay()
    say_twice()
    assert Delivery.objects.filter(state="pending").count() == 2
    assert tasks.relay_by_clock(None) == {"tried": 2}
    assert Delivery.objects.filter(state="done").count() == 2
