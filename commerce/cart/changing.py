"""Change what a line of a cart asks for: how many, under which label, made how."""

from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.cart import adding, holding
from commerce.cart.conf import MOST_OF_A_LINE
from commerce.cart.models import Cart, CartLine


@transaction.atomic
def change(
    *,
    cart: Cart,
    by: Any,
    line_id: UUID,
    quantity: int | None = None,
    label: str | None = None,
    specification: Any = None,
) -> CartLine:
    """None leaves a thing as it is. A line that comes to ask for the same as another is joined with it, and the other
    one remains, bounded by MOST_OF_A_LINE.

    Raises NotThere, WrongQuantity, Overlong, TooManyLabels, SpecificationInvalid, NotMadeToOrder, CartGone, Busy.
    """
    lines = holding.for_change(cart)
    line = holding.find(lines, line_id)
    if quantity is not None:
        line.quantity = holding.whole(quantity)
    if label is not None:
        label = holding.tidy_label(label)
        holding.require_room_for_label(label, lines)
        line.label = label
    if specification is not None:
        line.schema, checked = adding.specified(line.variant.product, specification, by)
        line.specification = checked.values
        line.seen_price = line.variant.price + checked.price
    twin = holding.equal_to(line, lines)
    if twin is not None:
        twin.quantity = min(twin.quantity + line.quantity, MOST_OF_A_LINE)
        line.delete()
        line = twin
    line.save(update_fields=["quantity", "label", "schema", "specification", "seen_price"])
    return line
