"""Who is told, once, and how notices group."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from community.foundation.ids import uuid7
from community.members.ignoring import ignore
from community.notifications import kinds
from community.notifications.listing import mark_read, page_of_notices, unread_count
from community.notifications.models import Happening, Letter, Notice
from community.notifications.noticing import forget_source, tell
from community.notifications.preferences import change_settings
from tests.factories.members import a_member
from tests.factories.notifications import an_announcement, replied, told_once

pytestmark = pytest.mark.django_db


def lines(member) -> list[str]:
    return [shown.text for shown in page_of_notices(member, cursor=None)]


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


def test_events_at_one_thing_are_one_line_that_counts_people() -> None:
    member, about = a_member(), an_announcement()
    nari = a_member(display_name="Nari")
    for _ in range(2):
        told_once(member, nari, about, uuid7())
    told_once(member, a_member(display_name="Bora"), about, uuid7())

    notice = Notice.objects.get()
    assert (notice.count, notice.people, notice.read_at) == (3, 2, None)
    assert lines(member) == ["Bora and 1 other replied to you in “Rain”"]
    assert unread_count(member) == 1


def test_what_comes_after_reading_is_counted_anew() -> None:
    member, about = a_member(), an_announcement()
    told_once(member, a_member(), about, uuid7())
    mark_read(by=member)
    assert unread_count(member) == 0
    told_once(member, a_member(display_name="Bora"), about, uuid7())

    assert lines(member) == ["Bora replied to you in “Rain”"]
    assert (Notice.objects.get().count, unread_count(member)) == (1, 1)


def test_the_same_event_told_twice_is_told_once() -> None:
    member, nari, about, source = a_member(), a_member(), an_announcement(), uuid7()

    assert told_once(member, nari, about, source) == 1
    mark_read(by=member)
    assert told_once(member, nari, about, source) == 0
    assert (Notice.objects.get().count, unread_count(member)) == (1, 0)
    assert Letter.objects.count() == 1


def test_nobody_is_told_of_their_own_act_or_by_whom_they_ignore() -> None:
    nari, bora = a_member(), a_member()
    ignore(by=bora, member=nari)

    assert told_once(nari, nari, an_announcement(), uuid7()) == 0
    assert told_once(bora, nari, an_announcement(), uuid7()) == 0
    assert Notice.objects.count() == 0


def test_a_notice_of_someone_ignored_later_is_not_shown() -> None:
    member, nari = a_member(), a_member()
    replied(member, nari)
    ignore(by=member, member=nari)

    assert (lines(member), unread_count(member)) == ([], 0)


def test_a_notice_about_something_no_longer_visible_is_not_shown() -> None:
    member = a_member()
    about = replied(member, a_member())
    about.made_at = None
    about.save(update_fields=["made_at"])

    assert (lines(member), unread_count(member)) == ([], 0)


def test_switched_off_everywhere_leaves_no_row() -> None:
    member = a_member()
    off = {"reply": {"page": False, "letter": False, "digest": False}}
    change_settings(by=member, switches=off, quiet_from=None, quiet_until=None, rhythm="weekly")
    replied(member, a_member())

    assert (Notice.objects.count(), Letter.objects.count()) == (0, 0)


def test_off_on_the_page_alone_still_brings_the_letter() -> None:
    member = a_member()
    change_settings(by=member, switches={"reply": {"page": False}}, quiet_from=None, quiet_until=None, rhythm="weekly")
    replied(member, a_member())

    assert lines(member) == []
    assert Letter.objects.count() == 1


def test_no_letter_is_written_to_an_unverified_address() -> None:
    member = a_member(joined_at=None)
    replied(member, a_member())

    assert (Notice.objects.count(), Letter.objects.count()) == (1, 0)


def test_a_removed_source_takes_its_event_back() -> None:
    member, about, gone = a_member(), an_announcement(), uuid7()
    told_once(member, a_member(display_name="Nari"), about, uuid7())
    told_once(member, a_member(), about, gone)
    forget_source(source=("vote", gone))

    assert (Notice.objects.get().count, Notice.objects.get().people) == (1, 1)
    forget_source(source=("vote", Happening.objects.get().source_id))
    assert Notice.objects.count() == 0


def test_a_thousand_members_are_told_in_as_many_queries_as_two(django_assert_max_num_queries) -> None:
    members, by, about = [a_member() for _ in range(40)], a_member(), an_announcement()
    to, target = [member.pk for member in members], ("announcement", about.pk)
    with django_assert_max_num_queries(16):
        assert tell(kind="reply", to=to, target=target, source=("vote", uuid7()), by=by.pk) == 40
    assert Letter.objects.count() == 40


def test_an_unknown_kind_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(LookupError):
        tell(kind="nonsense", to=[uuid.uuid4()], target=("announcement", uuid7()), source=("vote", uuid7()))


def test_every_kind_has_words_for_one_and_for_many() -> None:
    for kind in kinds.all_kinds().values():
        assert "Nari" in kind.sentence(by="Nari", title="Nari", people=1)
        if kind.many is not None:
            assert "2" in kind.sentence(by="Nari", title="Rain", people=3)


def test_the_database_holds_one_line_a_group() -> None:
    replied(a_member(), a_member())
    notice = Notice.objects.get()
    notice.pk = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)
