"""The tree of categories."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from community.subjects.errors import CategoryLoop
from community.subjects.models import Aspect, Category, SubjectKind


@transaction.atomic
def place_category(
    *, slug: str, name: str, name_ko: str = "", parent: Category | None = None, position: int = 0
) -> Category:
    """Make a category, or rename and move the one of this slug with all below it.

    Raises CategoryLoop if `parent` stands below it.
    """
    list(Category.objects.select_for_update().order_by("pk").values_list("pk"))
    path = f"{parent.path if parent else ''}{slug}/"
    known = Category.objects.filter(slug=slug).first()
    if known is None:
        prior = {"prior_mean": parent.prior_mean, "prior_count": parent.prior_count} if parent else {}
        return Category.objects.create(
            slug=slug, name=name, name_ko=name_ko, parent=parent, path=path, position=position, **prior
        )
    if parent and parent.path.startswith(known.path):
        raise CategoryLoop(field="parent")
    if path != known.path:
        below = Category.objects.within(known).exclude(pk=known.pk)
        below.update(path=Concat(Value(path), Substr(F("path"), len(known.path) + 1)))
    known.name, known.name_ko, known.parent, known.path, known.position = name, name_ko, parent, path, position
    known.save()
    return known


def aspects_of(category: Category) -> list[Aspect]:
    """The aspects that reviews in this category may rate: its own, and those of the categories above it."""
    parts = category.path.strip("/").split("/")
    paths = ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
    rows = Aspect.objects.filter(category__path__in=paths).select_related("category")
    by_slug: dict[str, Aspect] = {}
    for aspect in sorted(rows, key=lambda row: len(row.category.path)):
        by_slug[aspect.slug] = aspect
    return sorted(by_slug.values(), key=lambda row: (row.position, row.slug))


ROOTS = {
    SubjectKind.PRODUCT: ("goods", "Goods", "물건"),
    SubjectKind.BRAND: ("brands", "Brands", "브랜드"),
    SubjectKind.PLACE: ("places", "Places", "장소"),
    SubjectKind.WORK: ("works", "Works", "작품"),
}


def root_of_kind(kind: str) -> Category:
    """The root category for a kind of subject, made if an operator deleted it."""
    slug, name, name_ko = ROOTS[SubjectKind(kind)]
    return Category.objects.filter(slug=slug).first() or place_category(slug=slug, name=name, name_ko=name_ko)
