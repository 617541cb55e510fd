"""Where a return stands, in the words of who sends it back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commerce.returns.models import Return, ReturnState, Wants


@dataclass(frozen=True)
class Standing:
    """A state in a few words, a sentence that says what comes next, and how it is drawn."""

    title: str
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Stage:
    """One step of the way. `state` is done, now or ahead."""

    label: str
    icon: str
    state: str
    at: dt.datetime | None = None


def standing(row: Return) -> Standing:
    """Where a return stands. Needs its order with its vendor, and its lines."""
    return _BY_STATE[ReturnState(row.state)](row)


def at_vendors_cost(row: Return) -> bool:
    """Whether the vendor pays the way back: something was wrong with everything that comes."""
    return all(one.is_fault for one in row.lines.all())


def stages(row: Return) -> list[Stage]:
    """The way from asking to the money; nothing for one that ended before."""
    if row.state in (ReturnState.REJECTED, ReturnState.WITHDRAWN):
        return []
    last = _("Replaced") if row.wants == Wants.REPLACEMENT and row.state != ReturnState.REFUNDED else _("Refunded")
    steps = [
        (_("Asked for"), "undo-2", row.requested_at),
        (pgettext("of a return", "Accepted"), "circle-check", row.decided_at),
        (_("On its way back"), "truck", row.sent_at),
        (pgettext("of a return", "Arrived"), "package", row.received_at),
        (last, "credit-card", row.ended_at),
    ]
    if not row.order.method_kind:
        steps = [steps[0], steps[1], steps[4]]
    reached = max(place for place, step in enumerate(steps) if step[2] is not None)
    return [
        Stage(label, icon, "done" if place <= reached else "now" if place == reached + 1 else "ahead", at)
        for place, (label, icon, at) in enumerate(steps)
    ]


def day(moment: dt.datetime | None) -> str:
    return date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT") if moment else ""


def _requested(row: Return) -> Standing:
    text = _("%(vendor)s answers until %(day)s; without an answer it counts as accepted.")
    said = {"vendor": row.order.vendor.name, "day": day(row.due_at)}
    return Standing(_("The vendor looks at it"), text % said, "mustard", "hourglass")


def _accepted(row: Return) -> Standing:
    if row.sent_at:
        text = _("As soon as it arrives it is looked at, and you are told.")
        return Standing(_("On its way back"), text, "sky", "truck")
    text = _("Pack it well, send it until %(day)s and say below with which parcel it goes.") % {"day": day(row.due_at)}
    return Standing(_("Accepted: send it back"), text, "persimmon", "package")


def _received(row: Return) -> Standing:
    if row.wants == Wants.REPLACEMENT:
        text = _("%(vendor)s sends the same again until %(day)s; otherwise your money goes back.")
    else:
        text = _("%(vendor)s refunds it until %(day)s; on that day it happens by itself.")
    said = {"vendor": row.order.vendor.name, "day": day(row.due_at)}
    return Standing(_("It arrived"), text % said, "pine", "package")


def _refunded(row: Return) -> Standing:
    text = _("Your money is on its way, the same way as you paid. Banks take up to three business days.")
    return Standing(_("Refunded"), text, "success", "circle-check")


def _replaced(row: Return) -> Standing:
    return Standing(_("Replaced"), _("The same again is on its way to you."), "success", "circle-check")


def _rejected(row: Return) -> Standing:
    text = _("If you see it otherwise, write to the vendor, or open a complaint: it is answered in public.")
    return Standing(_("Turned down"), text, "danger", "circle-x")


def _withdrawn(row: Return) -> Standing:
    return Standing(_("It stays with you"), _("Nothing comes back, nothing was refunded."), "", "circle-x")


_BY_STATE: dict[ReturnState, Callable[[Return], Standing]] = {
    ReturnState.REQUESTED: _requested,
    ReturnState.ACCEPTED: _accepted,
    ReturnState.RECEIVED: _received,
    ReturnState.REFUNDED: _refunded,
    ReturnState.REPLACED: _replaced,
    ReturnState.REJECTED: _rejected,
    ReturnState.WITHDRAWN: _withdrawn,
}
