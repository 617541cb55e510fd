"""What can go wrong with watches."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid


class WatchedAlready(Conflict):
    code = "already_done"
    detail = _("You watch this already. Change that instead.")


class TooManyWatched(Conflict):
    code = "too_many_watches"
    detail = _("You watch as many things as there is room for. End one of them first.")


class NothingWatched(Invalid):
    code = "nothing_watched"
    detail = _("Choose at least one of the two, or end it altogether.")


class NoPriceToFall(Invalid):
    """A target without a wish to hear of prices."""

    code = "no_price_fall"
    detail = _("A price of yours needs “When it costs less”. Choose that too, or leave the price empty.")


class NotBelowPrice(Invalid):
    code = "target_not_below_price"
    detail = _("It costs no more than that already. Enter a price below today's.")


class NoSuchVariant(Invalid):
    code = "does_not_exist"
    detail = _("This product has no such variant on sale. Choose one of those that it has.")
