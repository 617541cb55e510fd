"""What every act on a cart does first and last: lock it, find a line in it, bound what is asked, note the change."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from commerce import locks
from commerce.cart.conf import MOST_LABELS, MOST_OF_A_LINE
from commerce.cart.errors import CartGone, TooManyLabels, WrongQuantity
from commerce.cart.models import LABEL_LENGTH, Cart, CartLine
from community.foundation import clock, fragments
from community.foundation.characters import line, within
from community.foundation.problems import NotThere


def locked(cart: Cart) -> Cart:
    """The cart as it is under its lock. Raises CartGone, Busy."""
    found = locks.take_one("cart", cart.pk)
    if found is None:
        raise CartGone
    return found


def for_change(cart: Cart) -> list[CartLine]:
    """Lock the cart, note that it is changed now, and give its lines in the order of keys, locked too: a purchase that
    was paid takes lines out without locking the cart (`removing.take_out_bought`). Raises CartGone, Busy."""
    note_change(locked(cart))
    return lines_of(cart)


def note_change(cart: Cart) -> None:
    """A guest's cart lives on from here; the number in its member's frame is drawn anew."""
    Cart.objects.filter(pk=cart.pk).update(changed_at=clock.now())
    if cart.member_id is not None:
        member_id = cart.member_id
        transaction.on_commit(lambda: fragments.forget([member_id]))


def lines_of(cart: Cart) -> list[CartLine]:
    """The lines of a locked cart, locked."""
    rows = CartLine.objects.select_for_update(of=("self",), no_key=True).filter(cart=cart)
    return list(rows.select_related("variant__product__vendor").order_by("pk"))


def find(lines: Sequence[CartLine], line_id: UUID) -> CartLine:
    """A line among these. Raises NotThere."""
    found = next((one for one in lines if one.pk == line_id), None)
    if found is None:
        raise NotThere
    return found


def equal_to(wanted: CartLine, lines: Sequence[CartLine]) -> CartLine | None:
    """Another line that asks for the same thing, made the same way, under the same label."""
    return next((one for one in lines if one.pk != wanted.pk and _asks_for(one) == _asks_for(wanted)), None)


def whole(quantity: Any) -> int:
    """Raises WrongQuantity for whatever is no whole number from one to MOST_OF_A_LINE."""
    if type(quantity) is not int or not 1 <= quantity <= MOST_OF_A_LINE:
        raise WrongQuantity(field="quantity")
    return quantity


def tidy_label(label: str) -> str:
    """A label as it is kept. Raises Overlong."""
    return within(line(label), field="label", most=LABEL_LENGTH)


def require_room_for_label(label: str, lines: Sequence[CartLine]) -> None:
    """Raises TooManyLabels for one more than a bill is split by."""
    used = {one.label for one in lines} - {""}
    if label and label not in used and len(used) >= MOST_LABELS:
        raise TooManyLabels(field="label")


def _asks_for(one: CartLine) -> tuple[Any, ...]:
    return one.variant_id, one.specification, one.label
