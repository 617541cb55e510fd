"""How many products each further filter would leave. Each group is counted with every filter but its own, so that one
sees what else there is; beyond CAP rows nobody counts on: "10,000+". One statement counts them all."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

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


@dataclass
class _Counts:
    """Of the products that some filters leave, at most CAP + 1 of them: how many in all and by each property.

    `said` counts by (attribute, value).
    """

    total: int = 0
    available: int = 0
    categories: dict[UUID, int] = field(default_factory=dict)
    vendors: dict[UUID, int] = field(default_factory=dict)
    bands: dict[int, int] = field(default_factory=dict)
    said: dict[tuple[str, str], int] = field(default_factory=dict)


class _Counting:
    """Counts for several filters, which differ by what they leave out: all of them by one statement."""

    def __init__(self, tree: Sequence[Category], wanted: Iterable[Filters]) -> None:
        self.tree = tree
        self._numbers = {key: number for number, key in enumerate(dict.fromkeys(one.query for one in wanted))}
        self._found = [_Counts() for _key in self._numbers]
        by_key = {one.query: one for one in wanted}
        self._ask([by_key[key] for key in self._numbers])

    def of(self, filters: Filters) -> _Counts:
        return self._found[self._numbers[filters.query]]

    def _ask(self, sets: Sequence[Filters]) -> None:
        bounds = ", ".join(str(bound) for bound in _bounds())
        parts: list[str] = []
        counts: list[str] = []
        params: list[Any] = []
        for number, filters in enumerate(sets):
            sql, own = self._rows(filters)
            params += own
            parts.append(
                f"r{number} AS MATERIALIZED (SELECT *, width_bucket(price, ARRAY[{bounds}]::bigint[]) AS band"  # noqa: S608  (numbers of ours; values are parameters)
                f" FROM ({sql}) AS asked)"
            )
            counts.append(_COUNTED.format(number=number))
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(parts)} {' UNION ALL '.join(counts)}", params)
            for number, *row in cursor.fetchall():
                _put(self._found[number], *row)

    def _rows(self, filters: Filters) -> tuple[str, tuple[Any, ...]]:
        """The SQL of at most CAP + 1 rows, and its parameters."""
        rows = asked_for(filters, branch_of(filters.category, self.tree)).order_by()
        columns = ("category_id", "vendor_id", "price", "available", "attributes")
        return rows.values(*columns)[: CAP + 1].query.sql_with_params()


_COUNTED = (
    "SELECT {number}, grouping(category_id, vendor_id, band), category_id, vendor_id, band, NULL, NULL, count(*),"
    " count(*) FILTER (WHERE available) FROM r{number} GROUP BY GROUPING SETS ((), (category_id), (vendor_id), (band))"
    " UNION ALL SELECT {number}, NULL, NULL, NULL, NULL, name, value, count(*), 0 FROM r{number}"
    " CROSS JOIN LATERAL jsonb_each_text(r{number}.attributes) AS said(name, value) GROUP BY name, value"
)


def _put(
    counts: _Counts, grouped: int | None, category: UUID | None, vendor: UUID | None, band: int | None,
    name: str | None, value: str | None, number: int, available: int,
) -> None:  # fmt: skip
    """One row of what was counted, by what it is grouped by: 7 is nothing, the whole."""
    if name is not None and value is not None:
        counts.said[name, value] = number
    elif grouped == 7:
        counts.total, counts.available = number, available
    elif category is not None:
        counts.categories[category] = number
    elif vendor is not None:
        counts.vendors[vendor] = number
    elif band is not None:
        counts.bands[band] = number


def all_categories() -> list[Category]:
    return list(Category.objects.order_by("path"))


def facets_of(filters: Filters, tree: Sequence[Category] | None = None) -> Facets:
    """Everything that the side of the shop shows: one query for the counts, two for names.

    `tree` are all categories by their paths, where the caller has them.
    """
    tree = all_categories() if tree is None else tree
    here = next((one for one in tree if one.slug == filters.category), None)
    counting = _Counting(tree, _sets_of(filters))
    counts = counting.of(filters)
    groups = [_prices(filters, counting), _vendors(filters, counting), *_attributes(filters, here, counting)]
    taken_or_given_up = filters.but(available=not filters.available).query
    available = Choice(_("Available now"), counts.available, taken_or_given_up, filters.available)
    return Facets(
        total=counts.total,
        categories=_categories(filters, counting, here),
        groups=[group for group in groups if len(group.choices) > 1 or any(one.chosen for one in group.choices)],
        available=available,
        here=here,
        chosen=_chosen(filters, here, available, groups),
    )


def _sets_of(filters: Filters) -> list[Filters]:
    """Those that must be counted: the whole, and each group without its own filter."""
    left_out = [filters.but(category=""), filters.but(min_price=None, max_price=None), filters.but(vendor="")]
    return [filters, *left_out, *(_without(filters, slug) for slug in filters.attributes)]


def _without(filters: Filters, attribute: str) -> Filters:
    return filters.but(attributes={slug: values for slug, values in filters.attributes.items() if slug != attribute})


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
        for (name, value), number in counting.of(_without(filters, left_out) if left_out else filters).said.items():
            if name == left_out or (not left_out and name not in asked):
                numbers[name, value] = number
    return [_attribute(filters, one, numbers) for one in known]


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
