"""Digests come once a period, in the morning of the member's own clock, with what is unread and visible."""

import datetime as dt
import zoneinfo

import pytest

from community.foundation import clock
from community.notifications.digests import morning, queue_digests
from community.notifications.listing import mark_read
from community.notifications.models import Letter
from community.notifications.preferences import change_settings
from community.notifications.sending import send_due
from tests.factories.members import a_member
from tests.factories.notifications import an_announcement, replied

pytestmark = pytest.mark.django_db
SEOUL = zoneinfo.ZoneInfo("Asia/Seoul")
DIGEST_ONLY = {"reply": {"letter": False}}


def a_reader(rhythm: str = "daily", **fields):
    member = a_member(**{"language": "en", "time_zone": "Asia/Seoul", **fields})
    change_settings(by=member, switches=DIGEST_ONLY, quiet_from=None, quiet_until=None, rhythm=rhythm)
    return member


def test_a_digest_tells_what_is_unread(server) -> None:
    reader, nari = a_reader(), a_member(display_name="Nari")
    for title in ("Rain", "Sun"):
        replied(reader, nari, about=an_announcement(title=title))
    with clock.shifted(dt.timedelta(days=1)):
        assert queue_digests() == 1
        assert send_due() == {"sent": 1}

    [message] = server.messages
    assert message["Subject"] == "2 things happened for you"
    text = message.get_body(("plain",)).get_content()
    assert "Nari replied to you in “Rain”" in text
    assert "Nari replied to you in “Sun”" in text


def test_a_digest_comes_once_a_day_and_only_with_news() -> None:
    reader = a_reader()
    replied(reader, a_member())
    with clock.shifted(dt.timedelta(days=1)):
        assert queue_digests() == 1
        assert queue_digests() == 0
    with clock.shifted(dt.timedelta(days=2)):
        assert queue_digests() == 0
        replied(reader, a_member())
    with clock.shifted(dt.timedelta(days=3)):
        assert queue_digests() == 1


def test_nobody_who_never_wants_digests_gets_one() -> None:
    replied(a_reader("never"), a_member())
    with clock.shifted(dt.timedelta(days=8)):
        assert queue_digests() == 0


def test_a_member_without_settings_gets_it_weekly() -> None:
    replied(a_member(), a_member())
    with clock.shifted(dt.timedelta(days=7)):
        assert queue_digests() == 1


def test_a_digest_says_nothing_of_what_was_read_or_may_not_be_seen_any_more(server) -> None:
    reader = a_reader()
    replied(reader, a_member())
    hidden = replied(reader, a_member(), about=an_announcement(title="Hidden"))
    with clock.shifted(dt.timedelta(days=1)):
        queue_digests()
        mark_read(by=reader, notices=[reader.notices.exclude(target_id=hidden.pk).get().pk])
        hidden.made_at = None
        hidden.save(update_fields=["made_at"])
        assert send_due() == {"withheld": 1}
    assert Letter.objects.get(kind="digest").why == "nothing_new"


@pytest.mark.parametrize(
    ("moment", "rhythm", "wanted"),
    [
        ("2026-03-04T07:59", "daily", "2026-03-03T08:00"),
        ("2026-03-04T08:00", "daily", "2026-03-04T08:00"),
        ("2026-03-04T12:00", "weekly", "2026-03-02T08:00"),
        ("2026-03-02T07:00", "weekly", "2026-02-23T08:00"),
    ],
)
def test_the_morning_is_the_members_own(moment: str, rhythm: str, wanted: str) -> None:
    local = dt.datetime.fromisoformat(moment).replace(tzinfo=SEOUL)
    assert morning(local, SEOUL, rhythm) == dt.datetime.fromisoformat(wanted).replace(tzinfo=SEOUL)


def test_many_digests_cost_few_queries(django_assert_max_num_queries) -> None:
    about, by = an_announcement(), a_member()
    for _ in range(30):
        replied(a_reader(), by, about=about)
    with clock.shifted(dt.timedelta(days=1)), django_assert_max_num_queries(18):
        assert queue_digests() == 30
