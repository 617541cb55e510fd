"""What the community does earns points, and loses them when it is taken down (item 2.02)."""

import pytest

from commerce.points import acts
from commerce.points.acts import Act
from commerce.points.balances import balance_of
from commerce.points.models import Earning, EarningRule
from commerce.points.ruling import write_missing
from community.boards.answering import accept_answer, withdraw_answer
from community.boards.removing import remove_post, remove_topic, restore_post
from community.ideas.answering import answer_idea
from community.reviews.removing import remove_review, restore_review
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, an_operator
from tests.factories.points import a_rule
from tests.factories.reviews import a_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules():
    a_rule("review", points=100)
    a_rule("answer", points=50)
    a_rule("idea", points=1_000)


def points_of(member) -> int:
    now = balance_of(member)
    return now.available + now.pending


def test_a_review_in_words_earns_once_and_a_bare_rating_nothing(relay):
    member = a_member()
    a_review(by=member, body="It pours well.")
    a_review(by=member, body="")
    relay()
    assert points_of(member) == 100
    earning = Earning.objects.get()
    assert (earning.rule_id, earning.source_kind) == ("review", "review")


def test_a_review_that_is_removed_loses_its_points_and_gets_them_again(relay):
    member = a_member()
    review = a_review(by=member)
    relay()
    remove_review(target=review, by=member)
    relay()
    assert points_of(member) == 0
    restore_review(target=review, by=member)
    relay()
    assert points_of(member) == 100
    remove_review(target=review, by=member)
    restore_review(target=review, by=member)
    relay()
    assert points_of(member) == 100


def asked(author):
    return a_topic(board=a_board(kind="question"), by=author)


def test_an_accepted_answer_earns_and_a_withdrawn_one_loses(relay):
    author, one, two = a_member(), a_member(), a_member()
    topic = asked(author)
    first, second = a_post(topic, by=one), a_post(topic, by=two)
    accept_answer(by=author, topic=topic, post=first)
    relay()
    assert (points_of(one), points_of(two)) == (50, 0)
    accept_answer(by=author, topic=topic, post=second)
    relay()
    assert (points_of(one), points_of(two)) == (0, 50)
    withdraw_answer(by=author, topic=topic)
    relay()
    assert (points_of(one), points_of(two)) == (0, 0)


def test_nobody_earns_by_answering_themselves(relay):
    author = a_member()
    topic = asked(author)
    accept_answer(by=author, topic=topic, post=a_post(topic, by=author))
    relay()
    assert points_of(author) == 0


def test_an_answer_that_is_removed_loses_its_points_until_it_is_accepted_again(relay):
    author, member = a_member(), a_member()
    topic = asked(author)
    post = a_post(topic, by=member)
    accept_answer(by=author, topic=topic, post=post)
    relay()
    remove_post(by=member, post=post)
    relay()
    assert points_of(member) == 0
    restore_post(by=member, post=post)
    relay()
    assert points_of(member) == 0
    accept_answer(by=author, topic=topic, post=post)
    relay()
    assert points_of(member) == 50


def test_an_idea_that_comes_true_earns_once_and_not_before(relay):
    author, operator = a_member(), an_operator()
    idea = an_idea(by=author)
    answer_idea(by=operator, topic_id=idea.pk, status="planned", answer="Soon.")
    relay()
    assert points_of(author) == 0
    for _again in range(2):
        answer_idea(by=operator, topic_id=idea.pk, status="shipped", answer="Here it is.")
        relay()
    assert points_of(author) == 1_000
    remove_topic(by=operator, topic=idea.topic)
    relay()
    assert points_of(author) == 0


def test_each_declared_act_has_a_rule_that_operators_keep(monkeypatch):
    assert {"review", "answer", "idea", "purchase"} <= set(EarningRule.objects.values_list("act", flat=True))
    EarningRule.objects.filter(act="purchase").update(rate=7)
    monkeypatch.setitem(acts._acts, "event", Act("event", "Taking part", points=20))
    write_missing()
    assert EarningRule.objects.get(act="purchase").rate == 7
    assert EarningRule.objects.get(act="event").points == 20


def test_two_acts_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match=r"two acts are called 'review'"):
        acts.register(Act("review", "Another"))
