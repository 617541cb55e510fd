"""What can go wrong on the way from a cart to a paid purchase."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Purchase
from community.foundation.problems import Conflict, Invalid


class EmptyCart(Conflict):
    code = "cart_empty"
    detail = _("There is nothing in your cart. Put something into it first.")


class CannotBeBought(Conflict):
    """Lines of the cart cannot be bought as they stand. `codes` are theirs, the sentence is that of the first."""

    code = "line_unavailable"

    def __init__(self, hindrances: Sequence[tuple[str, str, str]]) -> None:
        self.lines = [title for title, _code, _sentence in hindrances]
        title, code, sentence = hindrances[0]
        super().__init__(f"{title}: {sentence}", code=code)


class PriceRose(Conflict):
    """A line, or the whole, costs more than what the buyer was shown (2.22)."""

    code = "price_changed"
    detail = _("A price rose since you looked. Look at your cart again, and buy if you agree.")


class AddressNeeded(Invalid):
    code = "address_required"
    detail = _("Something in your cart has to be delivered. Give the address.")


class UnknownVendor(Invalid):
    code = "unknown_vendor"
    detail = _("Nothing in your cart is from this vendor. Name vendors of your cart only.")


class PaymentRunning(Conflict):
    """The cart is being paid already, in another window or by an earlier click."""

    code = "payment_running"
    detail = _("You are paying for this cart already. Go on there, or cancel that payment first.")

    def __init__(self, purchase: Purchase) -> None:
        self.purchase = purchase
        super().__init__()


class PaymentDeclined(Conflict):
    code = "payment_declined"
    detail = _("The payment was declined and nothing was charged. Choose another way to pay; your cart is as it was.")


class RefundTooLarge(Conflict):
    code = "refund_too_large"
    detail = _("That is more than is left of what was paid. Look at what went back already, and enter less.")


class NothingToRefund(Invalid):
    code = "nothing_to_refund"
    detail = _("Say which lines, or how much, is to go back.")
