"""Correcting what a subject is called and where it stands."""

from typing import Any

from django.db import transaction

from community.foundation.characters import visible_line, words
from community.members import allowances, standing
from community.subjects import naming, searching
from community.subjects.errors import AddressTaken, NotYourSubject
from community.subjects.locks import subject_for_change
from community.subjects.models import (
    LONGEST_NAME,
    LONGEST_SAMPLE,
    LONGEST_SUMMARY,
    Category,
    FormerAddress,
    Steward,
    Subject,
)


def may_edit(member: Any, subject: Subject) -> bool:
    """Its creator, its stewards' teams and moderators may."""
    if not getattr(member, "is_authenticated", False):
        return False
    if member.moderates_somewhere or subject.creator_id == member.pk:
        return True
    return answers_for(member, subject)


def answers_for(member: Any, subject: Subject) -> bool:
    """Whether a team that `member` belongs to is a steward of the subject."""
    return Steward.objects.filter(subject=subject, team__memberships__member=member).exists()


@transaction.atomic
def edit_subject(
    *,
    by: Any,
    subject: Subject,
    name: str | None = None,
    kind: str | None = None,
    category: Category | None = None,
    summary: str | None = None,
    sample_text: str | None = None,
    slug: str | None = None,
) -> Subject:
    """Change what is given. A former address leads on.

    Raises NotYourSubject, Blank, Overlong, AddressTaken, MergedAway.
    """
    standing.require_voice(by)
    if not may_edit(by, subject):
        raise NotYourSubject
    allowances.spend(member=by, act="edit")
    row = subject_for_change(subject.pk)
    if name is not None:
        row.name = visible_line(name, field="name", most=LONGEST_NAME)
    row.kind = kind or row.kind
    if summary is not None:
        row.summary = words(summary, field="summary", most=LONGEST_SUMMARY)
    if sample_text is not None:
        row.sample_text = words(sample_text, field="sample_text", most=LONGEST_SAMPLE)
    if category is not None and category.pk != row.category_id:
        row.category, row.prior_mean = category, category.prior_mean
    if slug and slug != row.slug:
        _readdress(row, slug)
    row.save(update_fields=["name", "kind", "summary", "sample_text", "category", "prior_mean", "slug"])
    searching.index(row)
    row.refresh_from_db()
    return row


def _readdress(subject: Subject, slug: str) -> None:
    own = FormerAddress.objects.filter(slug=slug, subject=subject)
    if not own.exists() and naming.is_taken(slug):
        raise AddressTaken(field="slug")
    own.delete()
    FormerAddress.objects.create(slug=subject.slug, subject=subject)
    subject.slug = slug
