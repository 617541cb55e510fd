"""How closely one follows, and who is told."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from community.boards.extras import Order
from community.boards.listing import OWN_ORDERS
from community.foundation.problems import NotThere
from community.reading import lists
from community.reading.following import (
    NoSuchLevel,
    follow_board,
    follow_topic,
    has_muted,
    level_of,
    watchers_of,
    watchers_of_board,
)
from community.reading.marking import mark_read
from community.reading.models import BoardFollow, Level, TopicFollow
from tests.factories.boards import a_post, a_private_board, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db
UNREAD = Order("unread", "Unread", lists.unread, ("-bumped_at",))


def test_who_starts_a_topic_watches_it_and_who_answers_tracks_it():
    topic, answerer = a_topic(), a_member()
    a_post(topic=topic, by=answerer)
    assert level_of(topic.author, topic) == Level.WATCH
    assert level_of(answerer, topic) == Level.TRACK
    assert level_of(a_member(), topic) == Level.NORMAL


def test_who_watches_the_board_goes_on_watching_what_they_answer():
    topic, answerer = a_topic(), a_member()
    follow_board(by=answerer, board=topic.board, level=Level.WATCH)
    a_post(topic=topic, by=answerer)
    assert level_of(answerer, topic) == Level.WATCH
    assert answerer in watchers_of(topic)


def test_writing_never_replaces_a_choice():
    topic, answerer = a_topic(), a_member()
    follow_topic(by=answerer, topic=topic, level=Level.MUTE)
    a_post(topic=topic, by=answerer)
    assert level_of(answerer, topic) == Level.MUTE
    follow_topic(by=topic.author, topic=topic, level=Level.NORMAL)
    assert TopicFollow.objects.get(member=topic.author).automatic is False


def test_a_topics_own_level_goes_before_its_boards():
    topic, member = a_topic(), a_member()
    follow_board(by=member, board=topic.board, level=Level.WATCH)
    assert level_of(member, topic) == Level.WATCH
    follow_topic(by=member, topic=topic, level=Level.NORMAL)
    assert level_of(member, topic) == Level.NORMAL


def test_those_who_watch_are_told_and_those_who_chose_less_are_not():
    topic = a_topic()
    by_board, by_topic, less, muted, tracks = (a_member() for _nth in range(5))
    for member in (by_board, less, muted):
        follow_board(by=member, board=topic.board, level=Level.WATCH)
    follow_topic(by=by_topic, topic=topic, level=Level.WATCH)
    follow_topic(by=less, topic=topic, level=Level.NORMAL)
    follow_topic(by=muted, topic=topic, level=Level.MUTE)
    follow_topic(by=tracks, topic=topic, level=Level.TRACK)
    assert set(watchers_of(topic)) == {topic.author, by_board, by_topic}
    assert set(watchers_of_board(topic.board)) == {by_board, less, muted}
    assert set(has_muted(topic)) == {muted}


def test_a_muted_board_is_silent_except_for_topics_followed_themselves():
    topic, one, two = a_topic(), a_member(), a_member()
    for member in (one, two):
        follow_board(by=member, board=topic.board, level=Level.MUTE)
    follow_topic(by=two, topic=topic, level=Level.WATCH)
    assert set(has_muted(topic)) == {one}
    assert two in watchers_of(topic)


def test_what_one_may_not_see_cannot_be_followed():
    author, stranger = a_member(), a_member()
    topic = a_topic(board=a_private_board(author), by=author)
    with pytest.raises(NotThere):
        follow_topic(by=stranger, topic=topic, level=Level.WATCH)
    with pytest.raises(NotThere):
        follow_board(by=stranger, board=topic.board, level=Level.WATCH)
    assert not TopicFollow.objects.filter(member=stranger).exists()
    assert not BoardFollow.objects.exists()


def test_an_unknown_level_is_refused():
    topic, member = a_topic(), a_member()
    for act in (
        lambda: follow_topic(by=member, topic=topic, level="stalk"),
        lambda: follow_board(by=member, board=topic.board, level=""),
    ):
        with pytest.raises(NoSuchLevel) as refused:
            act()
        assert refused.value.field == "level"
    with pytest.raises(IntegrityError, match="topic_follow_level_known"), transaction.atomic():
        TopicFollow.objects.create(member=member, topic=topic, level="stalk")
    with pytest.raises(IntegrityError, match="board_follow_level_known"), transaction.atomic():
        BoardFollow.objects.create(member=member, board=topic.board, level="stalk")


def test_a_row_says_why_it_stands_there():
    translation.activate("en")
    member = a_member()
    topic = a_topic()
    assert lists.why(topic, UNREAD, member) == ["You have not opened it yet."]
    mark_read(by=member, topic=topic, post_number=1)
    assert lists.why(topic, UNREAD, member) == ["You have read all of it."]
    a_post(topic=topic)
    topic.refresh_from_db()
    follow_board(by=member, board=topic.board, level=Level.TRACK)
    assert lists.why(topic, UNREAD, member) == [
        "1 post is new since you read up to number 1.",
        "You track its board.",
    ]
    assert lists.why(topic, OWN_ORDERS["hot"], topic.author)[-1] == "You wrote in it."
    assert lists.why(topic, OWN_ORDERS["hot"], member)[0].startswith("Hot ")
