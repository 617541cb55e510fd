"""A sender that is killed: nothing is lost, and at most one letter goes twice, under the same Message-ID."""

import datetime as dt
from collections import Counter

import pytest

from community.foundation import clock
from community.notifications import sending
from community.notifications.models import Letter
from community.notifications.sending import send_due
from tests.factories.members import a_member
from tests.factories.notifications import an_announcement, replied

pytestmark = pytest.mark.django_db
DELIVER = sending._deliver


class Killed(BaseException):
    """What no handler of ours catches, as no handler catches a kill."""


@pytest.mark.parametrize("taken_before", [1, 2, 4])
def test_a_kill_between_two_letters_doubles_one_at_most(server, monkeypatch, taken_before: int) -> None:
    about, by = an_announcement(), a_member()
    for _ in range(5):
        replied(a_member(), by, about=about)
    sent: list[str] = []

    def dies(letter, words, silent, post) -> str:
        if len(sent) == taken_before:
            post.send(letter, words)  # the server took it, and then we were killed
            raise Killed
        sent.append(letter.message_id)
        return DELIVER(letter, words, silent, post)

    monkeypatch.setattr("community.notifications.sending._deliver", dies)
    with pytest.raises(Killed):
        send_due()
    monkeypatch.undo()
    assert send_due() == {}, "the lease holds"
    with clock.shifted(dt.timedelta(minutes=4)):
        send_due()

    times = Counter(message["Message-ID"] for message in server.messages)
    assert sorted(times) == sorted(Letter.objects.values_list("message_id", flat=True))
    assert sorted(times.values()) == [1, 1, 1, 1, 2]
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
