"""Reviews of rivals: one a member and subject, votes equal their rows, the score equals the ratings (1.72)."""

import threading

import pytest
from django.db import IntegrityError, connection

from community.foundation import counters
from community.members import allowances
from community.members.models import Member
from community.reviews import publishing, removing, voting
from community.reviews.errors import AlreadyReviewed, HasWords
from community.reviews.models import HelpfulVote, Review
from community.reviews.publishing import publish_review, rate
from community.reviews.removing import remove_review, withdraw_rating
from community.reviews.voting import vote_helpful, withdraw_vote
from community.subjects.models import Subject
from community.subjects.scoring import bayesian
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.members import a_member
from tests.factories.reviews import a_review, ratings
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(member: Member) -> Member:
    """As another request would have it."""
    return Member.objects.get(pk=member.pk)


def wrong_counters() -> list[str]:
    ours = [c for c in counters.all_counters() if c.model in {"community_subjects.Subject", "community_reviews.Review"}]
    assert {"rating_1", "rating_5", "review_count", "helpful_count", "unhelpful_count"} <= {c.field for c in ours}
    return [f"{counter.model}.{counter.field}" for counter in ours if counter.wrong().exists()]


def writes(member: Member, subject: Subject, text: str = "Good."):
    return lambda: publish_review(by=fresh(member), subject=subject, rating=4, source=text)


def test_without_the_lock_the_race_happens(monkeypatch):
    subject, member = a_subject(), a_member()
    monkeypatch.setattr(publishing, "subject_for_change", lambda subject_id: Subject.objects.get(pk=subject_id))
    meeting = meet_before(monkeypatch, allowances, "spend")
    outcomes = race(writes(member, subject), writes(member, subject))
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_two_reviews_at_once_are_one_and_the_other_is_told(monkeypatch):
    subject, member = a_subject(), a_member()
    meeting = meet_before(monkeypatch, allowances, "spend")
    outcomes = race(writes(member, subject, "First."), writes(member, subject, "Second."))
    assert not meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [AlreadyReviewed]
    assert Review.objects.filter(subject=subject, author=member).count() == 1
    assert wrong_counters() == []


def test_a_member_who_rates_in_many_windows_has_one_rating():
    subject, member = a_subject(), a_member()
    acts = [lambda score=score: rate(by=fresh(member), subject=subject, score=score) for score in (1, 2, 3, 4, 5)]
    assert all_went_well(race(*acts))
    review = Review.objects.get(subject=subject, author=member)
    subject.refresh_from_db()
    assert (subject.rating_count, subject.rating_sum) == (1, review.rating)
    assert wrong_counters() == []


def test_without_the_lock_two_votes_of_one_member_meet(monkeypatch):
    review, member = a_review(), a_member()
    monkeypatch.setattr(voting, "_locked", lambda review: Review.objects.get(pk=review.pk))
    meeting = meet_before(monkeypatch, allowances, "spend")
    outcomes = race(*[lambda: vote_helpful(by=fresh(member), review=review, helpful=True)] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_two_clicks_at_once_are_one_vote(monkeypatch):
    review, member = a_review(), a_member()
    meeting = meet_before(monkeypatch, allowances, "spend")
    assert all_went_well(race(*[lambda: vote_helpful(by=fresh(member), review=review, helpful=True)] * 2))
    assert not meeting.happened
    review.refresh_from_db()
    assert (HelpfulVote.objects.count(), review.helpful_count, review.unhelpful_count) == (1, 1, 0)


def test_a_crowd_that_votes_turns_and_takes_back_leaves_exact_counts():
    review, members = a_review(), [a_member() for _number in range(8)]
    for member in members[:4]:
        vote_helpful(by=member, review=review, helpful=True)
    acts = [lambda m=m: withdraw_vote(by=fresh(m), review=review) for m in members[:2]]
    acts += [lambda m=m: vote_helpful(by=fresh(m), review=review, helpful=False) for m in members[2:6]]
    acts += [lambda m=m: vote_helpful(by=fresh(m), review=review, helpful=True) for m in members[6:]]
    assert all_went_well(race(*acts))
    review.refresh_from_db()
    assert (review.helpful_count, review.unhelpful_count) == (2, 4)
    assert HelpfulVote.objects.filter(review=review).count() == 6
    assert wrong_counters() == []


def test_the_score_of_a_crowd_equals_its_ratings():
    subject = a_subject()
    there = ratings(subject, 5, 5, 1, 2)
    newcomers = [(a_member(), score) for score in (1, 3, 4, 4)]
    acts = [lambda m=m, score=score: rate(by=fresh(m), subject=subject, score=score) for m, score in newcomers]
    acts += [lambda row=row: withdraw_rating(by=fresh(row.author), subject=subject) for row in there[:2]]
    acts += [lambda row=row: remove_review(target=row, by=fresh(row.author)) for row in there[2:3]]
    acts += [writes(a_member(), subject), lambda: rate(by=fresh(there[3].author), subject=subject, score=5)]
    assert all_went_well(race(*acts))
    subject.refresh_from_db()
    rows = list(Review.objects.counted().filter(subject=subject).values_list("rating", flat=True))
    assert sorted(rows) == [1, 3, 4, 4, 4, 5]
    assert (subject.rating_count, subject.rating_sum, subject.review_count) == (6, 21, 1)
    assert subject.score == bayesian(total=21, count=6, prior=subject.prior_mean)
    assert wrong_counters() == []


def test_words_that_arrive_while_a_rating_is_taken_back_are_not_lost(monkeypatch):
    subject, member = a_subject(), a_member()
    rate(by=member, subject=subject, score=3)
    lock = removing.review_for_change

    def after_the_words(review):
        thread = threading.Thread(target=in_another_window)
        thread.start()
        thread.join()
        return lock(review)

    def in_another_window():
        writes(member, subject, "Kept.")()
        connection.close()

    monkeypatch.setattr(removing, "review_for_change", after_the_words)
    with pytest.raises(HasWords):
        withdraw_rating(by=fresh(member), subject=subject)
    review = Review.objects.get(subject=subject, author=member)
    assert (review.source, review.removed_at) == ("Kept.", None)
    assert wrong_counters() == []
