"""Secrets of reviews for the leak matrix: one that was taken down."""

from community.reviews.removing import remove_review
from tests.factories.members import an_operator
from tests.factories.reviews import a_review


def plant_public(world) -> None:
    """A review that everyone may read."""
    world.public_review = a_review(world.public_subject, by=world.author)


def plant(world) -> None:
    removed = a_review(world.public_subject, body=world.secret("removed review"))
    remove_review(target=removed, by=an_operator(), reason="not about it")
    world.route(review_id=world.public_review.pk)
    world.route(review_id=removed.pk)
