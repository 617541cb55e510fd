"""The score before a change and since, recomputed by hand (2.18)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commerce.changes.scoring import ENOUGH, effects
from community.foundation import clock
from community.reviews.editing import edit_review
from community.reviews.models import Incentive, Review
from community.reviews.removing import remove_review, restore_review
from community.subjects.models import Subject
from tests.factories.reviews import a_review, ratings
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 6, 15)


@pytest.fixture
def subject():
    return a_subject()


def rated(subject, day, *scores):
    """Ratings given at noon of that day."""
    moment = dt.datetime.combine(day, dt.time(12), tzinfo=timezone.get_default_timezone())
    rows = ratings(subject, *scores)
    Review.objects.filter(pk__in=[one.pk for one in rows]).update(published_at=moment)
    return rows


def sides(subject, day=DAY):
    effect = effects(Subject.objects.get(pk=subject.pk), [day])[day]
    return (effect.before.count, effect.before.total), (effect.since.count, effect.since.total)


def test_ratings_fall_on_the_side_of_the_day_they_were_given(subject):
    rated(subject, DAY - dt.timedelta(days=1), 2, 3)
    rated(subject, DAY, 4)
    rated(subject, DAY + dt.timedelta(days=9), 5)
    assert sides(subject) == ((2, 5), (2, 9))


def test_the_day_begins_at_midnight_where_the_site_is(subject):
    [late, early] = rated(subject, DAY, 1, 5)
    midnight = dt.datetime.combine(DAY, dt.time(), tzinfo=timezone.get_default_timezone())
    Review.objects.filter(pk=late.pk).update(published_at=midnight - dt.timedelta(microseconds=1))
    Review.objects.filter(pk=early.pk).update(published_at=midnight)
    assert sides(subject) == ((1, 1), (1, 5))


def test_by_the_formula_of_the_subjects_score(subject):
    rated(subject, DAY - dt.timedelta(days=1), *[2] * 10)
    rated(subject, DAY, *[5] * 12)
    effect = effects(Subject.objects.get(pk=subject.pk), [DAY])[DAY]
    assert (effect.before.mean, effect.since.mean) == (Decimal("2.000"), Decimal("5.000"))
    prior = Subject.objects.get(pk=subject.pk).prior_mean
    assert effect.before.score == ((10 * prior + 20) / 20).quantize(Decimal("0.001"))
    assert effect.since.score == ((10 * prior + 60) / 22).quantize(Decimal("0.001"))
    assert effect.difference == effect.since.score - effect.before.score


def test_with_too_few_ratings_there_is_no_score_only_their_number(subject):
    rated(subject, DAY - dt.timedelta(days=1), *[4] * ENOUGH)
    rated(subject, DAY, *[5] * (ENOUGH - 1))
    effect = effects(Subject.objects.get(pk=subject.pk), [DAY])[DAY]
    assert (effect.before.enough, effect.since.enough) == (True, False)
    assert (effect.since.score, effect.difference, effect.since.count) == (None, None, ENOUGH - 1)
    assert effect.before.score is not None


def test_a_review_that_changed_its_number_counts_on_both_sides_with_what_it_said_then(subject):
    review = a_review(subject, rating=2, body="It burns my hand.")
    Review.objects.filter(pk=review.pk).update(published_at=clock.now() - dt.timedelta(days=30))
    review.refresh_from_db()
    today = clock.now().astimezone(timezone.get_default_timezone()).date()
    edit_review(by=review.author, review=review, source="It burns my hand, and the cat.")
    assert sides(subject, today) == ((1, 2), (0, 0))  # other words, the same number: nothing new
    edit_review(by=review.author, review=review, rating=5)
    assert sides(subject, today) == ((1, 2), (1, 5))
    edit_review(by=review.author, review=review, rating=4)
    assert sides(subject, today) == ((1, 2), (1, 4))
    edit_review(by=review.author, review=review, rating=2)
    assert sides(subject, today) == ((1, 2), (0, 0))


def test_a_change_of_number_before_the_day_is_what_was_said_before(subject):
    review = a_review(subject, rating=2, body="It burns my hand.")
    edit_review(by=review.author, review=review, rating=3)
    tomorrow = clock.now().astimezone(timezone.get_default_timezone()).date() + dt.timedelta(days=1)
    assert sides(subject, tomorrow) == ((1, 3), (0, 0))


def test_removed_and_rewarded_ratings_count_on_no_side_and_return(subject):
    [rewarded, removed, plain] = rated(subject, DAY, 5, 5, 3)
    Review.objects.filter(pk=rewarded.pk).update(incentive=Incentive.POINTS)
    remove_review(target=removed, by=removed.author)
    assert sides(subject) == ((0, 0), (1, 3))
    restore_review(target=removed, by=removed.author)
    assert sides(subject) == ((0, 0), (2, 8))
    assert plain.rating == 3


def test_ratings_of_other_subjects_do_not_count(subject):
    rated(a_subject(), DAY, 5)
    assert sides(subject) == ((0, 0), (0, 0))


def test_many_days_cost_one_query_and_the_next_reader_none(subject):
    rated(subject, DAY, 5, 4)
    days = [DAY + dt.timedelta(days=number) for number in range(-5, 5)]
    subject.refresh_from_db()
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            found = effects(subject, days)
        assert len(queries) == expected
    assert [found[day].since.count for day in days] == [2] * 6 + [0] * 4


def test_a_rating_that_moves_both_ways_at_once_is_seen_at_once(subject):
    one, other = rated(subject, DAY, 2, 4)
    assert sides(subject) == ((0, 0), (2, 6))
    ratings(subject, 3)
    assert sides(subject)[1] == (3, 9)
    assert one.pk != other.pk
