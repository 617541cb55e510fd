"""The response clock, by cases counted by hand: Monday to Friday, 9 to 18, in the site's zone."""

import datetime as dt
import zoneinfo

import pytest

from community.complaints.business_hours import due_after

SEOUL, BERLIN = zoneinfo.ZoneInfo("Asia/Seoul"), zoneinfo.ZoneInfo("Europe/Berlin")


def at(text: str, zone=SEOUL) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23 09:00", 8, "2026-11-23 17:00"),  # Monday morning
        ("2026-11-23 10:30", 8, "2026-11-24 09:30"),
        ("2026-11-23 09:00", 9, "2026-11-23 18:00"),  # exactly at closing
        ("2026-11-23 03:00", 1, "2026-11-23 10:00"),  # at night it begins at opening
        ("2026-11-23 20:00", 1, "2026-11-24 10:00"),
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),  # over the weekend
        ("2026-11-28 12:00", 8, "2026-11-30 17:00"),  # Saturday
        ("2026-11-23 09:00", 45, "2026-11-27 18:00"),  # a week of nine hours a day
    ],
)
def test_hours_of_work_alone_count(start, hours, due):
    assert due_after(at(start), hours, zone=SEOUL) == at(due).astimezone(dt.UTC)


def test_holidays_stand_still():
    holidays = {dt.date(2026, 11, 24), dt.date(2026, 11, 25)}
    assert due_after(at("2026-11-23 17:00"), 2, zone=SEOUL, holidays=holidays) == at("2026-11-26 10:00")


def test_a_clock_that_is_set_back_at_night_changes_nothing():
    # Berlin leaves summer time on Sunday, 25 October 2026.
    assert due_after(at("2026-10-23 17:00", BERLIN), 2, zone=BERLIN) == at("2026-10-26 10:00", BERLIN)


def test_the_answer_is_in_utc_wherever_the_question_was():
    start = at("2026-11-23 09:00").astimezone(dt.UTC)
    due = due_after(start, 8, zone=SEOUL)
    assert (due.utcoffset(), due) == (dt.timedelta(0), at("2026-11-23 17:00"))


def test_too_many_holidays_are_told():
    everything = {dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in range(2000)}
    with pytest.raises(ValueError, match="no business hour"):
        due_after(at("2026-11-23 09:00"), 1, zone=SEOUL, holidays=everything)
