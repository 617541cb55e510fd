from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, NotThere, Refused


class IllegalStep(Conflict):
    """The state does not allow it; the sentence says what it is and what is possible from there."""

    code = "not_now"


class NotYourOrder(Refused):
    """Who asks neither bought it nor works for the vendor."""

    code = "not_your_order"
    detail = _("Only those who bought it and the vendor's staff may do that with this order.")


class NothingChosen(Invalid):
    """No line was named, or none of it is left."""

    code = "nothing_chosen"
    detail = _("Nothing is left of that. Choose at least one thing of which some are left.")


class TooManyUnits(Invalid):
    """More units than are left of a line."""

    code = "too_many_units"
    detail = _("There are not so many left in this order. Choose fewer.")


class UnknownLine(Invalid):
    """A line of another order, or of none."""

    code = "unknown_line"
    detail = _("That is no line of this order. Load the order again and choose from its lines.")


class SentAlready(Conflict):
    """This carrier's tracking number is in the order already."""

    code = "already_done"
    detail = _("This parcel is in the order already.")


class NoSuchCode(NotThere):
    """No order waits for this pick-up code at this vendor's counter."""

    code = "no_such_code"
    detail = _("No order of yours waits for this code. Compare it with what the customer shows, letter by letter.")


class BeingPrepared(Conflict):
    """The vendor has accepted it: the buyer alone cannot call it off any more."""

    code = "not_now"
    detail = _(
        "The vendor is preparing this already, so it cannot be called off with one click. Ask the vendor to cancel it, or "
        "send it back within seven days of its arrival."
    )


class ReasonNeeded(Invalid):
    """The other side is told why."""

    code = "required"
    detail = _("Say why: the other side reads it.")


class NothingToShow(Invalid):
    """A proof without words and without a picture."""

    code = "required"
    detail = _("Show something: a picture, a few words, or both.")


class NothingToReorder(Conflict):
    """Nothing of an order can be bought any more. `refused` says of each thing why."""

    code = "nothing_to_reorder"
    detail = _("None of it can be bought any more. Look around the shop for something like it.")

    def __init__(self, refused: Sequence[Any] = ()) -> None:
        self.refused = list(refused)
        super().__init__()
