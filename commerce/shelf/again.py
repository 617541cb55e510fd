"""Into the cart once more, as it was: the same variant, made the same way."""

from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.cart import adding, opening
from commerce.cart.models import CartLine
from commerce.shelf.errors import NotToBeHadAgain
from commerce.shelf.models import Thing
from community.foundation.problems import NotThere


@transaction.atomic
def buy_again(*, by: Any, thing_id: UUID) -> CartLine:
    """One more of a thing bought here, at today's price. Raises NotThere, NotToBeHadAgain, and as `cart.adding.add`."""
    thing = Thing.objects.visible_to(by).select_related("line__variant").filter(pk=thing_id).first()
    if thing is None:
        raise NotThere
    if thing.line is None or thing.line.variant_id is None:
        raise NotToBeHadAgain
    specification = thing.line.specification or None
    cart = opening.of_member(by)
    try:
        return adding.add(cart=cart, by=by, variant_id=thing.line.variant_id, quantity=1, specification=specification)
    except NotThere as gone:
        raise NotToBeHadAgain from gone
