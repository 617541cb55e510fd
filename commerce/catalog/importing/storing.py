"""Rows of an import into the database, each batch in one transaction, idempotent by the vendor's SKUs.

A known SKU gets the price and stock of its row, and nothing else of its product changes; a new one becomes a variant, of
a new product unless the vendor has one of that subject and title. Stock is counted before products are locked
(commerce.catalog.locks); of new variants after, since nobody else can know them.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from commerce.catalog import naming, registering, searching, summaries
from commerce.catalog.importing.checking import Row
from commerce.catalog.importing.subjects import Subjects
from commerce.catalog.models import PricePoint, Product, ProductState, Variant
from commerce.catalog.offering import MOST_OPTIONS, MOST_VALUES
from commerce.catalog.variants import MOST_VARIANTS
from commerce.vendors.models import Vendor
from community.foundation import clock, markdown
from community.outbox.events import publish, publish_all
from community.subjects.models import Steward


@dataclass
class Outcome:
    """What became of a batch; `refused` holds (line number, reason)."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def store(rows: Sequence[Row], *, vendor: Vendor, by: Any, subjects: Subjects) -> Outcome:
    """Store one batch in the order of the file; `by` is None for an operator's command."""
    outcome = Outcome()
    known = {one.sku: one for one in Variant.objects.filter(vendor=vendor, sku__in=[row.sku for row in rows])}
    old = [row for row in rows if row.sku in known]
    new = [row for row in rows if row.sku not in known]
    counted = {known[row.sku].pk: row.on_hand for row in old if row.on_hand is not None}
    registering.count_stock(by=by, on_hand=counted)
    products = _Products(vendor, subjects)
    touched = _reprice(old, known, by, outcome)
    made = _insert(new, products, by, outcome)
    registering.count_stock(by=by, on_hand={pk: row.on_hand for pk, row in made.items() if row.on_hand is not None})
    summaries.refresh(touched | products.touched)
    return outcome


def _reprice(rows: Sequence[Row], known: dict[str, Variant], by: Any, outcome: Outcome) -> set[uuid.UUID]:
    """Give known variants the prices of their rows; gives the products whose summary changes."""
    products = {known[row.sku].product_id for row in rows}
    list(Product.objects.select_for_update(no_key=True).filter(pk__in=products).order_by("pk").values_list("pk"))
    ids = [known[row.sku].pk for row in rows]
    fresh = {one.sku: one for one in Variant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
    changed = []
    for row in rows:
        variant = fresh[row.sku]
        if variant.price == row.price:
            outcome.unchanged += 1
            continue
        before, variant.price = variant.price, row.price
        changed.append(variant)
        payload = {
            "variant": str(variant.pk), "product": str(variant.product_id), "before": before, "price": row.price
        }  # fmt: skip
        publish(topic="product.price_changed", key=str(variant.pk), payload=payload)
        outcome.updated += 1
    Variant.objects.bulk_update(changed, ["price"], batch_size=1000)
    PricePoint.objects.bulk_create([PricePoint(variant=one, price=one.price, by=by) for one in changed])
    return products


def _insert(rows: Sequence[Row], products: "_Products", by: Any, outcome: Outcome) -> dict[uuid.UUID, Row]:
    """Make variants, of new products where there is none yet; gives their rows by key."""
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.product_key].append(row)
    variants: list[Variant] = []
    by_key: dict[uuid.UUID, Row] = {}
    products.prepare(grouped)
    for key, group in grouped.items():
        product, there = products.of(key, group)
        for row in group:
            problem = _unfit(product, row, there)
            if problem:
                outcome.refused.append((row.number, problem))
                continue
            there.append(row.options)
            variant = Variant(
                product=product, vendor_id=product.vendor_id, sku=row.sku, options=row.options, price=row.price,
                position=len(there) - 1,
            )  # fmt: skip
            variants.append(variant)
            by_key[variant.pk] = row
        products.keep(key, any(one.product is product for one in variants[-len(group) :]))
    products.save()
    Variant.objects.bulk_create(variants, batch_size=1000)
    PricePoint.objects.bulk_create(
        [PricePoint(variant=one, price=one.price, by=by) for one in variants], batch_size=1000
    )
    outcome.imported += len(variants)
    return by_key


def _unfit(product: Product, row: Row, there: list[dict[str, str]]) -> str:
    names = {option["name"]: option["values"] for option in product.options}
    if set(row.options) != set(names) or any(value not in names[name] for name, value in row.options.items()):
        return "the options differ from those of the product"
    if row.options in there:
        return "another variant has these options already"
    if len(there) >= MOST_VARIANTS:
        return f"a product has up to {MOST_VARIANTS} variants"
    return ""


class _Products:
    """The products of a batch by (subject, title): those of the vendor, and new ones to insert at once."""

    def __init__(self, vendor: Vendor, subjects: Subjects) -> None:
        self.vendor, self.subjects = vendor, subjects
        self.touched: set[uuid.UUID] = set()
        self._known: dict[tuple[uuid.UUID, str], Product] = {}
        self._options: dict[uuid.UUID, list[dict[str, str]]] = defaultdict(list)
        self._new: dict[tuple[str, str], Product] = {}
        self._slugs: set[str] = set()

    def prepare(self, grouped: dict[tuple[str, str], list[Row]]) -> None:
        """Look up, in a constant number of queries, what `of` needs. Known products are locked."""
        self.subjects.prepare([group[0] for group in grouped.values()])
        ids = [self.subjects.of(key[0]).pk for key in grouped]
        rows = Product.objects.select_for_update(no_key=True, of=("self",)).filter(vendor=self.vendor, subject__in=ids)
        for product in rows.exclude(state=ProductState.REMOVED).order_by("pk"):
            self._known[product.subject_id, product.title] = product
        there = Variant.objects.filter(product__in=list(self._known.values()), active=True)
        for product_id, options in there.values_list("product_id", "options"):
            self._options[product_id].append(options)
        wanted = {naming.plain_address(title) for _subject, title in grouped}
        self._slugs = set(Product.objects.filter(slug__in=wanted).values_list("slug", flat=True)) | set(naming.RESERVED)

    def of(self, key: tuple[str, str], group: Sequence[Row]) -> tuple[Product, list[dict[str, str]]]:
        """The product, and the options of its variants so far."""
        subject = self.subjects.of(key[0])
        known = self._known.get((subject.pk, key[1]))
        if known is None:
            known = self._new[key] = self._make(subject, key[1], group)
        else:
            self.touched.add(known.pk)
        return known, self._options[known.pk]

    def keep(self, key: tuple[str, str], filled: bool) -> None:
        """A new product without any variant is not made."""
        if not filled:
            self._new.pop(key, None)

    def save(self) -> None:
        """Insert the new products; the vendor's team becomes steward of their subjects."""
        new = list(self._new.values())
        Product.objects.bulk_create(new, batch_size=500)
        self.touched |= {one.pk for one in new}
        Vendor.objects.filter(pk=self.vendor.pk).update(product_count=F("product_count") + len(new))
        subjects = {one.subject_id for one in new}
        stewards = [Steward(subject_id=pk, team_id=self.vendor.team_id) for pk in sorted(subjects)]
        Steward.objects.bulk_create(stewards, ignore_conflicts=True, batch_size=1000)
        publish_all(topic="product.listed", told=[(str(one.pk), {"product": str(one.pk)}) for one in new])

    def _make(self, subject: Any, title: str, group: Sequence[Row]) -> Product:
        first = group[0]
        options = _options_of(group)
        literal = searching.document(
            title=title, summary=first.summary, text=first.description, subject=subject.name, vendor=self.vendor.name,
            values=[value for option in options for value in option["values"]],
        )  # fmt: skip
        return Product(
            vendor=self.vendor, subject=subject, category_id=self.subjects.category_of(first, subject),
            slug=self._slug(title), title=title, summary=first.summary, source=first.description,
            html=markdown.render(first.description).html if first.description else "", renderer=markdown.VERSION,
            kind=first.kind, options=options, state=ProductState.LISTED, listed_at=clock.now(),
            price=min(row.price for row in group), search=Cast(Value(literal), SearchVectorField()),
        )  # fmt: skip

    def _slug(self, title: str) -> str:
        plain = naming.plain_address(title)
        slug = naming.with_mark(plain) if plain in self._slugs else plain
        self._slugs.add(slug)
        return slug


def _options_of(group: Sequence[Row]) -> list[dict[str, Any]]:
    """The options of a new product: the names of its first row, with the values of all rows in their order."""
    names = list(group[0].options)[:MOST_OPTIONS]
    return [
        {"name": name, "values": list(dict.fromkeys(row.options[name] for row in group if name in row.options))[:MOST_VALUES]}
        for name in names
    ]  # fmt: skip
