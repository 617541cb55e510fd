"""What members are told of topics and posts."""

import pytest

from community.boards.answering import accept_answer
from community.boards.editing import edit_post
from community.boards.moving import merge_topics, move_topic
from community.boards.removing import remove_post
from community.notifications.listing import page_of_notices, unread_count
from community.notifications.models import Letter, Notice
from community.notifications.sending import send_due
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


def lines(member) -> list[str]:
    return [shown.text for shown in page_of_notices(member, cursor=None)]


def test_the_answered_member_is_told_once_even_if_also_named(relay) -> None:
    dami, nari = a_member("dami", language="en"), a_member(display_name="Nari")
    topic = a_topic(by=dami, title="Umbrellas")
    a_post(topic, by=nari, body="@dami, this one.", reply_to=topic.posts.get(number=1))
    relay()

    assert lines(dami) == ["Nari replied to you in “Umbrellas”"]
    assert Letter.objects.filter(member=dami).count() == 1


def test_a_mention_in_a_topic_or_an_edit_is_told_once(relay) -> None:
    dami, nari = a_member("dami"), a_member(display_name="Nari")
    topic = a_topic(by=nari, title="Umbrellas", body="Ask @dami.")
    relay()
    edit_post(by=nari, post=topic.posts.get(number=1), body="Ask @dami, she knows.")
    relay()

    assert lines(dami) == ["Nari mentioned you in “Umbrellas”"]
    assert Notice.objects.get(member=dami).count == 1


def test_the_accepted_answers_author_is_told(relay) -> None:
    asker, nari = a_member(display_name="Dami"), a_member()
    topic = a_topic(board=a_board(kind="question"), by=asker, title="Which umbrella?")
    answer = a_post(topic, by=nari)
    accept_answer(by=asker, topic=topic, post=answer)
    relay()

    assert lines(nari) == ["Dami accepted your answer to “Which umbrella?”"]


def test_whoever_started_a_topic_is_told_where_it_was_moved_or_joined(relay) -> None:
    author, operator = a_member(), an_operator(display_name="Hana")
    moved, joined = a_topic(by=author, title="Rain"), a_topic(by=author, title="Wet")
    move_topic(by=operator, topic=moved, board=a_board())
    merge_topics(by=operator, topic=joined, into=a_topic(title="Weather"))
    relay()

    assert lines(author) == [
        "Hana moved what you wrote. It stands here now: “Weather”",
        "Hana moved what you wrote. It stands here now: “Rain”",
    ]


def test_a_topic_moved_where_its_author_may_not_read_is_not_told(relay) -> None:
    author, board = a_member(), a_private_board()
    move_topic(by=an_operator(), topic=a_topic(by=author), board=board)
    relay()

    assert Notice.objects.count() == 0


def test_a_removed_post_takes_its_notice_and_its_letter_along(relay, server) -> None:
    dami, nari = a_member(), a_member()
    topic = a_topic(by=dami)
    post = a_post(topic, by=nari, reply_to=topic.posts.get(number=1))
    relay()
    remove_post(by=nari, post=post)

    assert send_due() == {"withheld": 1}, "seen at sending, even before the event is relayed"
    relay()
    assert (lines(dami), unread_count(dami), server.raw) == ([], 0, [])


def test_a_topic_moved_to_a_private_board_leaves_notice_and_letter_behind(relay, server) -> None:
    dami, operator = a_member(), an_operator()
    topic = a_topic(title="Canary")
    a_post(topic, by=dami)
    a_post(topic, by=a_member(), reply_to=topic.posts.get(number=2))
    relay()
    assert unread_count(dami) == 1
    move_topic(by=operator, topic=topic, board=a_private_board())
    dami.__dict__.pop("_board_rights", None)

    assert (lines(dami), unread_count(dami)) == ([], 0)
    assert send_due() == {"withheld": 1}
    assert server.raw == []


def test_a_mention_of_someone_who_may_not_read_the_board_shows_them_nothing(relay, server) -> None:
    dami, author = a_member("dami"), a_member()
    a_topic(board=a_private_board(author), by=author, title="Canary", body="@dami must not know.")
    relay()

    assert (lines(dami), unread_count(dami)) == ([], 0)
    assert send_due().get("sent", 0) == 0
