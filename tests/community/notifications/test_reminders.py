"""A bookmark's reminder comes when it is due, once."""

import datetime as dt

import pytest

from community.boards.removing import remove_topic
from community.foundation import clock
from community.jobs.registry import run
from community.notifications.listing import page_of_notices
from community.notifications.models import Notice
from community.notifications.sending import send_due
from community.reading.bookmarking import bookmark, drop, remind_due
from tests.factories.boards import a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


def kept(topic, member, *, days: int = 1):
    return bookmark(by=member, target=topic, remind_at=clock.now() + days * DAY)


def test_when_it_is_due_page_and_letter_tell_once(relay, server) -> None:
    member, topic = a_member(language="en"), a_topic(title="Umbrellas")
    kept(topic, member)
    run("reading.remind")
    relay()
    assert Notice.objects.filter(member=member).count() == 0

    with clock.shifted(2 * DAY):
        for _ in range(2):
            run("reading.remind")
            relay()
        assert [shown.text for shown in page_of_notices(member, cursor=None)] == [
            "You asked to be reminded of “Umbrellas”"
        ]
        assert send_due() == {"sent": 1}
    assert server.messages[0]["Subject"].strip() == "You asked to be reminded of “Umbrellas”"
    assert Notice.objects.get(member=member).count == 1


def test_a_reminder_put_off_or_dropped_before_its_event_came_is_silent_and_comes_at_its_new_time(relay) -> None:
    put_off, dropped, topic = a_member(), a_member(), a_topic()
    for member in (put_off, dropped):
        kept(topic, member)
    with clock.shifted(2 * DAY):
        assert remind_due() == 2
        kept(topic, put_off, days=3)
        drop(by=dropped, kind="topic", id=topic.pk)
        relay()
        assert Notice.objects.filter(kind="bookmark").count() == 0
    with clock.shifted(6 * DAY):
        assert remind_due() == 1
        relay()

    assert Notice.objects.get(kind="bookmark").member == put_off


def test_a_second_reminder_of_the_same_thing_is_told_anew(relay) -> None:
    member, topic = a_member(), a_topic()
    for passed in (2, 4):
        with clock.shifted((passed - 1) * DAY):
            kept(topic, member)
        with clock.shifted(passed * DAY + dt.timedelta(hours=1)):
            remind_due()
            relay()

    assert Notice.objects.get(member=member).count == 2


def test_what_is_no_longer_open_to_the_member_is_not_shown_nor_sent(relay, server) -> None:
    member, topic = a_member(), a_topic()
    kept(topic, member)
    remove_topic(by=topic.author, topic=topic)
    with clock.shifted(2 * DAY):
        remind_due()
        relay()
        assert page_of_notices(member, cursor=None).items == []
        assert send_due() == {"withheld": 1}
    assert server.raw == []
