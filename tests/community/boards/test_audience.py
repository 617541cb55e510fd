"""Who may read a topic, asked from the topic's side, is the same as asked from each member's."""

import pytest
from django.contrib.auth.models import Group

from community.boards.arranging import Audience, Verb, grant
from community.boards.audience import readers_of
from community.boards.models import Board, Topic
from community.boards.moving import merge_topics
from community.boards.removing import remove_topic
from community.members.ignoring import ignore
from community.members.models import Member
from tests.factories.boards import a_board, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Member:
    """Among members of every standing: ignoring the author, moderating, high and low, in a group, an operator."""
    author, ignoring, moderator = a_member("author"), a_member("ignoring"), a_member("moderator")
    ignore(by=ignoring, member=author)
    ignore(by=moderator, member=author)
    an_operator("operator")
    a_member("high", trust_level=3)
    a_member("grouped").groups.add(Group.objects.create(name="guild"))
    a_member("gone", is_active=False)
    return author


def _seen_by(topic: Topic) -> set[str]:
    """As each member sees it, one by one."""
    members = Member.objects.filter(is_active=True)
    return {one.username for one in members if Topic.objects.visible_to(one).filter(pk=topic.pk).exists()}


def _boards(author: Member) -> list[Board]:
    levelled, guild = a_private_board(author), a_private_board(author)
    grant(board=levelled, verb=Verb.REPLY, audience=Audience.MEMBERS, level=2)
    grant(board=guild, verb=Verb.READ, audience=Audience.GROUP, group=Group.objects.get())
    boards = [a_board(), a_board(own_topics_only=True), a_private_board(author), levelled, guild]
    let_moderate(Member.objects.get(username="moderator"), *boards)
    return boards


def test_both_sides_agree_on_every_kind_of_board_and_state(author) -> None:
    readers = []
    for board in _boards(author):
        topic = a_topic(board=board, by=author)
        assert {one.username for one in readers_of(topic)} == _seen_by(topic)
        readers.append(len(_seen_by(topic)))
        remove_topic(by=Member.objects.get(username="operator"), topic=topic)
        topic.refresh_from_db()
        assert {one.username for one in readers_of(topic)} == _seen_by(topic) == {"author", "moderator", "operator"}
    assert readers == [5, 3, 3, 4, 4]


def test_a_merged_topic_has_no_readers(author) -> None:
    board = a_board()
    lost = a_topic(board=board, by=author)
    merge_topics(by=Member.objects.get(username="operator"), topic=lost, into=a_topic(board=board))
    lost.refresh_from_db()

    assert set(readers_of(lost)) == set()
    assert _seen_by(lost) == set()


def test_they_are_asked_for_in_one_query(author, django_assert_num_queries) -> None:
    topic = a_topic(by=author)
    with django_assert_num_queries(1):
        assert len(readers_of(topic)) == 4
