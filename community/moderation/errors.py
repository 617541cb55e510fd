"""What can go wrong."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class NotFlaggable(Invalid):
    code = "not_flaggable"
    detail = _("This cannot be flagged. Write to the operators instead.")


class OwnWords(Refused):
    code = "own"
    detail = _("This is your own. You can edit or remove it yourself.")


class AlreadyFlagged(Conflict):
    code = "already_done"
    detail = _("You have flagged this already. A moderator will look at it.")


class AlreadyDecided(Conflict):
    code = "already_done"
    detail = _("Someone has decided this already. Reload the page to see how.")


class TakenByAnother(Conflict):
    code = "taken"
    detail = _("Another moderator is working on this. Take another case, or wait until it is free.")


class ReasonMissing(Invalid):
    code = "required"
    detail = _("Give a reason. The author reads it, and it stands in the public log.")

    def __init__(self) -> None:
        super().__init__(field="reason")


class TooLateToAppeal(Conflict):
    code = "too_late"
    detail = _("A decision can be answered for six months. That time is over.")


class NotOnOperators(Refused):
    code = "operator"
    detail = _("Operators cannot be sanctioned. Take their role away first.")


class NotByTheSame(Refused):
    code = "same_moderator"
    detail = _("Another moderator must look at the answer to your own decision.")


class EndMissing(Invalid):
    code = "ends_at"
    detail = _("Say until when, in the future and within ten years. A warning has no end.")

    def __init__(self) -> None:
        super().__init__(field="ends_at")
