"""What is removed or hidden leaves lists and counts, and comes back whole."""

import pytest

from community.boards import removing
from community.boards.errors import NothingToRestore, NotYours, OpeningPost, TopicHasAnswers
from community.boards.models import Post, TagUse, Topic
from community.boards.models.topics import State
from community.foundation import counters
from community.foundation.problems import Invalid
from tests.factories.boards import a_post, a_topic, let_moderate
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db


def test_an_author_removes_and_restores_a_post() -> None:
    author = a_member()
    topic = a_topic()
    post = a_post(topic, by=author)
    removing.remove_post(by=author, post=post)
    topic.refresh_from_db()
    topic.board.refresh_from_db()
    assert (topic.post_count, topic.poster_count, topic.last_poster, topic.board.post_count) == (1, 1, topic.author, 1)
    assert not Post.objects.visible_to(a_member()).filter(pk=post.pk).exists()
    assert Post.objects.visible_to(author).filter(pk=post.pk).exists()
    removing.restore_post(by=author, post=post)
    topic.refresh_from_db()
    assert (topic.post_count, topic.poster_count, topic.last_poster) == (2, 2, author)


def test_removing_again_changes_nothing() -> None:
    author = a_member()
    post = a_post(by=author)
    for _ in range(2):
        assert removing.remove_post(by=author, post=post).state == State.REMOVED
    assert Topic.objects.get().post_count == 1


def test_a_hidden_post_is_restored_by_moderators_alone() -> None:
    author, moderator = a_member(), a_member()
    post = a_post(by=author)
    let_moderate(moderator, post.topic.board)
    hidden = removing.remove_post(by=moderator, post=post, reason="off the subject")
    assert (hidden.state, hidden.state_reason, hidden.state_by) == (State.HIDDEN, "off the subject", moderator)
    with pytest.raises(NotYours):
        removing.restore_post(by=author, post=post)
    assert removing.restore_post(by=moderator, post=post).state == State.PUBLISHED
    with pytest.raises(NothingToRestore):
        removing.restore_post(by=moderator, post=post)


def test_strangers_remove_nothing() -> None:
    post = a_post()
    with pytest.raises(NotYours):
        removing.remove_post(by=a_member(), post=post)
    assert Post.objects.get(pk=post.pk).state == State.PUBLISHED


def test_the_first_post_goes_with_its_topic() -> None:
    author = a_member()
    topic = a_topic(by=author, tags=["bread"])
    with pytest.raises(OpeningPost):
        removing.remove_post(by=author, post=topic.posts.get())
    removing.remove_topic(by=author, topic=topic)
    topic.board.refresh_from_db()
    assert (topic.board.topic_count, topic.board.post_count, TagUse.objects.get().topic_count) == (0, 0, 0)
    removing.restore_topic(by=author, topic=topic)
    topic.board.refresh_from_db()
    assert (topic.board.topic_count, topic.board.post_count, TagUse.objects.get().topic_count) == (1, 1, 1)


def test_an_author_cannot_take_the_answers_of_others_along() -> None:
    author = a_member()
    topic = a_topic(by=author)
    a_post(topic)
    with pytest.raises(TopicHasAnswers):
        removing.remove_topic(by=author, topic=topic)
    assert Topic.objects.get().state == State.PUBLISHED


def test_moderation_hides_with_a_reason() -> None:
    topic, operator = a_topic(), an_operator()
    with pytest.raises(Invalid):
        removing.hide(target=topic, by=operator, reason=" ")
    removing.hide(target=topic.posts.get(), by=operator, reason="an advertisement")
    topic.refresh_from_db()
    assert (topic.state, topic.state_reason) == (State.HIDDEN, "an advertisement")
    removing.restore(target=topic, by=operator, reason="a mistake")
    topic.refresh_from_db()
    assert topic.state == State.PUBLISHED


def test_the_counters_equal_their_rows_after_all_that() -> None:
    author, operator = a_member(), an_operator()
    topic = a_topic(by=author, tags=["bread", "oven"])
    posts = [a_post(topic) for _ in range(3)]
    removing.remove_post(by=operator, post=posts[2], reason="x")
    removing.remove_topic(by=operator, topic=topic, reason="x")
    removing.remove_post(by=operator, post=posts[1], reason="x")
    removing.restore_topic(by=operator, topic=topic, reason="x")
    removing.restore_post(by=operator, post=posts[2], reason="x")
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_boards")]
    assert len(ours) >= 5
    assert [(counter.model, counter.field) for counter in ours if counter.wrong().exists()] == []
    topic.refresh_from_db()
    assert topic.post_count == 3
