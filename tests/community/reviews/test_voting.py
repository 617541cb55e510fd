"""Helpful votes, Wilson's lower bound, and an order that gives new reviews a share of their own."""

import pytest
from django.db import IntegrityError, transaction

from community.foundation import counters
from community.foundation.problems import Invalid, NotThere
from community.reviews import ordering, reading
from community.reviews.errors import OwnReview
from community.reviews.models import HelpfulVote, Review
from community.reviews.removing import remove_review
from community.reviews.voting import vote_helpful, withdraw_vote
from tests.factories.members import a_member
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def with_votes(review: Review, up: int, down: int = 0) -> Review:
    Review.objects.filter(pk=review.pk).update(helpful_count=up, unhelpful_count=down)
    review.refresh_from_db()
    return review


@pytest.mark.parametrize(
    ("up", "down", "bound"), [(0, 0, 0.0), (1, 0, 0.207), (10, 0, 0.722), (100, 1, 0.946), (60, 40, 0.502), (0, 9, 0.0)]
)
def test_helpfulness_is_wilsons_lower_bound(up: int, down: int, bound: float) -> None:
    assert with_votes(a_review(), up, down).helpfulness == pytest.approx(bound, abs=0.001)


def test_a_vote_is_changed_and_taken_back_and_the_counts_follow() -> None:
    review, member = a_review(), a_member()
    assert vote_helpful(by=member, review=review, helpful=True).helpful_count == 1
    assert vote_helpful(by=member, review=review, helpful=True).helpful_count == 1
    changed = vote_helpful(by=member, review=review, helpful=False)
    assert (changed.helpful_count, changed.unhelpful_count) == (0, 1)
    assert withdraw_vote(by=member, review=review).unhelpful_count == 0
    assert withdraw_vote(by=member, review=review).unhelpful_count == 0
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []


def test_nobody_votes_on_their_own_review() -> None:
    author = a_member()
    review = a_review(by=author)
    with pytest.raises(OwnReview):
        vote_helpful(by=author, review=review, helpful=True)
    assert not HelpfulVote.objects.exists()


def test_a_removed_review_takes_no_votes() -> None:
    author = a_member()
    review = a_review(by=author)
    remove_review(target=review, by=author)
    with pytest.raises(NotThere):
        vote_helpful(by=a_member(), review=review, helpful=True)


def test_the_database_itself_holds_one_vote_a_member() -> None:
    review, member = a_review(), a_member()
    vote_helpful(by=member, review=review, helpful=True)
    with pytest.raises(IntegrityError, match="reviews_vote_once_a_member"), transaction.atomic():
        HelpfulVote.objects.create(review=review, member=member, helpful=False)


def test_every_fourth_place_belongs_to_reviews_without_enough_votes() -> None:
    subject = a_subject()
    judged = [with_votes(a_review(subject, body=f"judged {n}"), 5 + n) for n in range(6)]
    fresh = [a_review(subject, body=f"fresh {n}") for n in range(4)]
    page = ordering.page_of_reviews(reading.reviews_of(subject, None), size=8)
    assert [review.source for review in page] == [
        "judged 5", "judged 4", "judged 3", "fresh 3", "judged 2", "judged 1", "judged 0", "fresh 2",
    ]  # fmt: skip
    rest = ordering.page_of_reviews(reading.reviews_of(subject, None), size=8, cursor=page.next)
    assert [review.source for review in rest] == ["fresh 1", "fresh 0"]
    assert rest.next is None
    assert len(judged) + len(fresh) == len(page) + len(rest)


@pytest.mark.parametrize("order", list(ordering.ORDERS))
def test_paging_shows_each_review_once_in_every_order(order: str) -> None:
    subject = a_subject()
    for number in range(9):
        with_votes(a_review(subject, rating=1 + number % 5), number, number % 2)
    seen, cursor = [], None
    for _page in range(9):
        page = ordering.page_of_reviews(reading.reviews_of(subject, None), order=order, cursor=cursor, size=2)
        seen += [review.pk for review in page]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 9


@pytest.mark.parametrize("cursor", ["x", ".", "x.y", "WzAsMV0.", "…"])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    subject = a_subject()
    if cursor == ".":
        assert len(ordering.page_of_reviews(reading.reviews_of(subject, None), cursor=cursor)) == 0
        return
    with pytest.raises(Invalid):
        ordering.page_of_reviews(reading.reviews_of(subject, None), cursor=cursor)
