"""What a member's archive holds of the cart."""

from typing import Any

from commerce.cart.models import CartLine


def lines_of(member: Any) -> list[dict[str, Any]]:
    """The lines of the member's cart."""
    rows = CartLine.objects.visible_to(member).select_related("variant__product").order_by("added_at", "pk")
    return [
        {
            "product": row.variant.product.title,
            "sku": row.variant.sku,
            "specification": row.specification,
            "quantity": row.quantity,
            "label": row.label,
            "added_at": row.added_at,
        }
        for row in rows
    ]
