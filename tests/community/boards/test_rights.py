"""Who may do what on a board: by everyone, trust level, group or name, and gone at once when taken away."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from community.boards import arranging, rights
from community.boards.arranging import Audience, Verb
from community.boards.models import BoardRight, Post, Tag, Topic
from community.members.ignoring import ignore, ignored_ids
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db


def verbs(member, board) -> set[str]:
    return {verb for verb in rights.VERBS if rights.may(member, verb, board)}


def test_what_no_row_grants_is_not_allowed() -> None:
    board = a_private_board()
    assert verbs(a_member(trust_level=4), board) == set()
    assert verbs(AnonymousUser(), board) == set()
    assert verbs(an_operator(), board) == {"read", "reply", "post", "moderate"}


def test_everyone_reads_and_members_of_a_level_write() -> None:
    board = arranging.open_to_all(a_private_board(), post_level=2)
    assert verbs(AnonymousUser(), board) == {"read"}
    assert verbs(a_member(trust_level=1), board) == {"read", "reply"}
    assert verbs(a_member(trust_level=2), board) == {"read", "reply", "post"}


def test_a_group_gets_and_loses_a_board_with_its_members() -> None:
    group, member, board = Group.objects.create(name="bakers"), a_member(), a_private_board()
    arranging.grant(board=board, verb=Verb.POST, audience=Audience.GROUP, group=group)
    assert verbs(member, board) == set()
    member.groups.add(group)
    assert verbs(type(member).objects.get(pk=member.pk), board) == {"read", "post"}
    member.groups.remove(group)
    assert verbs(type(member).objects.get(pk=member.pk), board) == set()


def test_to_moderate_is_to_read_and_write_and_is_known_of_the_member() -> None:
    member, board = a_member(), a_private_board()
    let_moderate(member, board)
    assert verbs(member, board) == {"read", "reply", "post", "moderate"}
    assert member.is_moderator is True
    arranging.withdraw(right=BoardRight.objects.get(board=board, verb=Verb.MODERATE))
    member.refresh_from_db()
    assert (verbs(member, board), member.is_moderator) == (set(), False)


@pytest.mark.parametrize(
    "fields",
    [
        {"verb": "post", "audience": "everyone"},
        {"verb": "read", "audience": "group"},
        {"verb": "read", "audience": "member"},
        {"verb": "read", "audience": "members", "level": 5},
        {"verb": "read", "audience": "everyone", "level": 1},
    ],
)
def test_the_database_refuses_a_right_that_makes_no_sense(fields: dict) -> None:
    board = a_private_board()
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardRight.objects.create(board=board, **fields)
    assert board.rights.count() == 0


def test_a_right_is_granted_once() -> None:
    board = a_board()
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardRight.objects.create(board=board, verb="read", audience="everyone")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Topic, {"title": ""}),
        (Topic, {"state": "elsewhere"}),
        (Topic, {"state": "merged"}),
        (Topic, {"slow_seconds": 86_401}),
        (Post, {"source": ""}),
        (Post, {"source": "x" * 20_001}),
        (Post, {"number": 0}),
        (Post, {"state": "merged"}),
    ],
)
def test_the_database_states_what_a_topic_and_a_post_are(model, fields: dict) -> None:
    topic = a_topic()
    row = topic if model is Topic else topic.posts.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**fields)


def test_rights_and_whom_one_ignores_are_one_query_a_request() -> None:
    member, other, board = a_member(), a_member(), a_board()
    ignore(by=member, member=other)
    reader = type(member).objects.get(pk=member.pk)
    with CaptureQueriesContext(connection) as captured:
        assert rights.may(reader, "read", board)
        assert ignored_ids(reader) == {other.pk}
        assert rights.may(reader, "post", board)
    assert len(captured) == 1


def test_posts_of_who_is_ignored_are_not_there_but_for_moderators() -> None:
    reader, loud, topic = a_member(), a_member(), a_topic()
    theirs = a_topic(by=loud, board=topic.board)
    post = a_post(topic, by=loud)
    ignore(by=reader, member=loud)
    reader = type(reader).objects.get(pk=reader.pk)
    assert not Post.objects.visible_to(reader).filter(pk=post.pk).exists()
    assert not Topic.objects.visible_to(reader).filter(pk=theirs.pk).exists()
    let_moderate(reader, topic.board)
    assert Post.objects.visible_to(reader).filter(pk=post.pk).exists()


def test_a_tag_counts_only_where_one_may_read() -> None:
    owner = a_member()
    a_topic(tags=["bread"])
    a_topic(board=a_private_board(owner), by=owner, tags=["bread", "secret"])
    a_topic(board=a_board(own_topics_only=True), by=owner, tags=["bread", "plea"])
    seen = dict(Tag.objects.visible_to(a_member()).values_list("slug", "shown_count"))
    assert seen == {"bread": 1}
    assert dict(Tag.objects.visible_to(owner).values_list("slug", "shown_count")) == {"bread": 2, "secret": 1}


def test_making_a_board_own_topics_only_closes_its_topics_to_others() -> None:
    board = a_board()
    topic = a_topic(board=board)
    board.own_topics_only = True
    board.save()
    arranging.settle_board(board=board)
    assert not Topic.objects.visible_to(a_member()).filter(pk=topic.pk).exists()
    assert Topic.objects.visible_to(topic.author).filter(pk=topic.pk).exists()
