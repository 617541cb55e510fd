"""A poll that closes is told once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.notifications.models import Notice
from community.polls.closing import close_poll, tell_closed
from community.polls.models import Poll
from community.polls.tasks import tell_of_closed_polls
from community.polls.voting import cast_ballot
from tests.factories.members import a_member
from tests.factories.polls import a_poll

pytestmark = pytest.mark.django_db


class Silent:
    def tell(self, done: int, total: int | None = None) -> None:
        pass


def voted(poll: Poll):
    voter = a_member()
    cast_ballot(by=voter, topic_id=poll.topic_id, choices=[poll.options.first().pk])
    return voter


def told() -> set:
    return set(Notice.objects.filter(kind="poll").values_list("member", flat=True))


def test_at_its_time_the_author_and_the_voters_are_told_once(relay) -> None:
    poll = a_poll(days=3)
    voter = voted(poll)
    a_poll()
    assert tell_closed() == 0
    with clock.shifted(dt.timedelta(days=4)):
        assert tell_closed() == 1
        assert tell_closed() == 0
        relay()

    assert told() == {poll.topic.author_id, voter.pk}


def test_closed_by_hand_it_is_told_to_the_others_at_once(relay) -> None:
    poll = a_poll()
    voter = voted(poll)
    close_poll(by=poll.topic.author, topic_id=poll.topic_id)
    relay()

    assert told() == {voter.pk}
    assert tell_closed() == 0


def test_the_job_tells_of_all_that_have_closed() -> None:
    for _ in range(3):
        a_poll(days=1)
    with clock.shifted(dt.timedelta(days=2)):
        assert tell_of_closed_polls(Silent()) == {"told": 3}


def test_the_database_refuses_a_closing_told_of_an_open_poll() -> None:
    poll = a_poll()
    poll.closing_told_at = clock.now()
    with pytest.raises(IntegrityError, match="polls_told_of_a_closing"), transaction.atomic():
        poll.save()
