"""What this app tells the registries of the lower ones."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commerce import locks
from commerce.orders import panels
from commerce.orders import registering as orders
from commerce.returns import naming
from commerce.returns import panels as own_panels
from commerce.returns.models import Return, ReturnState
from commerce.vendors import duties
from commerce.vendors.models import Vendor
from community.foundation import clock, fragments, targets
from community.notifications import kinds
from community.notifications.models.wishes import Channel

PAGE_AND_LETTER = frozenset({Channel.PAGE, Channel.LETTER})


def register_all() -> None:
    """Called when the app is ready."""
    locks.register("return", "commerce_returns.Return")
    orders.register_finished("returns", nothing_open)
    targets.register(
        targets.Kind(
            name="return",
            model="commerce_returns.Return",
            title=naming.title_of,
            url=lambda row: row.get_absolute_url(),
        )
    )
    for kind in NOTICES:
        kinds.register(kind)
    duties.register(waiting)
    panels.register(panels.Panel(name="returns_ask", place="acts", order=30, build=own_panels.ask))
    panels.register(panels.Panel(name="returns", place="main", order=30, build=own_panels.returns))
    panels.register(panels.Panel(name="returns", place="desk", order=30, build=own_panels.at_desk))
    fragments.dress("css/commerce/returns_panel.css")


def waiting(vendor: Vendor, member: Any) -> Iterable[duties.Duty]:
    """What the desk's first page says of returns: those to answer and those that arrived, urgent on their last day."""
    soon = clock.now() + dt.timedelta(days=1)
    rows = Return.objects.of_vendor(vendor).filter(state__in=(ReturnState.REQUESTED, ReturnState.RECEIVED))
    counts = rows.aggregate(all=Count("pk"), soon=Count("pk", filter=Q(due_at__lte=soon)))
    url = reverse("desk:commerce_returns_return_changelist") + "?open=yes"
    text = ngettext("return to answer or to refund", "returns to answer or to refund", counts["all"])
    return [duties.Duty(counts["all"], text, url, urgent=counts["soon"] > 0)]


def nothing_open() -> Any:
    """Of orders: no return of it is open, so that time may confirm, release and close."""
    return ~Exists(Return.objects.open().filter(order=OuterRef("pk")))


NOTICES = (
    kinds.NoticeKind(
        name="return_requested",
        title=_("Returns that customers ask for"),
        one=_("A customer wants to send something back: %(title)s. Answer within three business days."),
        group=kinds.Group.TEAM,
        icon="undo-2",
        defaults=PAGE_AND_LETTER,
    ),
    kinds.NoticeKind(
        name="return_withdrawn",
        title=_("Returns that do not come after all"),
        one=_("Nothing comes back after all: %(title)s"),
        group=kinds.Group.TEAM,
        icon="undo-2",
        defaults=frozenset({Channel.PAGE}),
    ),
    kinds.NoticeKind(
        name="return_accepted",
        title=_("Returns that are accepted"),
        one=_("Your return is accepted: %(title)s. Send it within fourteen days and say so on its page."),
        icon="undo-2",
        defaults=PAGE_AND_LETTER,
    ),
    kinds.NoticeKind(
        name="return_rejected",
        title=_("Returns that are turned down"),
        one=_("Your return was turned down: %(title)s. Its page says why."),
        icon="circle-x",
        defaults=PAGE_AND_LETTER,
        always=frozenset({Channel.PAGE}),
    ),
    kinds.NoticeKind(
        name="return_received",
        title=_("Returns that arrived"),
        one=_("What you sent back has arrived: %(title)s"),
        icon="package",
        defaults=PAGE_AND_LETTER,
    ),
    kinds.NoticeKind(
        name="return_refunded",
        title=_("Refunds for what came back"),
        one=_("Your money for what you sent back is on its way: %(title)s"),
        icon="undo-2",
        defaults=PAGE_AND_LETTER,
    ),
    kinds.NoticeKind(
        name="return_replaced",
        title=_("Replacements that are sent"),
        one=_("The same again is on its way to you: %(title)s"),
        icon="truck",
        defaults=PAGE_AND_LETTER,
    ),
    kinds.NoticeKind(
        name="return_lapsed",
        title=_("Returns that ended by themselves"),
        one=_("Your return ended, since nothing arrived in time: %(title)s. If it is on its way, write to the vendor."),
        icon="clock",
        defaults=PAGE_AND_LETTER,
    ),
    kinds.NoticeKind(
        name="goodwill",
        title=_("Money out of goodwill"),
        one=_("A vendor gives you money back out of goodwill: %(title)s"),
        icon="gift",
        defaults=PAGE_AND_LETTER,
    ),
)
