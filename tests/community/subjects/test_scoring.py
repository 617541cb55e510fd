"""The score: Bayesian mean with the category's mean, by the database, recomputable from the export."""

import csv
import io
from decimal import Decimal

import pytest

from community.foundation import counters
from community.reviews.models import Incentive
from community.reviews.removing import remove_review
from community.reviews.vouching import disclose_incentive
from community.subjects import scoring
from community.subjects.models import Subject
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review, ratings
from tests.factories.subjects import a_category, a_subject

pytestmark = pytest.mark.django_db


def test_the_score_leans_on_the_mean_of_the_category() -> None:
    subject = a_subject(prior_mean=Decimal("3.500"))
    ratings(subject, 5, 5, 4)
    subject.refresh_from_db()
    assert (subject.rating_count, subject.rating_sum) == (3, 14)
    assert subject.score == Decimal("3.769")  # (10 × 3.5 + 14) / 13
    assert subject.score == scoring.bayesian(total=14, count=3, prior=Decimal("3.5"))


def test_an_unrated_subject_has_no_score() -> None:
    subject = a_subject()
    assert subject.shown_score is None
    assert subject.score == 0


def test_removed_and_rewarded_ratings_do_not_count() -> None:
    subject = a_subject(prior_mean=Decimal("3.000"))
    author = a_member()
    removed = a_review(subject, by=author, rating=1)
    rewarded = a_review(subject, rating=5)
    a_review(subject, rating=4)
    remove_review(target=removed, by=author)
    disclose_incentive(review=rewarded, incentive=Incentive.PRODUCT)
    subject.refresh_from_db()
    assert subject.stars == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0}
    assert subject.review_count == 2
    assert subject.score == Decimal("3.091")  # (30 + 4) / 11


def test_the_score_can_be_computed_again_from_the_export() -> None:
    subject = a_subject(prior_mean=Decimal("3.250"))
    given = ratings(subject, 5, 3, 2, 5)
    disclose_incentive(review=given[0], incentive=Incentive.POINTS)
    client = logged_in(None)
    document = client.get(f"/subjects/{subject.slug}/ratings.json").json()
    counted = [row["rating"] for row in document["ratings"] if row["counts"] == "yes"]
    mine = (document["C"] * Decimal(document["m"]) + sum(counted)) / (document["C"] + len(counted))
    assert round(mine, 3) == Decimal(document["score"]) == Decimal("3.269")
    text = b"".join(client.get(f"/subjects/{subject.slug}/ratings.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["rating"] for row in rows if row["counts"] == "yes"] == ["3", "2", "5"]
    assert [row["why_not"] for row in rows if row["counts"] == "no"] == ["rewarded: points"]


def test_a_category_with_enough_ratings_lends_its_own_mean_and_others_that_of_the_one_above() -> None:
    works = a_category("works")
    films, books = a_category("films", parent=works), a_category("books", parent=works)
    film, book = a_subject(category=films), a_subject(category=books)
    for _nth in range(scoring.ENOUGH):
        a_review(film, rating=4, body="")
    a_review(book, rating=1, body="")
    assert scoring.refresh_priors() == 2
    films.refresh_from_db()
    books.refresh_from_db()
    works.refresh_from_db()
    assert (films.prior_mean, films.prior_count, films.prior_from) == (Decimal("4.000"), 30, films)
    assert (works.prior_mean, works.prior_count) == (Decimal("3.903"), 31)  # 121 / 31
    assert (books.prior_mean, books.prior_from) == (Decimal("3.903"), works)
    book.refresh_from_db()
    assert book.score == Decimal("3.639")  # (39.03 + 1) / 11


def test_the_counters_are_registered_and_equal_their_rows() -> None:
    subject = a_subject()
    ratings(subject, 1, 4, 4)
    a_review(subject, rating=5, body="Warm and quiet.")
    assert {c.field for c in counters.all_counters() if c.model == "community_subjects.Subject"} >= {
        "rating_1", "rating_5", "review_count",
    }  # fmt: skip
    assert [c.field for c in counters.all_counters() if c.wrong().exists()] == []
    Subject.objects.filter(pk=subject.pk).update(rating_4=7)
    assert [c.field for c in counters.all_counters() if c.wrong().exists()] == ["rating_4"]


def test_the_page_says_why(client) -> None:
    subject = a_subject(prior_mean=Decimal("3.500"))
    ratings(subject, 5, 5)
    page = client.get(f"/subjects/{subject.slug}/why/", headers={"accept-language": "en"}).content.decode()
    assert "(10 × 3.500 + 10) ÷ (10 + 2) = <strong>3.750</strong>" in page
