"""What can go wrong with payments, and the words for why one failed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Unavailable

_FAILURES: dict[str, str | Promise] = {
    "declined": _(
        "The payment was declined. Nothing was taken from you. Choose another way of payment, or ask your bank."
    ),
    "insufficient_funds": _(
        "There is not enough on that card. Nothing was taken from you. Choose another way of payment."
    ),
    "expired_card": _("That card is no longer valid. Nothing was taken from you. Choose another way of payment."),
    "authentication_failed": _(
        "Your bank did not confirm that it is you. Nothing was taken from you. Try again, or choose another way of payment."
    ),
    "cancelled": _("You did not go through with the payment. Nothing was taken from you, and you can try again."),
    "expired": _("The payment was not finished in time. Nothing was taken from you, and you can try again."),
    "not_reached": _(
        "The payment service could not be reached. Nothing was taken from you. Try again in some minutes."
    ),
}


def sentence_for(failure: str) -> str | Promise:
    """Why a payment failed, in words that say what to do next."""
    return _FAILURES.get(failure, _FAILURES["declined"])


def known_failure(code: str) -> str:
    """A provider's code if we have words for it, else "declined"."""
    return code if code in _FAILURES else "declined"


class AlreadyPaying(Conflict):
    """A payment of this purchase is under way."""

    code = "already_paying"
    detail = _("This purchase is being paid already. Finish that payment, or wait until it has ended.")


class AlreadyPaid(Conflict):
    """It was paid before."""

    code = "already_done"
    detail = _("This purchase is paid already. You find it among your orders.")


class PurchaseOver(Conflict):
    """It expired, or its payment failed before: it is not paid any more."""

    code = "purchase_over"
    detail = _("This purchase is over. Begin again from your cart.")


class UnknownWay(Invalid):
    """No provider of this site offers that way of payment to this member."""

    code = "unknown_payment_method"
    detail = _("That way of payment is not offered here. Choose one of the list.")

    def __init__(self) -> None:
        super().__init__(field="payment_method")


class RefundTooLarge(Conflict):
    """More was to go back than came and did not go back yet."""

    code = "refund_too_large"
    detail = _("That is more than was paid and not given back yet. Enter a smaller amount.")


class RefundDiffers(Conflict):
    """The key of a refund was used for another one."""

    code = "refund_differs"
    detail = _("This refund was asked for before, with another amount. Reload the page to see it.")


class NothingToSend(Conflict):
    """The refund is done, or on its way."""

    code = "already_done"
    detail = _("This refund is done or on its way already.")


class NothingToAsk(Conflict):
    """The payment has ended."""

    code = "already_done"
    detail = _("This payment has ended; there is nothing to ask about it.")


class ProviderUnreachable(Unavailable):
    """The provider gave no answer that can be relied on. What was asked may have been done: it is asked again later."""

    code = "payment_service_unreachable"
    detail = _("The payment service does not answer at the moment. Try again in a minute; nothing was lost.")


class ProviderRefused(Conflict):
    """The provider understood and will not do it, now or later. `why` is its own word for it."""

    code = "payment_refused"

    def __init__(self, why: str) -> None:
        self.why = why[:60]
        super().__init__(_("The payment service refuses that: %(why)s.") % {"why": self.why})


class ForgedEvent(Invalid):
    """A message that the provider did not sign, or not lately."""

    code = "invalid_signature"
    detail = _("The signature of this message does not fit.")


class MalformedEvent(Invalid):
    """A message that is signed, and says nothing that can be read."""

    code = "malformed"
    detail = _("This message cannot be read. The documentation of the sandbox says what it has to hold.")


class TooManyKept(Conflict):
    """A member keeps no more cards."""

    code = "too_many"
    detail = _("You keep as many cards as is possible. Forget one first.")
