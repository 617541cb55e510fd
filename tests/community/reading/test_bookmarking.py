"""What one keeps is one's own, and reminders are told once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community.boards.removing import remove_topic
from community.foundation import clock
from community.foundation.problems import NotThere
from community.reading import bookmarking, lists
from community.reading.bookmarking import LongNote, PastReminder, bookmark, drop, remind_due
from community.reading.models import Bookmark
from tests.factories.boards import a_private_board, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def test_anything_with_an_address_can_be_kept_with_a_note():
    member, topic = a_member(), a_topic()
    for target in (topic, topic.posts.get(), topic.author):
        bookmark(by=member, target=target, note=" 나중에 ")
    rows = Bookmark.objects.visible_to(member)
    assert {(row.target_kind, row.target_id, row.note) for row in rows} == {
        ("topic", topic.pk, "나중에"),
        ("post", topic.posts.get().pk, "나중에"),
        ("member", topic.author.pk, "나중에"),
    }
    assert not Bookmark.objects.visible_to(a_member()).exists()


def test_keeping_again_changes_note_and_reminder():
    member, topic = a_member(), a_topic()
    first = bookmark(by=member, target=topic, note="a", remind_at=clock.now() + timedelta(days=1))
    again = bookmark(by=member, target=topic, note="b")
    assert first.pk == again.pk
    kept = Bookmark.objects.get()
    assert (kept.note, kept.remind_at) == ("b", None)


def test_what_one_may_not_see_cannot_be_kept():
    author = a_member()
    topic = a_topic(board=a_private_board(author), by=author)
    with pytest.raises(NotThere):
        bookmark(by=a_member(), target=topic)
    assert not Bookmark.objects.exists()


def test_notes_and_reminders_have_bounds():
    member, topic = a_member(), a_topic()
    with pytest.raises(LongNote):
        bookmark(by=member, target=topic, note="가" * 501)
    with pytest.raises(PastReminder):
        bookmark(by=member, target=topic, remind_at=clock.now() - timedelta(seconds=1))
    assert not Bookmark.objects.exists()


def test_dropping_works_for_ones_own_alone_and_twice():
    member, topic = a_member(), a_topic()
    bookmark(by=member, target=topic)
    assert drop(by=a_member(), kind="topic", id=topic.pk) is False
    assert drop(by=member, kind="topic", id=topic.pk) is True
    assert drop(by=member, kind="topic", id=topic.pk) is False


def test_the_list_hides_the_title_of_what_is_gone():
    member, topic = a_member(), a_topic(title="비밀이 된 글")
    bookmark(by=member, target=topic)
    assert [kept.title for kept in lists.kept(Bookmark.objects.all(), member)] == ["비밀이 된 글"]
    remove_topic(by=topic.author, topic=topic)
    assert [(kept.title, kept.url) for kept in lists.kept(Bookmark.objects.all(), member)] == [("", "")]


def test_a_topic_and_its_first_post_are_told_apart():
    member, topic = a_member(), a_topic(title="One title")
    bookmark(by=member, target=topic)
    bookmark(by=member, target=topic.posts.get())
    assert {kept.what for kept in lists.kept(Bookmark.objects.all(), member)} == {"주제", "글"}


def test_a_reminder_is_told_once(monkeypatch):
    member, topic, told = a_member(), a_topic(), []
    monkeypatch.setattr(bookmarking.outbox, "publish", lambda **event: told.append(event))
    row = bookmark(by=member, target=topic, remind_at=clock.now() + timedelta(hours=1))
    assert remind_due() == 0
    with clock.shifted(timedelta(hours=2)):
        assert remind_due() == 1
        assert remind_due() == 0
    assert told == [
        {
            "topic": "bookmark.due",
            "key": str(member.pk),
            "payload": {
                "bookmark": str(row.pk),
                "member": str(member.pk),
                "kind": "topic",
                "target": str(topic.pk),
            },
        }
    ]


def test_the_database_keeps_one_bookmark_a_target():
    member, topic = a_member(), a_topic()
    row = bookmark(by=member, target=topic)
    with pytest.raises(IntegrityError, match="bookmark_once"), transaction.atomic():
        Bookmark.objects.create(member=member, target_kind="topic", target_id=topic.pk)
    with pytest.raises(IntegrityError, match="bookmark_reminded_had_a_time"), transaction.atomic():
        Bookmark.objects.filter(pk=row.pk).update(reminded_at=clock.now())
