"""Carts, and their lines as they would be bought now."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from commerce.cart.hindering import hindrance_of, wanted_of
from commerce.cart.models import Cart, CartLine
from commerce.catalog.models import ProductKind
from commerce.pricing.asking import Asked
from commerce.specifications.checking import Checked, examine
from commerce.specifications.errors import Fault
from commerce.specifications.kinds import UPLOAD, Owns
from commerce.specifications.models import Schema
from commerce.specifications.reading import current_schemas
from community.foundation.problems import NotThere
from community.uploads.models import Upload


def cart_of(member: Any) -> Cart | None:
    """The member's cart; None before anything was put into it."""
    return Cart.objects.filter(member=member).first()


def line_of(cart: Cart, line_id: UUID) -> CartLine:
    """A line of this cart and of no other. Raises NotThere."""
    found = CartLine.objects.filter(cart=cart, pk=line_id).select_related("variant__product__vendor").first()
    if found is None:
        raise NotThere
    return found


def asked_lines(cart_id: UUID) -> list[Asked]:
    """The lines as they would be bought now, with the price of today; a line that cannot be bought says why.

    One query; a second for what is made to order, a third where pictures are part of a specification.
    """
    rows = list(_whole(CartLine.objects.filter(cart=cart_id)))
    schemas = _schemas(rows)
    owns = _owned(rows, schemas)
    wanted = wanted_of(rows)
    return [_asked(row, schemas.get(row.variant.product_id), owns, wanted) for row in rows]


def current_prices(cart_id: UUID) -> dict[UUID, int]:
    """The price of one piece by line, in smallest units, as it would be charged now."""
    return {line.key: line.unit_price for line in asked_lines(cart_id)}


def _whole(rows: Any) -> Any:
    """With all that the price, the bill and the commission depend on."""
    joined = ("cart", "variant__product__vendor", "variant__product__category", "variant__product__subject")
    return rows.select_related(*joined, "variant__stock").order_by("added_at", "pk")


def _schemas(rows: Iterable[CartLine]) -> dict[UUID, Schema]:
    """The schema in force of each product that is made to order; no query where there is none."""
    made = {
        row.variant.product_id
        for row in rows
        if row.schema_id is not None or row.variant.product.kind == ProductKind.MADE_TO_ORDER
    }
    return current_schemas(made) if made else {}


def _owned(rows: Sequence[CartLine], schemas: dict[UUID, Schema]) -> Owns:
    """Which of the pictures named by specifications are the buyer's; no query where none is named."""
    named = {
        value
        for row in rows
        for field in _fields(schemas.get(row.variant.product_id))
        if field["kind"] == UPLOAD and isinstance(value := row.specification.get(field["key"]), str)
    }
    owner = rows[0].cart.member_id if rows else None
    if not named or owner is None:
        return lambda key: False
    own = set(Upload.objects.pictures().filter(owner=owner, pk__in=named).values_list("pk", flat=True))
    return own.__contains__


def _fields(schema: Schema | None) -> list[dict[str, Any]]:
    return schema.fields if schema else []


def _asked(row: CartLine, schema: Schema | None, owns: Owns, wanted: dict[UUID, int]) -> Asked:
    checked, faults = _checked(row, schema, owns)
    return Asked(
        key=row.pk,
        variant=row.variant,
        quantity=row.quantity,
        unit_price=row.variant.price + checked.price,
        specification=checked.values if schema and not faults else row.specification,
        schema=schema or row.schema,
        label=row.label,
        seen_price=row.seen_price,
        lead_days=checked.days,
        hindrance=hindrance_of(row, schema, faults, wanted[row.variant_id]),
    )


def _checked(row: CartLine, schema: Schema | None, owns: Owns) -> tuple[Checked, dict[str, Fault]]:
    return examine(schema, row.specification, owns=owns) if schema else (Checked({}, 0, 0), {})
