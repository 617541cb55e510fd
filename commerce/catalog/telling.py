"""What a product's page tells everyone, put together once and remembered for two seconds (docs/decisions/0037).

Whether a reader may see it, its lowest price, whether it can be bought and its score are read anew each time, and are
part of the key. What may be two seconds old are dearer variants, pictures, former prices and what other vendors ask; in
the process that changed the product not even those.
"""

import itertools
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import translation

from commerce.catalog import changes
from commerce.catalog.attributes import facts_of
from commerce.catalog.choosing import Shown, show
from commerce.catalog.models import Product, ProductState
from commerce.catalog.reading import PICTURES, offers_of
from community.foundation.near import Near

MOST = 500


@dataclass(frozen=True)
class Told:
    """`others` are other offers of the subject, `facts` (name, value). `shown.mark` is another at each putting together,
    so that what is drawn of it is drawn once, and None for a draft, which is drawn anew."""

    shown: Shown
    others: list[Product]
    facts: list[tuple[str, str]]


_told: Near[Told] = Near(seconds=changes.SECONDS, most=MOST)
_numbers = itertools.count(1)


def told_of(product: Product, *, variant: str = "", picture: str = "") -> Told:
    """What the page of a product, fetched by `reading.find_for_page`, tells; a draft's is put together anew."""
    if product.state != ProductState.LISTED:
        return _put_together(product, variant, picture, None)
    key = (_state_of(product), variant, picture, translation.get_language())
    return _told.once(key, lambda: _put_together(product, variant, picture, next(_numbers)))


def _put_together(product: Product, variant: str, picture: str, mark: int | None) -> Told:
    prefetch_related_objects([product], PICTURES)
    offers = offers_of(product.subject)
    product.vendor = next((one.vendor for one in offers if one.pk == product.pk), product.vendor)  # with its reply time
    return Told(
        shown=show(product, variant=variant, picture=picture, mark=mark),
        others=[one for one in offers if one.pk != product.pk],
        facts=facts_of(product.category, product.attributes),
    )


def _state_of(product: Product) -> Hashable:
    """All that is read anew at each request."""
    subject: Any = product.subject
    score = (subject.score, subject.rating_count, subject.review_count)
    row = (product.pk, product.version, product.price, product.available, product.vendor.version)
    return row, score, changes.last_of(product.pk)
