from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid


class TooManyPoints(Conflict):
    """More points than there is to pay."""

    code = "too_many_points"
    detail = _("Those are more points than there is to pay. Enter fewer.")


class InvalidPoints(Invalid):
    """Not a whole number from nought up."""

    code = "invalid_points"
    detail = _("Enter a whole number of points, or none.")


class TooDear(Conflict):
    """The whole is more than any amount on this site."""

    code = "too_dear"
    detail = _("Together that is more than can be paid at once. Buy it in parts.")
