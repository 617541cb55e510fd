"""What this app adds to the registries of others."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commerce.ledger import auditing
from commerce.ledger.models import Account
from commerce.points import acts
from community.foundation import fragments, targets
from community.members import erasure
from community.notifications import kinds
from community.notifications.models.wishes import Channel

BY_LAW = _("what was earned and granted is kept beside the accounts, for five years")

# Pending points stand twice: as earnings that wait, and on the pending account. Both must agree.
_PENDING = """
SELECT a.member_id::text, coalesce(e.waiting, 0), a.balance FROM commerce_ledger_account a
LEFT JOIN (
    SELECT member_id, sum(points - taken_back) AS waiting FROM commerce_points_earning
    WHERE state = 'pending' GROUP BY member_id
) e ON e.member_id = a.member_id
WHERE a.kind = 'pending' AND a.unit = 'PNT' AND a.balance <> coalesce(e.waiting, 0)"""


def pending_differences() -> list[auditing.Finding]:
    """Members whose pending account is not the sum of the earnings that wait."""
    return auditing.differences("points.pending", _PENDING)


def title_of(account: Account) -> str:
    """The account as a notice names it."""
    return gettext("%(points)s points") % {"points": f"{account.balance or 0:,}"}


def _menu(request: Any, about: Any) -> dict[str, Any]:
    return {}


def register_all() -> None:
    """Called when the app is ready."""
    acts.register_own()
    auditing.register("points.pending", pending_differences)
    erasure.keep("commerce_points.Earning.member", why=BY_LAW)
    erasure.keep("commerce_points.Earning.granted_by", why=BY_LAW)
    fragments.fill("member-menu", "commerce/points/_menu.html", _menu, order=40)
    targets.register(
        targets.Kind(
            name="points",
            model="commerce_ledger.Account",
            title=title_of,
            url=lambda account: reverse("commerce_points:mine"),
        )
    )
    for kind in NOTICES:
        kinds.register(kind)


NOTICES = (
    kinds.NoticeKind(
        name="points",
        icon="gift",
        title=_("Points that arrived"),
        one=_("Points arrived for you. You have %(title)s now."),
        defaults=frozenset({Channel.PAGE, Channel.DIGEST}),
    ),
    kinds.NoticeKind(
        name="points_taken_back",
        icon="undo-2",
        title=_("Points that were taken back"),
        one=_("Points were taken back, since what earned them was undone. You have %(title)s now."),
        defaults=frozenset({Channel.PAGE, Channel.DIGEST}),
    ),
    kinds.NoticeKind(
        name="points_expire",
        icon="hourglass",
        title=_("Points that expire soon"),
        one=_("Some of your %(title)s expire within two weeks. See which, and what they can still be used for."),
        defaults=frozenset({Channel.PAGE, Channel.LETTER, Channel.DIGEST}),
    ),
)
