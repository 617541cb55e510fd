from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused

Short = tuple[UUID, int, int]
"""A variant, how many were wanted of it, how many are available."""


class OutOfStock(Conflict):
    """Something is not there in the wanted number; nothing was held. `short` lists each such variant."""

    code = "out_of_stock"
    detail = _("There is not enough left of what you want. Choose fewer, or ask to be told when it is back.")

    def __init__(self, short: Sequence[Short]) -> None:
        self.short = list(short)
        super().__init__()


class HeldOtherwise(Conflict):
    """The same source already holds other things or other numbers."""

    code = "held_otherwise"
    detail = _("Something else is already kept for this. Start again.")


class StockHeld(Conflict):
    """The number would fall below what is promised to buyers at this moment."""

    code = "stock_held"
    detail = _("So few are not possible: more are held for buyers who are paying. Wait some minutes, or cancel first.")


class FullyBooked(Conflict):
    """No day within sight has a place left for what is to be made."""

    code = "fully_booked"
    detail = _("All days for making this are taken. Choose fewer, or look again in some days.")


class WrongQuantity(Invalid):
    """Not a whole number from one to MOST."""

    code = "invalid_quantity"
    detail = _("Enter a whole number, at least 1 and less than a million.")


class NotCounted(Invalid):
    """Digital goods have no number on hand."""

    code = "not_counted"
    detail = _("Of files there is no number on hand: they never run out. Leave it out.")


class PastDay(Invalid):
    """A day that is over."""

    code = "past_day"
    detail = _("That day is over. Choose today or a later day.")


class NotYourStock(Refused):
    """Who asks does not work for the vendor."""

    code = "not_your_vendor"
    detail = _("Only the vendor's own staff count its goods and set its days.")
