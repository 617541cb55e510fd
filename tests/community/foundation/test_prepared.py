"""A kept statement finds what its queryset finds, for each who asks; a key that says too little is found out."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.boards import rights
from community.boards.models import Topic
from community.foundation import prepared
from community.members.ignoring import ignore
from community.members.models import Member
from tests.factories.boards import a_board, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch) -> dict:
    kept: dict = {}
    monkeypatch.setattr(prepared, "_kept", kept)
    return kept


def one(topic: Topic, member) -> Topic | None:
    me = member.pk if member.is_authenticated else None
    return prepared.first(
        rights.outlook(member, "one"),
        lambda topic_id: Topic.objects.visible_to(member).with_row().filter(pk=topic_id),
        by=me,
        topic_id=topic.pk,
    )


def fresh(member: Member) -> Member:
    """The same person in another request."""
    return Member.objects.get(pk=member.pk)


def test_the_second_of_two_readers_gets_their_own_rows_by_the_same_statement(kept) -> None:
    board = a_board(own_topics_only=True)
    first, second = a_member(), a_member()
    own, other = a_topic(board=board, by=first), a_topic(board=board, by=second)
    assert (one(own, first), one(other, first)) == (own, None)
    assert (one(own, second), one(other, second)) == (None, other)
    assert len(kept) == 1


def test_it_finds_what_visible_to_finds_for_everyone(kept) -> None:
    moderator, author = a_member(), a_member()
    private, public = a_private_board(author), a_board()
    let_moderate(moderator, private)
    topics = [a_topic(board=board, by=author) for board in (private, public)]
    for _ in range(2):
        for member in (a_member(), fresh(moderator), fresh(author), an_operator(), AnonymousUser()):
            told = [one(topic, member) is not None for topic in topics]
            assert told == [Topic.objects.visible_to(member).filter(pk=topic.pk).exists() for topic in topics]


def test_a_right_that_was_taken_away_is_gone_with_the_next_request() -> None:
    board, member = a_private_board(), a_member()
    let_moderate(member, board)
    topic = a_topic(board=board, by=fresh(member))
    reader = a_member()
    let_moderate(reader, board)
    assert one(topic, fresh(reader)) == topic
    board.rights.all().delete()
    assert one(topic, fresh(reader)) is None


def test_who_ignores_someone_is_asked_for_anew(kept) -> None:
    reader, author = a_member(), a_member()
    topic = a_topic(by=author)
    assert one(topic, reader) == topic
    ignore(by=reader, member=author)
    kept.clear()
    assert one(topic, fresh(reader)) is None
    assert kept == {}


def test_an_address_that_is_also_the_id_of_a_board_or_of_oneself_spoils_nothing(kept) -> None:
    member, topic = a_member(), a_topic()
    asked = prepared.first
    for strange in (topic.board_id, member.pk):
        found = asked(
            rights.outlook(member, "one"),
            lambda topic_id: Topic.objects.visible_to(member).with_row().filter(pk=topic_id),
            by=member.pk,
            topic_id=strange,
        )
        assert found is None
    assert one(topic, member) == topic
    assert one(topic, a_member()) == topic


def test_rows_come_with_their_relations_in_one_query() -> None:
    topic, member = a_topic(title="Oven"), a_member()
    one(topic, member)
    with CaptureQueriesContext(connection) as queries:
        again = one(topic, member)
        assert (again.title, again.board.name, again.author.username) == (
            "Oven",
            topic.board.name,
            topic.author.username,
        )
    assert len(queries) == 1


def test_what_can_find_nothing_asks_nothing(kept) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert prepared.rows("none", Topic.objects.none) == []
    assert (len(queries), kept) == (0, {})


def test_a_key_that_says_too_little_is_found_out_in_tests() -> None:
    prepared.rows("titled", lambda: Topic.objects.filter(title="a"))
    with pytest.raises(prepared.KeySaysTooLittle):
        prepared.rows("titled", lambda: Topic.objects.filter(title="b"))


def test_a_process_keeps_a_bounded_number_of_statements(kept, monkeypatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 2)
    for key in range(4):
        prepared.rows(key, lambda topic_id: Topic.objects.filter(pk=topic_id), topic_id=uuid.uuid4())
    assert list(kept) == [2, 3]
