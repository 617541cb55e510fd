"""Which picture stands for a variant in a cart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from commerce.catalog.models import Picture as Row
from commerce.catalog.models import Variant


@dataclass(frozen=True)
class Picture:
    upload: Any
    alt: str


def pictures_of(variants: Sequence[Variant]) -> dict[UUID, Picture]:
    """The variant's own first, then the product's, then its subject's. Two queries, however many variants."""
    products = [variant.product for variant in variants]
    if products:
        rows = Row.objects.select_related("upload").order_by("position", "id")
        prefetch_related_objects(products, Prefetch("pictures", rows), "subject__picture")
    found = {variant.pk: _picture(variant) for variant in variants}
    return {key: picture for key, picture in found.items() if picture is not None}


def _picture(variant: Variant) -> Picture | None:
    rows = list(variant.product.pictures.all())
    own = [row for row in rows if row.variant_id == variant.pk] or [row for row in rows if row.variant_id is None]
    if own:
        return Picture(own[0].upload, own[0].alt)
    upload = variant.product.subject.picture
    return Picture(upload, upload.alt) if upload else None
