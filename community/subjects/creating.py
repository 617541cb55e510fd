"""Entering a subject: any member may, whether or not anyone sells it here."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from community.foundation.characters import visible_line, words
from community.members import allowances, standing
from community.subjects import naming, searching
from community.subjects.errors import AddressTaken
from community.subjects.models import LONGEST_NAME, LONGEST_SAMPLE, LONGEST_SUMMARY, Category, Subject


@transaction.atomic
def create_subject(
    *,
    by: Any,
    name: str,
    kind: str,
    category: Category,
    summary: str = "",
    sample_text: str = "",
    slug: str | None = None,
) -> Subject:
    """Enter a subject under `category`.

    Raises Blank for a name of which nothing is seen, Overlong, AddressTaken if `slug` is given and in use, Refused for
    members without voice, TooMany beyond the day's allowance.
    """
    standing.require_voice(by)
    allowances.spend(member=by, act="subject")
    if slug and naming.is_taken(slug):
        raise AddressTaken(field="slug")
    name = visible_line(name, field="name", most=LONGEST_NAME)
    summary = words(summary, field="summary", most=LONGEST_SUMMARY)
    sample_text = words(sample_text, field="sample_text", most=LONGEST_SAMPLE)
    subject = Subject(
        slug=slug or naming.address_for(name),
        name=name,
        kind=kind,
        category=category,
        summary=summary,
        sample_text=sample_text,
        creator=by,
        prior_mean=category.prior_mean,
    )
    try:
        with transaction.atomic():
            subject.save()
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        raise AddressTaken(field="slug") from error
    searching.index(subject)
    subject.refresh_from_db()
    return subject


def much_like(name: str, *, viewer: Any, limit: int = 5) -> QuerySet[Subject]:
    """Subjects that may be what someone is about to enter a second time."""
    return searching.matching(Subject.objects.visible_to(viewer), name).order_by("-rating_count", "id")[:limit]
