"""Variants for the SKUs of an import. What the vendor does not sell yet becomes a product, on sale and out of stock, since an
import of orders counts none."""

import hashlib
import re
from collections.abc import Iterable

from commerce.catalog.importing import storing
from commerce.catalog.importing.checking import Row as ProductRow
from commerce.catalog.importing.subjects import Subjects
from commerce.catalog.models import Variant
from commerce.imports.gathering import Goods
from commerce.vendors.models import Vendor
from community.subjects.categories import root_of_kind
from community.subjects.models import Category, SubjectKind

_FOREIGN = re.compile(r"[^-\w]+")
LONGEST_KEY = 80


class Provider:
    """The variants of a vendor by SKU, made where there is none."""

    def __init__(self, vendor: Vendor, goods: dict[str, Goods], category: Category | None) -> None:
        self.vendor, self.goods = vendor, goods
        self.made = 0
        self._category = category
        self._variants: dict[str, Variant] = {}
        self._refused: dict[str, str] = {}

    def provide(self, skus: Iterable[str]) -> None:
        """Know, or make, the variants of these SKUs."""
        unknown = sorted(set(skus) - self._variants.keys() - self._refused.keys())
        if unknown:
            self._look_up(unknown)
            missing = [sku for sku in unknown if sku not in self._variants]
            if missing:
                self._make(missing)
                self._look_up(missing)

    def known(self, sku: str) -> Variant:
        """The variant of a provided SKU that was not refused."""
        return self._variants[sku]

    def refusal(self, skus: Iterable[str]) -> str:
        """Why the first of these SKUs that has none has no variant; empty if all have one."""
        return next((f"“{sku}”: {self._refused[sku]}" for sku in skus if sku in self._refused), "")

    def _look_up(self, skus: list[str]) -> None:
        rows = Variant.objects.filter(vendor=self.vendor, sku__in=skus).select_related("product")
        self._variants.update({row.sku: row for row in rows})

    def _make(self, skus: list[str]) -> None:
        rows = [self._row(place, sku) for place, sku in enumerate(skus)]
        outcome = storing.store(rows, vendor=self.vendor, by=None, subjects=Subjects())
        self.made += outcome.imported
        self._refused.update({skus[place]: reason for place, reason in outcome.refused})

    def _row(self, place: int, sku: str) -> ProductRow:
        goods = self.goods[sku]
        return ProductRow(
            number=place, subject=self._key(sku), title=goods.title, sku=sku, price=goods.price, on_hand=None,
            category=self._category_slug(),
        )  # fmt: skip

    def _key(self, sku: str) -> str:
        """The address of the subject: the vendor's own, so that nothing of others is taken for it."""
        whole = f"{self.vendor.slug}-{sku}".casefold()
        key = _FOREIGN.sub("-", whole)
        if key == whole and len(key) <= LONGEST_KEY and sku == sku.upper():
            return key
        mark = hashlib.sha256(sku.encode()).hexdigest()[:8]
        return f"{key[: LONGEST_KEY - 9]}-{mark}"

    def _category_slug(self) -> str:
        if self._category is None:
            self._category = root_of_kind(SubjectKind.PRODUCT)
        return self._category.slug
