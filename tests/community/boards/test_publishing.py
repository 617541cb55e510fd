"""Topics and posts are written by those who may, once, within limits, and leave an event."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from community.boards import stating
from community.boards.errors import MayNotOnBoard, SlowMode, TopicGone, TopicLocked
from community.boards.models import Post, TagUse, Topic, TopicSubject
from community.boards.publishing import publish_post, publish_topic
from community.boards.removing import remove_topic
from community.foundation.clock import shifted
from community.foundation.problems import Invalid, NotThere
from community.members.errors import AllowanceSpent, Silenced
from community.subjects.merging import merge_subjects
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, an_operator
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def test_a_topic_starts_with_its_opening_post() -> None:
    author, board = a_member(), a_board()
    topic = publish_topic(
        by=author, board=board, title="  Bread \n ovens ", body="Which *one*?", tags=["Baking", "#baking"]
    )
    post = Post.objects.get(topic=topic)
    assert (topic.title, topic.post_count, topic.poster_count, topic.last_number) == ("Bread ovens", 1, 1, 1)
    assert (post.number, post.author, post.source, post.html) == (
        1,
        author,
        "Which *one*?",
        "<p>Which <em>one</em>?</p>",
    )
    assert [row.tag.slug for row in topic.topic_tags.select_related("tag")] == ["baking"]
    board.refresh_from_db()
    assert (board.topic_count, board.post_count) == (1, 1)
    assert TagUse.objects.get(board=board).topic_count == 1


def test_a_reply_gets_the_next_number_and_lifts_the_topic() -> None:
    topic = a_topic()
    answerer = a_member()
    first = a_post(topic, by=answerer)
    second = a_post(topic, by=answerer, reply_to=first)
    topic.refresh_from_db()
    assert (first.number, second.number, second.reply_to) == (2, 3, first)
    assert (topic.post_count, topic.poster_count, topic.last_number, topic.last_poster) == (3, 2, 3, answerer)
    assert topic.bumped_at == second.created_at


def test_a_form_sent_twice_makes_one_topic_and_one_post() -> None:
    author, board, key = a_member(), a_board(), uuid.uuid4()
    topics = [publish_topic(by=author, board=board, title="Once", body="Once", submission=key) for _ in range(2)]
    reply_key = uuid.uuid4()
    posts = [publish_post(by=author, topic=topics[0], body="Twice?", submission=reply_key) for _ in range(2)]
    assert topics[0] == topics[1]
    assert posts[0] == posts[1]
    assert (Topic.objects.count(), Post.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("title", "body", "field"),
    [("", "x", "title"), ("\u200b \u3164", "x", "title"), ("x" * 201, "x", "title"), ("x", " \n\u2800", "body"), ("x", "가" * 20_001, "body")],
)  # fmt: skip
def test_a_blank_or_endless_text_is_refused_and_leaves_no_row(title: str, body: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish_topic(by=a_member(), board=a_board(), title=title, body=body)
    assert refused.value.field == field
    assert Topic.objects.count() == 0


def test_what_postgresql_cannot_keep_is_left_out() -> None:
    topic = a_topic(title="A\x00B\ud800", body="one\x00 two\udfff")
    assert (topic.title, Post.objects.get(topic=topic).source) == ("AB", "one two")


def test_a_board_that_may_not_be_read_is_not_there() -> None:
    board, stranger = a_private_board(a_member()), a_member()
    with pytest.raises(NotThere):
        publish_topic(by=stranger, board=board, title="Hello", body="Hello")
    topic = a_topic(board=a_private_board(author := a_member()), by=author)
    with pytest.raises(NotThere):
        publish_post(by=stranger, topic=topic, body="Hello")
    assert Post.objects.filter(author=stranger).count() == 0


def test_reading_is_not_writing() -> None:
    board = a_board()
    board.rights.exclude(verb="read").delete()
    with pytest.raises(MayNotOnBoard):
        publish_topic(by=a_member(), board=board, title="Hello", body="Hello")


def test_the_least_trust_level_to_start_topics_holds() -> None:
    board = a_board()
    board.rights.filter(verb="post").update(level=2)
    with pytest.raises(MayNotOnBoard):
        publish_topic(by=a_member(trust_level=1), board=board, title="Hello", body="Hello")
    assert publish_topic(by=a_member(trust_level=2), board=board, title="Hello", body="Hello").board == board


def test_a_locked_topic_takes_no_replies_but_a_moderators() -> None:
    topic, moderator = a_topic(), a_member()
    let_moderate(moderator, topic.board)
    stating.set_state(by=moderator, topic=topic, locked=True)
    with pytest.raises(TopicLocked):
        a_post(topic)
    assert a_post(topic, by=moderator).number == 2


def test_slow_mode_asks_for_a_pause() -> None:
    topic, moderator, member = a_topic(), a_member(), a_member()
    let_moderate(moderator, topic.board)
    stating.set_state(by=moderator, topic=topic, slow_seconds=600)
    a_post(topic, by=member)
    with pytest.raises(SlowMode) as refused:
        a_post(topic, by=member)
    assert 590 <= refused.value.retry_after <= 601
    with shifted(timedelta(minutes=11)):
        assert a_post(topic, by=member).number == 3


def test_a_removed_topic_takes_no_replies() -> None:
    author = a_member()
    topic = a_topic(by=author)
    remove_topic(by=author, topic=topic)
    with pytest.raises(TopicGone):
        publish_post(by=author, topic=topic, body="Still here?")


def test_who_is_silenced_writes_nothing() -> None:
    topic = a_topic()
    silenced = a_member(silenced_until=timezone.now() + timedelta(days=1))
    with pytest.raises(Silenced):
        publish_post(by=silenced, topic=topic, body="Hello")
    assert Post.objects.filter(author=silenced).count() == 0


def test_the_flood_limit_holds_and_leaves_no_row() -> None:
    topic, newcomer = a_topic(), a_member(trust_level=1)
    for _ in range(12):
        publish_post(by=newcomer, topic=topic, body="Hello")
    with pytest.raises(AllowanceSpent):
        publish_post(by=newcomer, topic=topic, body="Hello")
    topic.refresh_from_db()
    assert Post.objects.filter(author=newcomer).count() == 12
    assert topic.post_count == 13


def test_an_answer_to_a_post_elsewhere_is_refused() -> None:
    topic, other = a_topic(), a_post()
    with pytest.raises(Invalid) as refused:
        a_post(topic, reply_to=other)
    assert refused.value.field == "reply_to"


def test_mentions_are_kept_by_member() -> None:
    named = a_member("나무")
    post = a_post(body="@나무에게 물어보세요")
    assert post.mentions == [named.pk]


def test_word_of_mouth_names_a_subject_a_verdict_and_for_whom() -> None:
    board, subject = a_board(kind="word_of_mouth"), a_subject()
    for missing in ({"verdict": "recommend"}, {"subjects": [subject]}, {"subjects": [subject], "verdict": "maybe"}):
        with pytest.raises(Invalid):
            a_topic(board=board, **missing)
    assert TopicSubject.objects.count() == 0
    topic = a_topic(board=board, subjects=[subject], verdict="depends", for_whom="patient people")
    row = topic.topic_subjects.get()
    assert (row.subject, row.verdict, row.for_whom) == (subject, "depends", "patient people")


def test_only_word_of_mouth_carries_a_verdict() -> None:
    with pytest.raises(Invalid) as refused:
        a_topic(verdict="recommend")
    assert refused.value.field == "verdict"


def test_topics_follow_a_subject_that_is_merged(relay) -> None:
    lost, kept = a_subject(), a_subject()
    one, both = a_topic(subjects=[lost]), a_topic(subjects=[lost, kept])
    merge_subjects(by=an_operator(), loser=lost, winner=kept)
    relay()
    assert [row.subject for row in one.topic_subjects.all()] == [kept]
    assert [row.subject for row in both.topic_subjects.all()] == [kept]
