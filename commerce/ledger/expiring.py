"""Take what has expired out of available accounts. Until then nobody can spend it either: lots are asked for their time."""

from django.db import transaction

from commerce.ledger.accounts import site_account
from commerce.ledger.models import AccountKind, Lot
from commerce.ledger.posting import Leg, lock, post
from community.foundation import clock

KIND = "expiry"


def expire_due(*, most: int = 1_000) -> int:
    """Move what is left of expired lots to the site's account of expired units; gives how many lots. May run twice."""
    due = Lot.objects.expired(clock.now()).order_by("expires_at", "pk")[:most]
    return sum(_expire(lot) for lot in due.select_related("account"))


@transaction.atomic
def _expire(lot: Lot) -> int:
    lock([lot.account])
    now = Lot.objects.expired(clock.now()).filter(pk=lot.pk).first()
    if now is None:
        return 0
    expired = site_account(AccountKind.EXPIRED, lot.account.unit)
    legs = [Leg(lot.account, -now.remaining, lot=now), Leg(expired, now.remaining)]
    post(kind=KIND, key=f"{KIND}:{lot.pk}", legs=legs)
    return 1
