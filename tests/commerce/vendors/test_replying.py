"""How long people wait for a vendor's first answer (2.07)."""

import datetime as dt

import pytest

from commerce.vendors import replying
from commerce.vendors.models import ReplyTime
from community.foundation import clock
from community.reviews.models import Reply, Review
from community.reviews.replying import reply_to_review
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member
from tests.factories.reviews import a_review
from tests.factories.subjects import a_steward, a_subject
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db


def figure(vendor, kind):
    replying.refresh(vendor)
    row = ReplyTime.objects.get(vendor=vendor, kind=kind)
    return row.median_minutes, row.answered, row.asked


def answered_after(vendor, member, subject, minutes):
    review = a_review(subject)
    if minutes is not None:
        reply = reply_to_review(by=member, review=review, source="Thank you.", team=vendor.team)
        moment = review.published_at + dt.timedelta(minutes=minutes)
        Reply.objects.filter(pk=reply.pk).update(published_at=moment)
    return review


@pytest.fixture
def shop():
    member, subject = a_member(), a_subject()
    vendor = a_vendor(member)
    a_steward(subject, vendor.team)
    return vendor, member, subject


def test_it_is_the_median_of_the_answered_reviews(shop):
    vendor, member, subject = shop
    for minutes in (10, 30, 500, None):
        answered_after(vendor, member, subject, minutes)
    assert figure(vendor, "review") == (30, 3, 4)


def test_nothing_asked_has_no_median(shop):
    assert figure(shop[0], "review") == (None, 0, 0)


def test_an_old_review_and_one_of_another_subject_do_not_count(shop):
    vendor, member, subject = shop
    old = answered_after(vendor, member, subject, 10)
    Review.objects.filter(pk=old.pk).update(published_at=clock.now() - dt.timedelta(days=replying.DAYS + 1))
    answered_after(vendor, member, subject, 20)
    a_review(a_subject())
    assert figure(vendor, "review") == (20, 1, 1)


def test_the_answer_of_another_team_does_not_count(shop):
    vendor, _member, subject = shop
    other = a_member()
    rival = a_vendor(other)
    a_steward(subject, rival.team)
    reply_to_review(by=other, review=a_review(subject), source="Buy ours.", team=rival.team)
    assert figure(vendor, "review") == (None, 0, 1)


def test_a_question_is_answered_by_the_first_post_of_staff(shop):
    vendor, member, subject = shop
    topic = a_topic(board=a_board(kind="question"), subjects=[subject])
    a_post(topic)
    answer = a_post(topic, by=member)
    type(answer).objects.filter(pk=answer.pk).update(created_at=topic.created_at + dt.timedelta(minutes=45))
    assert figure(vendor, "question") == (45, 1, 1)


def test_what_not_everyone_may_read_is_not_counted(shop):
    vendor, member, subject = shop
    author = a_member()
    a_topic(board=a_private_board(author, member, kind="question"), by=author, subjects=[subject])
    assert figure(vendor, "question") == (None, 0, 0)


def test_computing_again_changes_nothing(shop):
    vendor, member, subject = shop
    answered_after(vendor, member, subject, 10)
    assert figure(vendor, "review") == figure(vendor, "review") == (10, 1, 1)
    assert ReplyTime.objects.count() == 3
