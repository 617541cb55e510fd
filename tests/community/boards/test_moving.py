"""Moderators move, split and merge; numbers, counts and addresses stay right."""

import pytest

from community.boards import moving
from community.boards.answering import accept_answer
from community.boards.errors import MayNotOnBoard, NothingToMove, SameTopic
from community.boards.models import Board, Post, Topic
from community.boards.models.topics import State
from community.foundation import counters
from community.foundation.problems import NotThere
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def no_counter_is_wrong() -> bool:
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_boards")]
    return not any(counter.wrong().exists() for counter in ours)


@pytest.fixture
def moderator():
    return a_member()


def test_a_topic_moves_to_another_board(moderator) -> None:
    topic, board = a_topic(tags=["bread"]), a_board(own_topics_only=True)
    a_post(topic)
    let_moderate(moderator, topic.board, board)
    moved = moving.move_topic(by=moderator, topic=topic, board=board)
    assert (moved.board, moved.own_only) == (board, True)
    assert sorted(Board.objects.values_list("topic_count", "post_count")) == [(0, 0), (1, 2)]
    assert no_counter_is_wrong()


def test_moving_needs_the_right_on_both_boards(moderator) -> None:
    topic, other = a_topic(), a_board()
    let_moderate(moderator, topic.board)
    with pytest.raises(MayNotOnBoard):
        moving.move_topic(by=moderator, topic=topic, board=other)
    with pytest.raises(NotThere):
        moving.move_topic(by=moderator, topic=topic, board=a_private_board())
    assert Topic.objects.get().board == topic.board


def test_replies_are_split_off_in_their_order(moderator) -> None:
    topic = a_topic(board=a_board(moderator=moderator))
    posts = [a_post(topic, body=f"Post {n}") for n in range(2, 6)]
    fresh = moving.split_topic(by=moderator, topic=topic, posts=[posts[2].pk, posts[0].pk], title="Another matter")
    assert list(fresh.posts.order_by("number").values_list("number", "source")) == [(1, "Post 2"), (2, "Post 4")]
    assert (fresh.author, fresh.post_count, fresh.last_number) == (posts[0].author, 2, 2)
    assert list(topic.posts.order_by("number").values_list("number", flat=True)) == [1, 3, 5]
    assert "matter" in Post.objects.get(pk=posts[0].pk).search
    assert no_counter_is_wrong()


def test_the_first_post_and_posts_elsewhere_are_not_split_off(moderator) -> None:
    topic = a_topic(board=a_board(moderator=moderator))
    reply, elsewhere = a_post(topic), a_post()
    for chosen in ([], [topic.posts.get(number=1).pk], [reply.pk, elsewhere.pk]):
        with pytest.raises(NothingToMove):
            moving.split_topic(by=moderator, topic=topic, posts=chosen, title="X")
    assert Topic.objects.count() == 2


def test_two_topics_become_one_and_the_old_address_leads_there(moderator) -> None:
    board = a_board(moderator=moderator)
    kept, gone = a_topic(board=board), a_topic(board=board)
    a_post(kept)
    a_post(gone)
    merged = moving.merge_topics(by=moderator, topic=gone, into=kept)
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into, gone.post_count) == (State.MERGED, kept, 0)
    assert list(merged.posts.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert (merged.post_count, merged.poster_count) == (4, 4)
    assert not Topic.objects.visible_to(moderator).filter(pk=gone.pk).exists()
    assert no_counter_is_wrong()


def test_a_topic_is_not_merged_into_itself(moderator) -> None:
    topic = a_topic(board=a_board(moderator=moderator))
    with pytest.raises(SameTopic):
        moving.merge_topics(by=moderator, topic=topic, into=topic)


def test_merging_chains_keep_leading_to_the_posts(moderator) -> None:
    board = a_board(moderator=moderator)
    first, second, third = (a_topic(board=board) for _ in range(3))
    moving.merge_topics(by=moderator, topic=first, into=second)
    moving.merge_topics(by=moderator, topic=second, into=third)
    first.refresh_from_db()
    assert first.merged_into == third


def test_an_accepted_answer_that_is_split_off_no_longer_answers(moderator) -> None:
    asker = a_member()
    topic = a_topic(board=a_board(kind="question", moderator=moderator), by=asker)
    reply = a_post(topic)
    accept_answer(by=asker, topic=topic, post=reply)
    moving.split_topic(by=moderator, topic=topic, posts=[reply.pk], title="Another")
    topic.refresh_from_db()
    assert (topic.answer, topic.answer_at) == (None, None)
