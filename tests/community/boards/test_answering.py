"""The asker, or a moderator, says which reply answered."""

import pytest

from community.boards.answering import accept_answer, withdraw_answer
from community.boards.errors import NotAnAnswer, NotAQuestion, NotYours
from community.boards.removing import remove_post
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker():
    return a_member()


@pytest.fixture
def question(asker):
    return a_topic(board=a_board(kind="question"), by=asker)


def test_the_asker_accepts_an_answer_and_may_change_their_mind(asker, question) -> None:
    first, second = a_post(question), a_post(question)
    assert accept_answer(by=asker, topic=question, post=first).answer == first
    assert accept_answer(by=asker, topic=question, post=second).answer == second
    assert withdraw_answer(by=asker, topic=question).answer is None


def test_others_accept_nothing(question) -> None:
    with pytest.raises(NotYours):
        accept_answer(by=a_member(), topic=question, post=a_post(question))
    question.refresh_from_db()
    assert question.answer is None


def test_the_question_itself_and_posts_elsewhere_are_no_answers(asker, question) -> None:
    for post in (question.posts.get(), a_post()):
        with pytest.raises(NotAnAnswer):
            accept_answer(by=asker, topic=question, post=post)


def test_a_discussion_has_no_accepted_answer(asker) -> None:
    topic = a_topic(by=asker)
    with pytest.raises(NotAQuestion):
        accept_answer(by=asker, topic=topic, post=a_post(topic))


def test_a_removed_answer_opens_the_question_again(asker, question) -> None:
    answerer = a_member()
    answer = a_post(question, by=answerer)
    accept_answer(by=asker, topic=question, post=answer)
    remove_post(by=answerer, post=answer)
    question.refresh_from_db()
    assert (question.answer, question.answer_at) == (None, None)
