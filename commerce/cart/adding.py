"""Put something into a cart."""

from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.cart import holding
from commerce.cart.conf import MOST_LINES
from commerce.cart.errors import NotOnSale, TooManyLines
from commerce.cart.hindering import on_sale
from commerce.cart.models import Cart, CartLine
from commerce.catalog.models import Product, ProductKind, Variant
from commerce.specifications.checking import Checked, check
from commerce.specifications.errors import NotMadeToOrder
from commerce.specifications.models import Schema
from commerce.specifications.reading import current_schema
from community.foundation.problems import NotThere

Specified = tuple[Schema | None, Checked]


@transaction.atomic
def add(
    *, cart: Cart, by: Any, variant_id: UUID, quantity: int = 1, specification: Any = None, label: str = ""
) -> CartLine:
    """So many more of a variant, made as `specification` says; `by` is who sees it and whose pictures it may name.

    The same thing once more raises its line's number. The price is the vendor's and the schema's, whatever is sent; how
    many are left is asked when it is bought. Raises NotThere, NotOnSale, WrongQuantity, SpecificationInvalid,
    NotMadeToOrder, TooManyLines, TooManyLabels, Overlong, CartGone, Busy.
    """
    quantity, label = holding.whole(quantity), holding.tidy_label(label)
    variant = variant_on_sale(variant_id, by)
    schema, checked = specified(variant.product, specification, by)
    lines = holding.for_change(cart)
    new = CartLine(
        cart=cart,
        variant=variant,
        schema=schema,
        specification=checked.values,
        quantity=quantity,
        seen_price=variant.price + checked.price,
        label=label,
    )
    line = holding.equal_to(new, lines)
    if line is not None:
        line.quantity = holding.whole(line.quantity + quantity)
        line.save(update_fields=["quantity"])
    else:
        if len(lines) >= MOST_LINES:
            raise TooManyLines
        holding.require_room_for_label(label, lines)
        line = new
        line.save(force_insert=True)
    return line


def variant_on_sale(variant_id: UUID, by: Any) -> Variant:
    """Raises NotThere for what `by` may not see, NotOnSale for what they may see and nobody can buy."""
    rows = Variant.objects.visible_to(by).select_related("product__vendor", "product__subject")
    variant = rows.filter(pk=variant_id).first()
    if variant is None:
        raise NotThere
    if not (variant.active and on_sale(variant.product)):
        raise NotOnSale
    return variant


def specified(product: Product, specification: Any, by: Any) -> Specified:
    """The schema in force and the values held to it. Raises SpecificationInvalid, NotMadeToOrder."""
    schema = current_schema(product) if product.kind == ProductKind.MADE_TO_ORDER else None
    if schema is not None:
        return schema, check(schema, {} if specification is None else specification, by=by)
    if specification:
        raise NotMadeToOrder(field="specification")
    return None, Checked({}, 0, 0)
