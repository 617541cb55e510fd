"""What the site takes of a product: product before category (the nearest up the tree) before vendor before all
(rule 2.11)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject, Length

from commerce.catalog.models import Product
from commerce.commissions.errors import NoPlan
from commerce.commissions.models import Plan
from community.foundation import clock
from community.subjects.models import Category


@dataclass(frozen=True)
class Candidate:
    """One place where a rate may be set for a product, what is set there, and whether it is the one that holds."""

    scope: Any
    plan: Plan | None
    holds: bool

    @property
    def kind(self) -> str:
        """What sort of place it is, in words."""
        return str(type(self.scope)._meta.verbose_name) if self.scope is not None else ""


@dataclass(frozen=True)
class Rate:
    """What a line pays: basis points, and the plan that says so (None where none is asked)."""

    basis_points: int
    plan_id: uuid.UUID | None


def rates_for(products: Iterable[Product], at: dt.datetime | None = None) -> dict[uuid.UUID, Rate]:
    """The rate of each product at a moment (now), by product. One query, however many there are, since a checkout waits.

    Raises NoPlan (409) when for one of them not even a plan for all holds.
    """
    wanted = {product.pk for product in products}
    rows = Product.objects.filter(pk__in=wanted).annotate(held=Subquery(_nearest(at or clock.now())))
    found = dict(rows.order_by().values_list("pk", "held"))
    if len(found) < len(wanted) or not all(found.values()):
        raise NoPlan
    return {pk: Rate(held["rate"], uuid.UUID(held["plan"])) for pk, held in found.items()}


def rate_for(product: Product, at: dt.datetime | None = None) -> tuple[int, Plan]:
    """The rate in basis points that holds for `product` at a moment (now), and its plan. One query.

    Raises NoPlan (409) when not even a plan for all holds.
    """
    plans = list(_plans(product, at))
    if not plans:
        raise NoPlan
    first = min(plans, key=lambda plan: _place(plan))
    return first.rate, first


def explain(product: Product, at: dt.datetime | None = None) -> list[Candidate]:
    """Every place that was looked at, in order, down to the plan for all; the first that has a plan holds."""
    plans = list(_plans(product, at))
    scopes: list[Any] = [product, *reversed(_branch(product)), product.vendor, None]
    found = [_plan_at(scope, plans) for scope in scopes]
    winner = next((plan for plan in found if plan is not None), None)
    return [
        Candidate(scope, plan, plan is not None and plan is winner) for scope, plan in zip(scopes, found, strict=True)
    ]


def _plans(product: Product, at: dt.datetime | None) -> Any:
    moment = at or clock.now()
    scope = Q(product=product) | Q(vendor=product.vendor_id) | Q(product=None, category=None, vendor=None)
    scope |= Q(category__path__in=_paths(product.category))
    running = Q(ends_at=None) | Q(ends_at__gt=moment)
    return Plan.objects.filter(scope, running, starts_at__lte=moment).select_related("category")


def _nearest(moment: dt.datetime) -> QuerySet[Plan, Any]:
    """Of a row of Product: its plan with the first place in the order, as {plan, rate}."""
    path = ExpressionWrapper(OuterRef("category__path"), output_field=CharField())
    place = Case(
        When(product__isnull=False, then=Value(0)),
        When(category__isnull=False, then=Value(1)),
        When(vendor__isnull=False, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    scope = Q(product=OuterRef("pk")) | Q(vendor=OuterRef("vendor")) | Q(at_path__startswith=F("category__path"))
    scope |= Q(product=None, category=None, vendor=None)
    rows = Plan.objects.alias(at_path=path, place=place).filter(
        scope, Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment
    )
    nearest = rows.order_by("place", Length("category__path").desc(nulls_last=True))
    return nearest.values(held=JSONObject(plan="pk", rate="rate"))[:1]


def _paths(category: Category) -> list[str]:
    """The paths of the category and of all above it, the topmost first."""
    parts = category.path.strip("/").split("/")
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def _branch(product: Product) -> list[Category]:
    return list(Category.objects.filter(path__in=_paths(product.category)).order_by("path"))


def _place(plan: Plan) -> tuple[int, int]:
    """Where a plan stands in the order; deeper categories come first."""
    if plan.product_id:
        return 0, 0
    if plan.category is not None:
        return 1, -len(plan.category.path)
    return (2, 0) if plan.vendor_id else (3, 0)


def _plan_at(scope: Any, plans: list[Plan]) -> Plan | None:
    names = {"product_id": None, "category_id": None, "vendor_id": None}
    if scope is not None:
        names[f"{type(scope)._meta.model_name}_id"] = scope.pk
    return next((plan for plan in plans if all(getattr(plan, name) == value for name, value in names.items())), None)
