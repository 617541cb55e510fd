"""What was read stays read, and what is new is counted once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from community.boards.models import Topic
from community.foundation import clock
from community.foundation.problems import NotThere
from community.members.ignoring import ignore
from community.reading import lists
from community.reading.following import follow_board, follow_topic
from community.reading.marking import mark_all_read, mark_board_read, mark_read
from community.reading.models import BoardFloor, Level, Reading
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    with clock.shifted(timedelta(days=-3)):
        return a_member()


def unread(member):
    return set(lists.unread(Topic.objects.listed_for(member), member))


def test_the_number_only_grows_and_ends_at_the_last_post(reader):
    topic = a_topic()
    for _nth in range(4):
        a_post(topic=topic)
    assert mark_read(by=reader, topic=topic, post_number=3) == 3
    assert mark_read(by=reader, topic=topic, post_number=2) == 3
    assert mark_read(by=reader, topic=topic, post_number=999) == 5
    assert Reading.objects.get(member=reader).number == 5


def test_who_may_not_read_a_topic_leaves_no_mark(reader):
    topic = a_topic(board=a_private_board(author := a_member()), by=author)
    with pytest.raises(NotThere):
        mark_read(by=reader, topic=topic, post_number=1)
    assert not Reading.objects.filter(member=reader).exists()


def test_a_topic_is_unread_until_its_last_post_was_seen(reader):
    topic, author = a_topic(), a_member()
    assert unread(reader) == {topic}
    mark_read(by=reader, topic=topic, post_number=1)
    assert unread(reader) == set()
    a_post(topic=topic, by=author)
    assert unread(reader) == {topic}
    assert lists.standings([Topic.objects.get()], reader)[topic.pk].unread == 1


def test_what_one_writes_oneself_is_read(reader):
    topic = a_topic(by=reader)
    assert unread(reader) == set()
    a_post(topic=topic)
    assert unread(reader) == {topic}
    a_post(topic=topic, by=reader)
    assert unread(reader) == set()


def test_what_was_said_before_one_joined_or_a_month_ago_is_not_new(reader):
    with clock.shifted(timedelta(days=-4)):
        a_topic()
    with clock.shifted(timedelta(days=-2)):
        later = a_topic()
    assert unread(reader) == {later}
    with clock.shifted(timedelta(days=40)):
        assert unread(reader) == set()


def test_a_floor_makes_one_board_read_and_no_other(reader):
    one, other = a_topic(), a_topic()
    mark_board_read(by=reader, board=one.board)
    assert unread(reader) == {other}
    mark_all_read(by=reader)
    assert unread(reader) == set()
    with clock.shifted(timedelta(minutes=1)):
        a_post(topic=one)
    assert unread(reader) == {one}


def test_a_floor_never_sinks_and_never_lies_in_the_future(reader):
    board = a_board()
    mark_board_read(by=reader, board=board)
    first = BoardFloor.objects.get().at
    mark_board_read(by=reader, board=board, at=first - timedelta(days=1))
    assert BoardFloor.objects.get().at == first
    mark_board_read(by=reader, board=board, at=clock.now() + timedelta(days=1))
    assert BoardFloor.objects.get().at <= clock.now()


def test_a_board_one_may_not_read_gets_no_floor(reader):
    with pytest.raises(NotThere):
        mark_board_read(by=reader, board=a_private_board(a_member()))
    assert not BoardFloor.objects.exists()


def test_muted_topics_and_boards_never_count_as_new(reader):
    one, other = a_topic(), a_topic()
    follow_topic(by=reader, topic=one, level=Level.MUTE)
    follow_board(by=reader, board=other.board, level=Level.MUTE)
    assert unread(reader) == set()
    follow_topic(by=reader, topic=other, level=Level.NORMAL)
    assert unread(reader) == {other}


def test_the_badge_counts_what_one_follows_closely_and_stops_at_the_most(reader, monkeypatch):
    board = a_board()
    topics = [a_topic(board=board) for _nth in range(3)]
    a_topic()
    assert lists.unread_badge(reader) == 0
    follow_topic(by=reader, topic=topics[0], level=Level.TRACK)
    assert lists.unread_badge(reader) == 1
    follow_board(by=reader, board=board, level=Level.WATCH)
    assert lists.unread_badge(reader) == 3
    monkeypatch.setattr(lists, "BADGE_MOST", 1)
    assert lists.unread_badge(reader) == 2


def test_topics_of_ignored_members_are_in_neither_list_nor_badge(reader):
    topic = a_topic()
    follow_board(by=reader, board=topic.board, level=Level.WATCH)
    ignore(by=reader, member=topic.author)
    assert unread(reader) == set()
    assert lists.unread_badge(reader) == 0


def test_standings_cost_the_same_for_one_topic_and_twenty(reader, django_assert_num_queries):
    board = a_board()
    topics = [a_topic(board=board) for _nth in range(20)]
    with django_assert_num_queries(1):
        lists.standings(topics[:1], reader)
    with django_assert_num_queries(1):
        assert len(lists.standings(topics, reader)) == 20
    with django_assert_num_queries(0):
        assert lists.standings(topics, AnonymousUser()) == {}


def test_the_database_keeps_one_mark_a_topic(reader):
    topic = a_topic()
    Reading.objects.create(member=reader, topic=topic, number=1)
    with pytest.raises(IntegrityError, match="reading_once_a_topic"), transaction.atomic():
        Reading.objects.create(member=reader, topic=topic, number=2)
    with pytest.raises(IntegrityError, match="reading_begins_at_1"), transaction.atomic():
        Reading.objects.filter(member=reader).update(number=0)
    with pytest.raises(IntegrityError, match="board_floor_once"), transaction.atomic():
        BoardFloor.objects.bulk_create([BoardFloor(member=reader, board=topic.board, at=clock.now()) for _n in "ab"])
