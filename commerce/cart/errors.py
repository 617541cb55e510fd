from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid


class WrongQuantity(Invalid):
    """Not a whole number from one to MOST_OF_A_LINE."""

    code = "invalid_quantity"
    detail = _("Enter a whole number, at least 1 and less than ten thousand.")


class TooManyLines(Conflict):
    """A cart holds MOST_LINES different things."""

    code = "cart_full"
    detail = _("The cart holds as many different things as fit. Buy some of them first, or take some out.")


class TooManyLabels(Conflict):
    """A bill is split by MOST_LABELS labels at most."""

    code = "too_many_labels"
    detail = _("One bill is split by as many labels as can still be read. Use one that you have already.")


class NotOnSale(Conflict):
    """Who asks may see it, but nobody can buy it now."""

    code = "not_on_sale"
    detail = _("This is not sold at the moment. Look again later, or choose something like it.")


class CartGone(Conflict):
    """The cart was joined with another or swept while this came."""

    code = "cart_gone"
    detail = _("This cart is not there any more: it was joined with that of your account. Look into your cart.")
