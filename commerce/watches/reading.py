"""A member's watches with what they name as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commerce.catalog.models import Product
from commerce.catalog.reading import variants_of, with_faces
from commerce.watches.models import Watch
from community.foundation import paging
from community.foundation.paging import Page
from community.foundation.problems import NotThere


@dataclass(frozen=True)
class Watched:
    """A watch beside the present price (smallest units) and whether it can be bought now."""

    watch: Watch
    price: int
    can_buy: bool

    @property
    def pk(self) -> UUID:
        return self.watch.pk

    @property
    def address(self) -> str:
        """The product's page, with the variant in front."""
        page = self.watch.product.get_absolute_url()
        return f"{page}?variant={self.watch.variant_id}" if self.watch.variant_id else page


def page_of(
    member: Any, *, product: Product | None = None, cursor: str | None = None, size: int = paging.PAGE_SIZE
) -> Page[Any]:
    """What the member watches and is on sale, the latest first; as many queries however many rows."""
    rows = Watch.objects.visible_to(member).select_related("variant")
    if product is not None:
        rows = rows.filter(product=product)
    page = paging.keyset(rows, order=("-id",), cursor=cursor, size=size)
    return Page(watched(page.items), page.next, page.previous, page.order)  # type: ignore[type-var]


def one_of(member: Any, watch_id: UUID) -> Watched:
    """Raises NotThere."""
    found = watched(Watch.objects.visible_to(member).select_related("variant").filter(pk=watch_id))
    if not found:
        raise NotThere
    return found[0]


def watched(watches: Iterable[Watch]) -> list[Watched]:
    """These watches with the faces of their products, in order."""
    rows = list(watches)
    found = with_faces(Product.objects.on_sale().filter(pk__in={one.product_id for one in rows}))
    products = {one.pk: one for one in found}
    variants: list[Any] = list(variants_of(products.values())) if any(one.variant_id for one in rows) else []
    can_buy = {one.pk: one.can_buy for one in variants}
    shown = []
    for row in rows:
        if row.product_id not in products:
            continue  # went off sale since it was read
        row.product = products[row.product_id]
        if row.variant is not None:
            shown.append(Watched(row, row.variant.price, can_buy.get(row.variant_id, False)))
        else:
            shown.append(Watched(row, row.product.price or 0, row.product.available))
    return shown


def asleep(member: Any) -> int:
    """How many things the member watches that are not on sale at present."""
    own = Watch.objects.of(member)
    return own.exclude(pk__in=own.on_sale().values("pk")).count()
