"""What must hold of stock after every test (rule 2.3)."""

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from commerce.stock.models import Capacity, CapacityHold, Hold, Movement, Stock


def violations() -> list[str]:
    return [
        *_of(Stock, "held", _sum(Hold.objects.filter(state="held"), "stock", "quantity")),
        *_of(Stock, "on_hand", _sum(Movement.objects.all(), "stock", "change")),
        *_of(Capacity, "held", _sum(CapacityHold.objects.filter(state="held"), "capacity", "quantity")),
        *_of(Capacity, "used", _sum(CapacityHold.objects.filter(state="sold"), "capacity", "quantity")),
    ]


def _sum(rows, key, column):
    total = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total), 0)


def _of(model, column, expected):
    rows = model.objects.annotate(expected=expected).exclude(**{column: F("expected")})
    return [f"{model.__name__} {row.pk}: {column} is {getattr(row, column)}, not {row.expected}" for row in rows]
