"""A guest's cart becomes the member's when the guest logs in (2.21)."""

from typing import Any

from django.db import transaction

from commerce import locks
from commerce.cart import holding, opening
from commerce.cart.conf import MOST_LABELS, MOST_LINES, MOST_OF_A_LINE
from commerce.cart.models import Cart


@transaction.atomic
def join(member: Any, secret: str) -> Cart | None:
    """Move the lines of the cart that `secret` opens into the member's; gives that, None where the secret opens none.

    Equal lines are added up, within the bounds of a cart: what does not fit any more is left out, the latest first. The
    secret opens nothing afterwards, so again changes nothing. Raises Busy.
    """
    guests = opening.of_guest(secret)
    if guests is None:
        return None
    mine = opening.of_member(member)
    carts = locks.take("cart", [guests.pk, mine.pk])
    if len(carts) < 2:
        return mine
    holding.note_change(carts[mine.pk])
    own, brought = holding.lines_of(mine), holding.lines_of(guests)
    for line in sorted(brought, key=lambda one: (one.added_at, one.pk)):
        if line.label not in (labels := {one.label for one in own}) and len(labels - {""}) >= MOST_LABELS:
            line.label = ""
        same = holding.equal_to(line, own)
        if same is not None:
            same.quantity = min(same.quantity + line.quantity, MOST_OF_A_LINE)
            same.save(update_fields=["quantity"])
        elif len(own) < MOST_LINES:
            line.cart = mine
            line.save(update_fields=["cart", "label"])
            own.append(line)
    carts[guests.pk].delete()
    return mine
