"""Subjects of an import by their keys; made where there is none yet, in the category that the row names."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from commerce.catalog.importing.checking import Row
from community.reviews.importing.catalogue import Catalogue, Title
from community.subjects import searching
from community.subjects.models import Category, FormerAddress, Subject, SubjectKind


class Subjects:
    """A row without a category gets one by its key, as in the import of reviews: "book-1" is a book."""

    def __init__(self) -> None:
        self.categories = {one.slug: one for one in Category.objects.all()}
        self._found: dict[str, Subject] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up, or make, the subjects of these rows."""
        self._found = {}
        self._look_up({row.subject for row in rows})
        missing = [row for row in rows if row.subject not in self._found]
        placed = [row for row in missing if row.category]
        Subject.objects.bulk_create([self._row(row) for row in placed], ignore_conflicts=True, batch_size=1000)
        others = {row.subject: Title(row.title, {"authors": row.summary} if row.summary else {}) for row in missing}
        Catalogue(others).ids(key for key in others if key not in {row.subject for row in placed})
        self._look_up({row.subject for row in missing})

    def of(self, key: str) -> Subject:
        return self._found[key]

    def category_of(self, row: Row, subject: Any) -> UUID:
        known = self.categories.get(row.category)
        return known.pk if known else subject.category_id

    def _look_up(self, keys: set[str]) -> None:
        former = FormerAddress.objects.filter(slug__in=keys, subject__merged_into=None).select_related("subject")
        self._found.update({one.slug: one.subject for one in former})
        self._found.update({one.slug: one for one in Subject.objects.filter(slug__in=keys, merged_into=None)})

    def _row(self, row: Row) -> Subject:
        category = self.categories[row.category]
        literal = searching.document(name=row.title, summary=row.summary, facts={})
        return Subject(
            slug=row.subject, name=row.title, kind=SubjectKind.PRODUCT, category=category, summary=row.summary,
            prior_mean=category.prior_mean, search=Cast(Value(literal), SearchVectorField()),
        )  # fmt: skip
