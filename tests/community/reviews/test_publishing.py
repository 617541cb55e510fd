"""Publishing, rating, editing, removing: one review a member and subject, nothing lost, counters exact."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.foundation.problems import NotThere, Refused, Stale
from community.members.errors import Silenced
from community.reviews.editing import edit_review
from community.reviews.errors import (
    AlreadyReviewed,
    NotYourReview,
    OutOfScale,
    OwnSubject,
    TakenDown,
    UnknownAspect,
    UnknownPhoto,
)
from community.reviews.models import AspectRating, Review, ReviewRevision
from community.reviews.publishing import publish_review, rate
from community.reviews.removing import remove_review, restore_review
from tests.factories.members import a_member, a_team, an_operator
from tests.factories.reviews import a_review
from tests.factories.subjects import a_category, a_steward, a_subject

pytestmark = pytest.mark.django_db


def counted(subject) -> tuple[int, int, int]:
    subject.refresh_from_db()
    return subject.rating_count, subject.rating_sum, subject.review_count


def test_a_review_counts_and_is_rendered_safely() -> None:
    subject = a_subject()
    review = publish_review(by=a_member(), subject=subject, rating=4, source="**Warm** <script>alert(1)</script>")
    assert counted(subject) == (1, 4, 1)
    assert "<strong>Warm</strong>" in review.html
    assert "<script" not in review.html


def test_a_member_reviews_a_subject_once() -> None:
    author, subject = a_member(), a_subject()
    a_review(subject, by=author)
    with pytest.raises(AlreadyReviewed):
        publish_review(by=author, subject=subject, rating=1, source="Again.")
    assert counted(subject) == (1, 4, 1)


def test_the_database_itself_holds_one_a_member_and_subject() -> None:
    review = a_review()
    with pytest.raises(IntegrityError, match="reviews_one_a_member_and_subject"), transaction.atomic():
        Review.objects.create(subject=review.subject, author=review.author, rating=2)


def test_the_database_itself_holds_the_scale() -> None:
    with pytest.raises(IntegrityError, match="reviews_rating_within_scale"), transaction.atomic():
        Review.objects.create(subject=a_subject(), author=a_member(), rating=6)


@pytest.mark.parametrize("rating", [0, 6, -1, True, "5", 4.5])
def test_a_rating_outside_the_scale_leaves_nothing(rating: object) -> None:
    subject = a_subject()
    with pytest.raises(OutOfScale):
        publish_review(by=a_member(), subject=subject, rating=rating, source="x")
    assert Review.objects.count() == 0
    assert counted(subject) == (0, 0, 0)


def test_a_rating_alone_becomes_a_review_with_words() -> None:
    author, subject = a_member(), a_subject()
    alone = rate(by=author, subject=subject, score=3)
    assert counted(subject) == (1, 3, 0)
    review = publish_review(by=author, subject=subject, rating=5, source="Better than I thought.")
    assert review.pk == alone.pk
    assert counted(subject) == (1, 5, 1)


def test_a_new_rating_keeps_the_words_and_remembers_the_old_one() -> None:
    author, subject = a_member(), a_subject()
    review = a_review(subject, by=author, rating=2, body="Leaks.")
    rate(by=author, subject=subject, score=4)
    review.refresh_from_db()
    assert (review.rating, review.source, review.version) == (4, "Leaks.", 2)
    assert [(row.rating, row.source) for row in ReviewRevision.objects.all()] == [(2, "Leaks.")]
    assert counted(subject) == (1, 4, 1)


def test_aspects_are_those_of_the_category_and_of_the_ones_above() -> None:
    goods = a_category("goods", aspects=("price",))
    kitchen = a_category("kitchen", parent=goods, aspects=("cleaning",))
    subject = a_subject(category=kitchen)
    a_review(subject, aspects={"price": 3, "cleaning": 5})
    assert set(AspectRating.objects.values_list("aspect__slug", "score")) == {("price", 3), ("cleaning", 5)}
    with pytest.raises(UnknownAspect):
        a_review(subject, aspects={"sound": 3})
    assert Review.objects.count() == 1


def test_an_edit_keeps_what_was_said_before() -> None:
    author, subject = a_member(), a_subject()
    review = a_review(subject, by=author, rating=5, body="Perfect.")
    edited = edit_review(by=author, review=review, rating=2, source="It broke after a month.", version=1)
    assert (edited.rating, edited.version, edited.source) == (2, 2, "It broke after a month.")
    assert [(row.number, row.rating, row.source) for row in edited.revisions.all()] == [(1, 5, "Perfect.")]
    assert counted(subject) == (1, 2, 1)


def test_an_edit_of_an_older_version_is_refused() -> None:
    author = a_member()
    review = a_review(by=author)
    edit_review(by=author, review=review, source="Second.", version=1)
    with pytest.raises(Stale):
        edit_review(by=author, review=review, source="Third.", version=1)
    review.refresh_from_db()
    assert review.source == "Second."


def test_nobody_edits_the_review_of_another() -> None:
    review = a_review(body="Mine.")
    for other in (a_member(), an_operator()):
        with pytest.raises(NotYourReview):
            edit_review(by=other, review=review, source="Theirs.")
    review.refresh_from_db()
    assert review.source == "Mine."


def test_an_author_takes_a_review_down_and_brings_it_back() -> None:
    author, subject = a_member(), a_subject()
    review = a_review(subject, by=author)
    remove_review(target=review, by=author)
    assert counted(subject) == (0, 0, 0)
    assert not Review.objects.visible_to(a_member()).exists()
    restore_review(target=review, by=author)
    assert counted(subject) == (1, 4, 1)


def test_what_a_moderator_removed_its_author_cannot_publish_anew() -> None:
    author, subject = a_member(), a_subject()
    review = a_review(subject, by=author)
    remove_review(target=review, by=an_operator(), reason="insults")
    with pytest.raises(TakenDown):
        publish_review(by=author, subject=subject, rating=5, source="Again.")
    with pytest.raises(TakenDown):
        rate(by=author, subject=subject, score=5)
    with pytest.raises(Refused):
        restore_review(target=review, by=author)
    assert counted(subject) == (0, 0, 0)


def test_a_review_taken_down_by_its_author_is_written_anew_in_its_place() -> None:
    author, subject = a_member(), a_subject()
    review = a_review(subject, by=author, rating=1)
    remove_review(target=review, by=author)
    again = publish_review(by=author, subject=subject, rating=3, source="Calmer now.")
    assert again.pk == review.pk
    assert counted(subject) == (1, 3, 1)


def test_those_who_answer_for_a_subject_do_not_rate_it() -> None:
    maker, subject = a_member(), a_subject()
    a_steward(subject, a_team(maker))
    with pytest.raises(OwnSubject):
        rate(by=maker, subject=subject, score=5)
    assert counted(subject) == (0, 0, 0)


def test_a_silenced_member_says_nothing() -> None:
    author = a_member(silenced_until=clock.now() + dt.timedelta(days=1))
    with pytest.raises(Silenced):
        a_review(by=author)
    assert Review.objects.count() == 0


def test_pictures_of_others_are_not_shown_as_ones_own() -> None:
    with pytest.raises(UnknownPhoto):
        a_review(photos=["018f5b7c-0000-7000-8000-000000000000"])
    assert Review.objects.count() == 0


def test_a_subject_that_is_gone_takes_no_review() -> None:
    subject = a_subject()
    subject_id = subject.pk
    subject.delete()
    subject.pk = subject_id
    with pytest.raises(NotThere):
        publish_review(by=a_member(), subject=subject, rating=3)
