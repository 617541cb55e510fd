"""Reviews for tests, written by the act so that counters hold."""

from typing import Any

from community.reviews.models import Review
from community.reviews.publishing import publish_review
from community.subjects.models import Subject
from tests.factories.members import a_member
from tests.factories.subjects import a_subject


def a_review(
    subject: Subject | None = None, *, by: Any = None, rating: int = 4, body: str = "Good.", **said: Any
) -> Review:
    """A published review; without words if `body` is empty."""
    return publish_review(by=by or a_member(), subject=subject or a_subject(), rating=rating, source=body, **said)


def ratings(subject: Subject, *scores: int) -> list[Review]:
    """One rating without words for each score, each by a member of its own."""
    return [a_review(subject, rating=score, body="") for score in scores]
