"""Finding products, and lists of them."""

import uuid
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, cast

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet, Subquery, Value

from commerce.catalog import registering, searching
from commerce.catalog.filters import Filters
from commerce.catalog.models import Picture, Product, ProductKind, ProductQuerySet, Variant
from commerce.vendors.replying import mark_reply_times
from community.foundation import prepared
from community.foundation.problems import NotThere
from community.subjects.errors import UnknownCategory
from community.subjects.models import Category, Subject

PICTURES = Prefetch("pictures", Picture.objects.select_related("upload").order_by("position", "id"))


def find_product(slug: str, viewer: Any) -> Product:
    """The product at an address. Raises NotThere if there is none or `viewer` may not see it."""
    found = with_faces(Product.objects.visible_to(viewer).filter(slug=slug)).first()
    if found is None:
        raise NotThere
    return found


def find_for_page(slug: str, viewer: Any) -> Product:
    """As `find_product`, without pictures, by a statement that is kept. Raises NotThere."""
    signed_in = getattr(viewer, "is_authenticated", False)
    key = ("product's page", signed_in, getattr(viewer, "is_operator", False))
    found = prepared.first(key, partial(_on_page, viewer), by=viewer.pk if signed_in else None, slug=slug)
    if found is None:
        raise NotThere
    return found


def _on_page(viewer: Any, slug: str) -> QuerySet[Product]:
    rows = Product.objects.visible_to(viewer).filter(slug=slug)
    return rows.select_related("vendor__team", "subject__picture", "category")


def find_variant(variant_id: uuid.UUID, viewer: Any) -> Variant:
    """A variant by id. Raises NotThere if there is none or `viewer` may not see it."""
    rows = Variant.objects.visible_to(viewer).select_related("product__vendor")
    found = rows.filter(pk=variant_id).first()
    if found is None:
        raise NotThere
    return found


def products(
    viewer: Any, filters: Filters, branch: Sequence[uuid.UUID] | None = None
) -> tuple[ProductQuerySet, tuple[str, ...]]:
    """What is on sale of what was asked for, and the order to page it by. Nobody's drafts are among it.

    `branch` as in `asked_for`. Raises UnknownCategory, TooLongToSearch.
    """
    return with_faces(asked_for(filters, branch)), filters.columns


def branch_of(slug: str, tree: Sequence[Category]) -> list[uuid.UUID]:
    """The keys of the category at this address and of all below it; none where there is no such category."""
    top = next((one for one in tree if one.slug == slug), None)
    return [one.pk for one in tree if top and one.path.startswith(top.path)]


def asked_for(filters: Filters, branch: Sequence[uuid.UUID] | None = None) -> ProductQuerySet:
    """The bare rows on sale that meet the filters; `branch` holds the keys of the category asked for and all below it,
    where the caller knows them. Raises UnknownCategory, TooLongToSearch."""
    rows = Product.objects.on_sale()
    if filters.category:
        rows = rows.filter(category__in=branch if branch is not None else _branch(filters.category))
    if filters.vendor:
        rows = rows.filter(vendor__slug=filters.vendor)
    if filters.subject:
        rows = rows.filter(subject__slug=filters.subject)
    if filters.min_price is not None:
        rows = rows.filter(price__gte=filters.min_price)
    if filters.max_price is not None:
        rows = rows.filter(price__lte=filters.max_price)
    if filters.available:
        rows = rows.filter(available=True)
    for slug, values in filters.attributes.items():
        wanted = Q()
        for value in values:
            wanted |= Q(attributes__contains={slug: _typed(value)})
        rows = rows.filter(wanted)
    return cast(ProductQuerySet, searching.matching(rows, filters.words)) if filters.words.strip() else rows


def with_faces(rows: ProductQuerySet) -> ProductQuerySet:
    """Joined with what a card shows: seller, subject with its score, pictures. Two queries, however many rows."""
    return rows.select_related("vendor", "subject__picture", "category").prefetch_related(PICTURES)


def offers_of(subject: Subject, *, most: int = 20) -> list[Product]:
    """Who sells a subject now, cheapest first; what cannot be bought comes last. Each vendor with its reply time."""
    rows = Product.objects.on_sale().filter(subject=subject).select_related("vendor__team")
    offers = list(rows.order_by("-available", "price", "id")[:most])
    mark_reply_times(offer.vendor for offer in offers)
    return offers


def variants_of(products: Iterable[Product]) -> QuerySet[Variant]:
    """The active variants of these products, each with `can_buy`."""
    counted = registering.availability()
    can_buy: Any = Value(True)
    if counted:
        can_buy = ExpressionWrapper(Q(product__kind=ProductKind.DIGITAL) | counted, output_field=BooleanField())
    rows = Variant.objects.filter(product__in=list(products), active=True)
    return rows.annotate(can_buy=can_buy).order_by("position", "id")


def known_by_slugs(slugs: Sequence[str], viewer: Any) -> list[Product]:
    """The products at these addresses that the viewer may see, in the order asked for."""
    found = {one.slug: one for one in with_faces(Product.objects.visible_to(viewer).filter(slug__in=slugs))}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def _branch(slug: str) -> list[uuid.UUID]:
    top = Category.objects.filter(slug=slug).values("path")[:1]
    found = list(Category.objects.filter(path__startswith=Subquery(top)).values_list("pk", flat=True))
    if not found:
        raise UnknownCategory(field="category")
    return found


def _typed(value: str) -> str | bool:
    return {"yes": True, "no": False}.get(value, value)
