"""Finding a subject by address, and lists of them."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from community.foundation.problems import Invalid, NotThere
from community.subjects import searching
from community.subjects.errors import UnknownCategory
from community.subjects.models import Category, FormerAddress, Subject, SubjectQuerySet

ORDERS: dict[str, tuple[str, ...]] = {
    "score": ("-score",),
    "ratings": ("-rating_count",),
    "new": ("-created_at",),
    "name": ("name",),
}


def find_subject(slug: str, viewer: Any) -> Subject:
    """The subject at an address, or the one that a former address leads to.

    Raises NotThere if there is none or `viewer` may not see it.
    """
    rows = Subject.objects.visible_to(viewer).select_related("category", "picture", "sample_sound")
    found = rows.filter(slug=slug).first()
    if found is None:
        former = FormerAddress.objects.filter(slug=slug).values("subject")
        found = rows.filter(pk__in=former).first()
    if found is None:
        raise NotThere
    return found


def list_subjects(
    *, viewer: Any, words: str = "", category: str = "", kind: str = "", order: str = ""
) -> tuple[SubjectQuerySet, tuple[str, ...]]:
    """The subjects asked for and the order to page them by.

    Raises UnknownCategory, Invalid for an unknown order, TooLongToSearch.
    """
    if order and order not in ORDERS:
        raise Invalid(code="invalid_choice", field="order")
    rows = Subject.objects.visible_to(viewer).select_related("category", "picture")
    if category:
        branch = Category.objects.filter(slug=category).first()
        if branch is None:
            raise UnknownCategory(field="category")
        rows = rows.in_category(branch)
    if kind:
        rows = rows.filter(kind=kind)
    if words.strip():
        rows = cast(SubjectQuerySet, searching.matching(rows, words))
        order = order or "ratings"
    return rows, ORDERS[order or "score"]


@dataclass(frozen=True)
class Branch:
    """A category with the number of subjects in it and below it that the reader may see."""

    category: Category
    number: int
    depth: int


def branches(viewer: Any) -> list[Branch]:
    """The whole tree, in its order, without branches that hold nothing."""
    rows = Subject.objects.visible_to(viewer).filter(category=OuterRef("pk")).order_by().values("category")
    number = Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
    every = list(Category.objects.order_by("path").annotate(number=number))
    found = [Branch(one, sum(row.number for row in every if row.path.startswith(one.path)), one.depth) for one in every]
    return [branch for branch in found if branch.number]
