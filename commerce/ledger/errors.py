"""What can go wrong in the ledger."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict


class InsufficientBalance(Conflict):
    """An account would fall below zero, or too little of it has not expired."""

    code = "insufficient_balance"
    detail = _("There is not enough for that. Look at the balance and choose a smaller amount.")


class ExceedsSpent(Conflict):
    """More was to be given back than was spent and not yet given back."""

    code = "exceeds_spent"
    detail = _("More was to be given back than was spent. Look at what was given back already.")


class KeyTaken(ValueError):
    """Another kind of transaction has this key: a mistake of the programmer, never of a customer."""
