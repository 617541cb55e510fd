"""To which address a member's letters go, and which addresses get none."""

import uuid
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction

from community.foundation import clock
from community.notifications.conf import SOFT_BOUNCES
from community.notifications.models import Address


def letter_addresses(members: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The verified first address of each member that has one; nothing is written to an unverified one."""
    rows = EmailAddress.objects.filter(user__in=list(members), verified=True, primary=True)
    return dict(rows.values_list("user_id", "email"))


def stopped(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses`, in lower case, to which nothing may be sent."""
    lower = [address.lower() for address in addresses]
    return set(Address.objects.filter(address__in=lower, stopped_at__isnull=False).values_list("address", flat=True))


@transaction.atomic
def came_back(*, address: str, status: str, said: str, for_good: bool) -> Address:
    """Note that mail to `address` came back; stop it when that was for good, or happened too often."""
    row, _made = Address.objects.select_for_update().get_or_create(
        address=address.lower(), defaults={"last_at": clock.now()}
    )
    row.bounces += 1
    row.status, row.said, row.last_at = status[:16], said[:500], clock.now()
    if row.stopped_at is None and (for_good or row.bounces >= SOFT_BOUNCES):
        row.stopped_at = clock.now()
    row.save()
    return row


@transaction.atomic
def resume(*, address: str) -> bool:
    """Write to the address again, at the wish of its owner or an operator; False if it was not stopped."""
    return bool(
        Address.objects.filter(address=address.lower(), stopped_at__isnull=False).update(stopped_at=None, bounces=0)
    )
