"""Guests' carts go GUEST_DAYS after they were last changed. Several sweepers may run at once."""

import datetime as dt

from django.db import transaction

from commerce.cart.conf import GUEST_DAYS, SWEEP_BATCH
from commerce.cart.models import Cart
from community.foundation import clock


def sweep_guests() -> int:
    """Delete them in batches; gives how many went."""
    total = 0
    while gone := _sweep():
        total += gone
    return total


@transaction.atomic
def _sweep() -> int:
    old = Cart.objects.filter(member=None, changed_at__lt=clock.now() - dt.timedelta(days=GUEST_DAYS))
    rows = old.select_for_update(no_key=True, skip_locked=True).order_by("pk")[:SWEEP_BATCH]
    ids = [row.pk for row in rows]
    Cart.objects.filter(pk__in=ids).delete()
    return len(ids)
