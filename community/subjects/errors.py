"""What can go wrong with subjects."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class AddressTaken(Conflict):
    code = "address_taken"
    detail = _("This address belongs to something else already. Choose another one.")


class MergedAway(Conflict):
    code = "already_merged"
    detail = _("This was merged into another subject meanwhile. Open that one instead.")


class SameSubject(Invalid):
    code = "same_subject"
    detail = _("A subject cannot be merged into itself. Name another one.")


class UnknownCategory(Invalid):
    code = "unknown_category"
    detail = _("There is no such category. Choose one from the list.")


class CategoryLoop(Invalid):
    code = "category_loop"
    detail = _("A category cannot stand below itself. Choose another place for it.")


class UnknownPicture(Invalid):
    code = "unknown_picture"
    detail = _("That picture is not there, or not yours. Upload it again.")


class UnknownSound(Invalid):
    code = "unknown_sound"
    detail = _("That sound is not there, or not yours. Upload it again.")


class NotYourSubject(Refused):
    detail = _("Only the member who entered this subject, its stewards and moderators may change it.")


class ModeratorsOnly(Refused):
    detail = _("Only moderators may do this.")
