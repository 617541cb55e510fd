"""Where an order stands, in the words of who bought it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commerce.orders import carriers
from commerce.orders.models import Fulfilment, Order, OrderState, Purchase
from community.foundation import clock


@dataclass(frozen=True)
class Standing:
    """A state in a few words, a sentence that says what it means and what comes next, and how it is drawn."""

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


def summary(row: Order | Purchase) -> str:
    """What is in an order or a purchase, in a few words: the first thing and how many others."""
    others = row.goods - 1
    if others < 1:
        return row.headline or row.number
    said = ngettext("%(first)s and %(n)d more", "%(first)s and %(n)d more", others)
    return said % {"first": row.headline, "n": others}


def standing(order: Order) -> Standing:
    """Where an order stands. Needs its parcels (prefetched, or a query)."""
    before = _BY_STATE.get(order.state)
    if before is not None:
        return before(order)
    return _BY_FULFILMENT[order.fulfilment](order)


def stages(order: Order) -> list[Stage]:
    """The way of an order from payment to the buyer's hands, and how far it has come."""
    if order.state in (OrderState.CANCELLED, OrderState.EXPIRED, OrderState.DRAFT):
        return []
    steps = [(_("Paid"), "credit-card", order.placed_at), *_way(order)]
    steps.append((_("Confirmed"), "badge-check", order.confirmed_at))
    reached = _reached(order)
    return [
        Stage(label, icon, "done" if place < reached else "now" if place == reached else "ahead", at)
        for place, (label, icon, at) in enumerate(steps)
    ]


def _way(order: Order) -> list[tuple[str, str, dt.datetime | None]]:
    if order.method_kind == "parcel":
        return [
            (_("Being prepared"), "package", None),
            (_("On its way"), "truck", order.shipped_at),
            (_("Arrived"), "house", order.delivered_at),
        ]
    if order.method_kind == "pickup":
        return [
            (_("Being prepared"), "package", None),
            (_("Ready at the store"), "store", None),
            (_("Picked up"), "hand", order.delivered_at),
        ]
    return [(_("Ready to download"), "download", order.delivered_at)]


def _reached(order: Order) -> int:
    """The place of the stage that the order is at."""
    if order.fulfilment == Fulfilment.PURCHASE_CONFIRMED:
        return 5
    if not order.method_kind:
        return 2 if order.fulfilment == Fulfilment.DELIVERED else 1
    if order.fulfilment == Fulfilment.DELIVERED:
        return 4
    if order.fulfilment in (Fulfilment.SHIPPED, Fulfilment.READY):
        return 2
    return 1 if order.state == OrderState.CONFIRMED else 0


def _day(moment: dt.datetime | dt.date | None) -> str:
    if moment is None:
        return ""
    here = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    return date_format(here, "MONTH_DAY_FORMAT")


def _draft(order: Order) -> Standing:
    text = _("The vendor gets it as soon as it is paid.")
    return Standing(_("Not paid yet"), text, "mustard", "credit-card")


def _expired(order: Order) -> Standing:
    text = _("It was not paid, so nothing was ordered and nothing was taken from you.")
    return Standing(_("Did not come about"), text, "", "circle-x")


def _cancelled(order: Order) -> Standing:
    text = _("What you paid for it goes back the way it came.")
    return Standing(pgettext("of an order", "Cancelled"), text, "danger", "circle-x")


def _placed(order: Order) -> Standing:
    text = _("%(vendor)s has your order. Until it is accepted you can cancel it with one click.")
    return Standing(_("Paid"), text % {"vendor": order.vendor.name}, "pine", "circle-check")


def _waiting(order: Order) -> Standing:
    if order.parcels.all():
        text = _("A part is on its way already, the rest follows.")
        return Standing(_("Sent in part"), text, "sky", "truck")
    text = _("%(vendor)s is preparing it.") % {"vendor": order.vendor.name}
    if order.promised_on:
        text = _("%(vendor)s is preparing it. Promised for %(day)s.") % {
            "vendor": order.vendor.name,
            "day": _day(order.promised_on),
        }
    return Standing(_("Being prepared"), text, "pine", "package")


def _proofing(order: Order) -> Standing:
    text = _("Look at the proof and say whether it may be made like this.")
    return Standing(_("A proof waits for you"), text, "persimmon", "eye")


def _approved(order: Order) -> Standing:
    return Standing(_("Proof approved"), _("It is made as you saw it."), "pine", "badge-check")


def _in_production(order: Order) -> Standing:
    text = _("It is being made for you.")
    if order.promised_on:
        text = _("It is being made for you. Promised for %(day)s.") % {"day": _day(order.promised_on)}
    return Standing(_("Being made"), text, "pine", "wrench")


def _ready(order: Order) -> Standing:
    text = _("Show the pick-up code there: %(place)s") % {"place": order.method_place}
    return Standing(_("Ready for you"), text, "persimmon", "store")


def _shipped(order: Order) -> Standing:
    parcels = list(order.parcels.all())
    text = _("Sent on %(day)s.") % {"day": _day(order.shipped_at)}
    if len(parcels) == 1 and parcels[0].carrier:
        said = {"day": _day(order.shipped_at), "carrier": carriers.name_of(parcels[0].carrier)}
        text = _("Sent on %(day)s with %(carrier)s.") % said
    elif len(parcels) > 1:
        text = ngettext(
            "Sent in %(n)d parcel, the last on %(day)s.", "Sent in %(n)d parcels, the last on %(day)s.", len(parcels)
        ) % {"n": len(parcels), "day": _day(order.shipped_at)}
    return Standing(_("On its way"), text, "sky", "truck")


def _delivered(order: Order) -> Standing:
    if not order.method_kind:
        return Standing(
            _("Ready to download"), _("The files are yours, to download as often as you want."), "pine", "download"
        )
    text = _("Is everything as it should be? Then confirm the purchase.")
    if order.returnable_until and order.returnable_until > clock.now():
        text = _("Is everything as it should be? Then confirm the purchase. It can be sent back until %(day)s.") % {
            "day": _day(order.returnable_until)
        }
    title = _("Picked up") if order.method_kind == "pickup" else _("Arrived")
    return Standing(title, text, "success", "house")


def _confirmed(order: Order) -> Standing:
    text = _("Thank you. Tell others what you think of it.")
    return Standing(_("Purchase confirmed"), text, "success", "badge-check")


_BY_STATE: dict[str, Any] = {
    OrderState.DRAFT: _draft,
    OrderState.EXPIRED: _expired,
    OrderState.CANCELLED: _cancelled,
    OrderState.PLACED: _placed,
}
_BY_FULFILMENT: dict[str, Any] = {
    Fulfilment.WAITING: _waiting,
    Fulfilment.PROOFING: _proofing,
    Fulfilment.APPROVED: _approved,
    Fulfilment.IN_PRODUCTION: _in_production,
    Fulfilment.READY: _ready,
    Fulfilment.SHIPPED: _shipped,
    Fulfilment.DELIVERED: _delivered,
    Fulfilment.PURCHASE_CONFIRMED: _confirmed,
}
