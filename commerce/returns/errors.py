"""What can go wrong with returns."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class NotArrived(Conflict):
    code = "not_now"
    detail = _("It has not arrived yet. Say that it arrived, or cancel it if that is still possible.")


class TooLate(Conflict):
    """Beyond the days in which this reason counts."""

    code = "too_late"
    detail = _(
        "The days in which it could be sent back for this reason are over. What is faulty or not as described can come "
        "back for ninety days; otherwise write to the vendor."
    )


class OnlyForFaults(Conflict):
    """Made to order, or a file: no right of withdrawal (전자상거래법, article 17 (2))."""

    code = "not_returnable"
    detail = _(
        "What was made to order, and files, come back only if something is wrong with them. Choose what is wrong, or "
        "write to the vendor."
    )


class LineTwice(Invalid):
    code = "line_twice"
    detail = _("A line is named twice. Name each line once, with all that comes back of it.")


class UnknownReason(Invalid):
    code = "required"
    detail = _("Say why it comes back.")


class ReturnMoved(Conflict):
    """The return stands elsewhere than the act needs it; the sentence says where, and what is possible."""

    code = "not_now"


class RefusedWithoutReason(Invalid):
    code = "required"
    detail = _("Say why you turn it down: the buyer reads it.")


class NotSent(Invalid):
    code = "required"
    detail = _("Say with which carrier it goes, or its tracking number.")


class NothingReceived(Conflict):
    """There is no received return of the order of which something waits for its money."""

    code = "nothing_received"
    detail = _("Nothing that was sent back waits for its refund. Note what arrived first, or enter an amount.")


class ReturnNeeded(Invalid):
    """Several returns could be meant."""

    code = "return_required"
    detail = _("Several returns of this order are open. Name the one that is meant.")


class GoodwillByManagers(Refused):
    code = "not_manager"
    detail = _("Money out of goodwill is given by managers and owners. Ask one of them.")


class TooFewToReplace(Conflict):
    code = "out_of_stock"
    detail = _("There are not enough left to send in its place. Refund it, or count what is there first.")


class RefundedInPart(Conflict):
    code = "not_now"
    detail = _("A part of this return was refunded already. Refund the rest too.")


class NothingUnderWay(Conflict):
    code = "not_now"
    detail = _("No return of this order is on its way. Load the order again to see how its returns stand.")


class LinesOrAmount(Invalid):
    """Both what came back and money for nothing."""

    code = "lines_or_amount"
    detail = _("Name lines that came back, or an amount out of goodwill: one of the two at a time.")


class NoSuchOrder(Invalid):
    code = "no_such_order"
    detail = _("No order of yours has this number. Copy it from the list of orders.")
