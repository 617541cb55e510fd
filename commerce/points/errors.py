"""What can go wrong with points."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid


class WrongGrant(Invalid):
    """A grant without a reason, or of an amount or time that cannot be meant."""

    code = "invalid_grant"
    detail = _("Say how many points, for how many days, and why. The member reads the reason.")


class WrongPoints(Invalid):
    """Less than one point was to be spent."""

    code = "invalid_points"
    detail = _("Points are whole numbers from one up.")


class AlreadySettled(Conflict):
    """What was reserved was spent or released before, and cannot be both."""

    code = "already_done"
    detail = _("These points were spent or given back already.")
