"""Rivals with real connections: numbers, counters and limits of boards stay right."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from community.boards.models import Board, Post, Topic
from community.boards.moving import merge_topics
from community.boards.publishing import publish_post, publish_topic
from community.foundation import clock, counters
from community.foundation.problems import Problem
from tests.factories.boards import a_board, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act on its own connection, started together; gives "done" or the code of the refusal of each."""
    start, outcomes, guard = threading.Barrier(len(acts)), [], threading.Lock()

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            outcome = "done"
        except Problem as problem:
            outcome = problem.code
        finally:
            connection.close()
        with guard:
            outcomes.append(outcome)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def no_counter_is_wrong() -> bool:
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_boards")]
    return not any(counter.wrong().exists() for counter in ours)


def test_posts_at_once_never_beat_the_flood_limit(monkeypatch) -> None:
    noon = clock.now().replace(hour=12, minute=0, second=0)
    monkeypatch.setattr(clock, "now", lambda: noon)  # all within one minute, however slow the machine
    topic, member = a_topic(), a_member(trust_level=1)
    for _ in range(8):
        publish_post(by=member, topic=topic, body="Before")
    outcomes = at_once(*[lambda: publish_post(by=member, topic=topic, body="At once")] * 8)
    assert outcomes.count("done") == 4
    assert Post.objects.filter(author=member).count() == 12
    assert no_counter_is_wrong()


def test_posts_at_once_get_each_a_number_of_their_own() -> None:
    topic, members = a_topic(), [a_member() for _ in range(8)]
    outcomes = at_once(*[lambda by=by: publish_post(by=by, topic=topic, body="Me") for by in members])
    topic.refresh_from_db()
    assert outcomes == ["done"] * 8
    assert sorted(topic.posts.values_list("number", flat=True)) == list(range(1, 10))
    assert (topic.post_count, topic.poster_count, topic.last_number) == (9, 9, 9)
    assert no_counter_is_wrong()


def test_a_form_sent_twice_at_once_makes_one_topic() -> None:
    member, board, key = a_member(), a_board(), uuid.uuid4()
    send = [lambda: publish_topic(by=member, board=board, title="Once", body="Once", submission=key)] * 4
    assert at_once(*send) == ["done"] * 4
    assert (Topic.objects.count(), Board.objects.get().topic_count) == (1, 1)


def test_a_reply_and_a_merge_at_once_lose_nothing() -> None:
    moderator, member = a_member(), a_member()
    board = a_board(moderator=moderator)
    gone, kept = a_topic(board=board), a_topic(board=board)
    at_once(
        lambda: merge_topics(by=moderator, topic=gone, into=kept),
        lambda: publish_post(by=member, topic=gone, body="Wait"),
        lambda: publish_post(by=member, topic=kept, body="Here"),
    )
    kept.refresh_from_db()
    assert kept.post_count == Post.objects.count()
    assert Post.objects.filter(topic=gone).count() == 0
    assert no_counter_is_wrong()


def test_two_merges_the_other_way_round_do_not_wait_for_each_other_forever() -> None:
    moderator = a_member()
    board = a_board(moderator=moderator)
    one, two = a_topic(board=board), a_topic(board=board)
    outcomes = at_once(
        lambda: merge_topics(by=moderator, topic=one, into=two), lambda: merge_topics(by=moderator, topic=two, into=one)
    )
    assert outcomes.count("done") == 1
    assert no_counter_is_wrong()
