"""How many products each further filter would leave. Each group is counted with every filter but its own, so that one
sees what else there is; beyond CAP rows nobody counts on: "10,000+"."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from commerce import money
from commerce.catalog import attributes as attribute_values
from commerce.catalog.filters import Filters
from commerce.catalog.models import Attribute, AttributeKind
from commerce.catalog.reading import asked_for, branch_of
from commerce.vendors.models import Vendor
from community.subjects.models import Category

CAP = 10_000
BANDS = (10_000, 30_000, 50_000, 100_000)
"""Bounds of the price bands in won; of a currency with decimals a thousandth, in whole units."""
MOST_VENDORS = 12


@dataclass(frozen=True)
class Choice:
    """A further filter: its words, how many products it leaves, the address that takes it or gives it up."""

    label: str
    number: int
    url: str
    chosen: bool = False
    depth: int = 0

    @property
    def capped(self) -> bool:
        return self.number > CAP


@dataclass(frozen=True)
class Group:
    """Choices under one heading."""

    title: str
    choices: list[Choice]
    of_attribute: bool = False


@dataclass(frozen=True)
class Facets:
    """`here` is the category asked for; `total` the products that all filters leave, CAP + 1 for "more"."""

    total: int
    categories: list[Choice]
    groups: list[Group]
    available: Choice
    here: Category | None
    chosen: list[Choice] = field(default_factory=list)
    """What narrows the list now, each with the address that gives it up."""

    @property
    def capped(self) -> bool:
        return self.total > CAP


@dataclass(frozen=True)
class _Counts:
    """Of the products that some filters leave, at most CAP + 1 of them: how many in all and by each property."""

    total: int
    available: int
    categories: dict[Any, int]
    vendors: dict[Any, int]
    bands: dict[Any, int]


class _Counting:
    """Counts for filters, each set of them counted once; groups whose filter is not in use share one query."""

    def __init__(self, tree: Sequence[Category]) -> None:
        self.tree = tree
        self._known: dict[str, _Counts] = {}

    def of(self, filters: Filters) -> _Counts:
        key = filters.query
        if key not in self._known:
            self._known[key] = self._count(filters)
        return self._known[key]

    def rows(self, filters: Filters, *columns: str) -> tuple[str, tuple[Any, ...]]:
        """The SQL of at most CAP + 1 rows, and its parameters."""
        branch = branch_of(filters.category, self.tree)
        return asked_for(filters, branch).order_by().values(*columns)[: CAP + 1].query.sql_with_params()

    def _count(self, filters: Filters) -> _Counts:
        sql, params = self.rows(filters, "category_id", "vendor_id", "price", "available")
        bounds = ", ".join(str(bound) for bound in _bounds())
        banded = f"SELECT *, width_bucket(price, ARRAY[{bounds}]::bigint[]) AS band FROM ({sql}) AS asked"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT grouping(category_id, vendor_id, band), category_id, vendor_id, band,"  # noqa: S608
                f" count(*), count(*) FILTER (WHERE available) FROM ({banded}) AS banded"
                " GROUP BY GROUPING SETS ((), (category_id), (vendor_id), (band))",
                params,
            )
            found = cursor.fetchall()
        by_set: dict[int, dict[Any, int]] = {3: {}, 5: {}, 6: {}}
        total = available = 0
        for grouped, category, vendor, band, number, there in found:
            if grouped == 7:  # no column is grouped by: the whole
                total, available = number, there
            else:
                by_set[grouped][{3: category, 5: vendor, 6: band}[grouped]] = number
        return _Counts(total, available, by_set[3], by_set[5], by_set[6])


def all_categories() -> list[Category]:
    return list(Category.objects.order_by("path"))


def facets_of(filters: Filters, tree: Sequence[Category] | None = None) -> Facets:
    """Everything that the side of the shop shows: at most three queries, and one more for each filter in use.

    `tree` are all categories by their paths, where the caller has them.
    """
    tree = all_categories() if tree is None else tree
    here = next((one for one in tree if one.slug == filters.category), None)
    counting = _Counting(tree)
    counts = counting.of(filters.but(available=False))
    groups = [_prices(filters, counting), _vendors(filters, counting), *_attributes(filters, here, counting)]
    taken_or_given_up = filters.but(available=not filters.available).query
    available = Choice(_("Available now"), counts.available, taken_or_given_up, filters.available)
    return Facets(
        total=counts.available if filters.available else counts.total,
        categories=_categories(filters, counting, here),
        groups=[group for group in groups if len(group.choices) > 1 or any(one.chosen for one in group.choices)],
        available=available,
        here=here,
        chosen=_chosen(filters, here, available, groups),
    )


def _chosen(filters: Filters, here: Category | None, available: Choice, groups: Sequence[Group]) -> list[Choice]:
    """Category, availability, then what each group says; a price of the reader's own bounds is in no group."""
    found = [Choice(here.shown_name, 0, filters.but(category="", attributes={}).query, chosen=True)] if here else []
    found += [available] if available.chosen else []
    for group in groups:
        found += [
            dataclasses.replace(one, label=f"{group.title}: {one.label}" if group.of_attribute else one.label)
            for one in group.choices
            if one.chosen
        ]
    bounded = (filters.min_price, filters.max_price) != (None, None)
    if bounded and not any(one.chosen for one in groups[0].choices):
        found.append(
            Choice(_bounds_in_words(filters), 0, filters.but(min_price=None, max_price=None).query, chosen=True)
        )
    return found


def _bounds_in_words(filters: Filters) -> str:
    low, high = filters.min_price, filters.max_price
    if low is None:
        return _("at most %(price)s") % {"price": money.formatted(high or 0)}
    if high is None:
        return _("%(price)s and more") % {"price": money.formatted(low)}
    return _("%(low)s to %(high)s") % {"low": money.formatted(low), "high": money.formatted(high)}


def _categories(filters: Filters, counting: _Counting, here: Category | None) -> list[Choice]:
    """The way down to the category asked for and what lies below it; without one, the roots that hold something."""
    own = counting.of(filters.but(category="")).categories
    numbers = {
        one.pk: sum(own.get(row.pk, 0) for row in counting.tree if row.path.startswith(one.path))
        for one in counting.tree
        if _near(one, here)
    }
    return [
        Choice(
            one.shown_name, numbers[one.pk], filters.but(category=one.slug, attributes={}).query, one == here, one.depth
        )
        for one in counting.tree
        if numbers.get(one.pk)
    ]


def _near(one: Category, here: Category | None) -> bool:
    if here is None:
        return one.depth <= 1
    return here.path.startswith(one.path) or one.parent_id == here.pk or one.depth == 0


def _bounds() -> list[int]:
    places = money.decimals(settings.CURRENCY)
    return [bound * 10**places // (1000 if places else 1) for bound in BANDS]


def _prices(filters: Filters, counting: _Counting) -> Group:
    bounds, numbers = _bounds(), counting.of(filters.but(min_price=None, max_price=None)).bands
    choices = []
    for place in range(len(bounds) + 1):
        low = bounds[place - 1] if place else None
        high = bounds[place] - 1 if place < len(bounds) else None
        chosen = (filters.min_price, filters.max_price) == (low, high) and (low, high) != (None, None)
        wanted = filters.but(min_price=None, max_price=None) if chosen else filters.but(min_price=low, max_price=high)
        if numbers.get(place) or chosen:
            choices.append(Choice(_band(bounds, place), numbers.get(place, 0), wanted.query, chosen))
    return Group(_("Price"), choices)


def _band(bounds: Sequence[int], place: int) -> str:
    if not place:
        return _("under %(price)s") % {"price": money.formatted(bounds[0])}
    if place == len(bounds):
        return _("%(price)s and more") % {"price": money.formatted(bounds[-1])}
    low, high = money.formatted(bounds[place - 1]), money.formatted(bounds[place])
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _vendors(filters: Filters, counting: _Counting) -> Group:
    numbers = counting.of(filters.but(vendor="")).vendors
    most = sorted(numbers, key=lambda pk: -numbers[pk])[:MOST_VENDORS]
    known = Vendor.objects.open().filter(Q(pk__in=most) | Q(slug=filters.vendor)).order_by("name", "pk")
    choices = [
        Choice(
            one.name,
            numbers.get(one.pk, 0),
            filters.but(vendor="" if one.slug == filters.vendor else one.slug).query,
            one.slug == filters.vendor,
        )
        for one in known
    ]
    return Group(_("Seller"), choices)


def _attributes(filters: Filters, here: Category | None, counting: _Counting) -> list[Group]:
    """One group for each attribute of a list or of yes and no; the values of one attribute count without it."""
    known = [one for one in attribute_values.attributes_of(here) if one.kind != AttributeKind.NUMBER] if here else []
    numbers: dict[tuple[str, str], int] = {}
    asked = [one.slug for one in known if one.slug in filters.attributes]
    for left_out in ["", *asked] if known else []:
        rest = {slug: values for slug, values in filters.attributes.items() if slug != left_out}
        for name, value, number in _said(filters.but(attributes=rest), counting):
            if name == left_out or (not left_out and name not in asked):
                numbers[name, value] = number
    return [_attribute(filters, one, numbers) for one in known]


def _said(filters: Filters, counting: _Counting) -> list[tuple[str, str, int]]:
    """(attribute, value, number of products)"""
    sql, params = counting.rows(filters, "attributes")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, value, count(*) FROM ({sql}) AS asked"  # noqa: S608  (the names are ours, values are parameters)
            " CROSS JOIN LATERAL jsonb_each_text(asked.attributes) AS said(name, value) GROUP BY 1, 2",
            params,
        )
        return cursor.fetchall()


def _attribute(filters: Filters, attribute: Attribute, numbers: dict[tuple[str, str], int]) -> Group:
    chosen = filters.attributes.get(attribute.slug, ())
    values = [("yes", "true", _("yes")), ("no", "false", _("no"))]
    if attribute.kind == AttributeKind.CHOICE:
        values = [(value, value, value) for value in attribute.choices]
    choices = [
        Choice(label, numbers.get((attribute.slug, stored), 0), filters.toggled(attribute.slug, asked).query, asked in chosen)
        for asked, stored, label in values
    ]  # fmt: skip
    return Group(attribute.shown_name, [one for one in choices if one.number or one.chosen], of_attribute=True)
