"""What can go wrong with shelves."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid


class BoughtHere(Conflict):
    """What was bought here is taken off no shelf."""

    code = "bought_here"
    detail = _("It was bought here and stays on your shelf with its receipt. Hide it if you do not want to see it.")


class OnlyOwnWords(Invalid):
    code = "only_own_words"
    detail = _("What was bought here keeps its title, price and days. You can give it a name and a note, or hide it.")


class ShelfFull(Conflict):
    code = "shelf_full"
    detail = _("There is no room for more things from elsewhere. Take one of them off first.")


class NotYetBought(Invalid):
    code = "in_the_future"
    detail = _("That day is still to come. Enter the day on which it was bought.")


class WarrantyOutOfReach(Invalid):
    code = "warranty_out_of_reach"
    detail = _("A warranty ends after the day on which it was bought, and within a hundred years.")


class NotToBeHadAgain(Conflict):
    """A thing from elsewhere, or one whose vendor has taken it back."""

    code = "not_sold_here"
    detail = _("It is not sold here. Look for something like it in the shop.")
