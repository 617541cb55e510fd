"""Pictures of a product: added, described, put in order, removed."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from commerce.catalog.errors import TooManyPictures, UnknownPicture
from commerce.catalog.locks import product_for_change
from commerce.catalog.models import Picture, Product, Variant
from community.members import standing
from community.uploads import binding
from community.uploads.models import Upload

MOST = 20


@transaction.atomic
def add_picture(
    *, by: Any, product: Product, upload_id: uuid.UUID, alt: str = "", variant: Variant | None = None
) -> Picture:
    """Show one of one's own uploads, last in the order; `variant` shows it with that one only.

    Raises NotThere, NotYourProduct, ProductRemoved, UnknownPicture, TooManyPictures.
    """
    standing.require_voice(by)
    row = product_for_change(by=by, product_id=product.pk)
    upload = Upload.objects.filter(pk=upload_id, owner=by).first()
    if upload is None or (variant is not None and variant.product_id != row.pk):
        raise UnknownPicture(field="picture")
    number = row.pictures.count()
    if number >= MOST:
        raise TooManyPictures
    try:
        with transaction.atomic():
            picture = Picture.objects.create(
                product=row, variant=variant, upload=upload, alt=(alt or upload.alt).strip()[:200], position=number
            )
    except IntegrityError as error:
        raise UnknownPicture(field="picture") from error
    binding.bind(by=by, ids=[upload.pk], target=row)
    return picture


@transaction.atomic
def describe(*, by: Any, picture: Picture, alt: str) -> Picture:
    """Say what it shows. Raises NotThere, NotYourProduct, ProductRemoved."""
    standing.require_voice(by)
    product_for_change(by=by, product_id=picture.product_id)
    picture.alt = alt.strip()[:200]
    picture.save(update_fields=["alt"])
    return picture


@transaction.atomic
def reorder(*, by: Any, product: Product, ids: Sequence[uuid.UUID]) -> None:
    """Put the pictures named first, in this order; the others follow as they stood. Ids of others are passed over."""
    standing.require_voice(by)
    row = product_for_change(by=by, product_id=product.pk)
    pictures = {one.pk: one for one in row.pictures.order_by("position", "id")}
    named = [pictures.pop(one) for one in dict.fromkeys(ids) if one in pictures]
    for position, picture in enumerate([*named, *pictures.values()]):
        picture.position = position
        picture.save(update_fields=["position"])


@transaction.atomic
def remove_picture(*, by: Any, picture: Picture) -> None:
    """Show it no more; the upload stays its owner's. Raises NotThere, NotYourProduct, ProductRemoved."""
    standing.require_voice(by)
    product_for_change(by=by, product_id=picture.product_id)
    picture.delete()


@transaction.atomic
def move(*, by: Any, picture: Picture, position: int) -> None:
    """Put one picture at a place, counted from 0; the others make room. Raises as `reorder`."""
    ids = list(
        Picture.objects.filter(product=picture.product_id).order_by("position", "id").values_list("pk", flat=True)
    )
    ids.remove(picture.pk)
    ids.insert(position, picture.pk)
    reorder(by=by, product=picture.product, ids=ids)
