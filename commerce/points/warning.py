"""Tell members in time that points are about to expire."""

from django.db.models import Exists, OuterRef

from commerce.ledger.models import POINT, AccountKind, Lot
from commerce.points import conf
from community.foundation import clock
from community.notifications.models import Happening
from community.notifications.noticing import tell


def warn_expiring() -> int:
    """Tell of each lot once, within `conf.WARNED_BEFORE`; lots of one member become one notice. Gives how many were told."""
    moment = clock.now()
    told = Happening.objects.filter(source_kind="lot", source_id=OuterRef("pk"), notice__kind="points_expire")
    soon = Lot.objects.spendable(moment).filter(
        expires_at__lte=moment + conf.WARNED_BEFORE, account__unit=POINT, account__kind=AccountKind.AVAILABLE
    )
    count = 0
    for lot in soon.filter(~Exists(told)).select_related("account"):
        owner = [lot.account.member_id] if lot.account.member_id else []
        count += tell(kind="points_expire", to=owner, target=("points", lot.account_id), source=("lot", lot.pk))
    return count
