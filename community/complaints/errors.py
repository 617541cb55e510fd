from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class NotYourComplaint(Refused):
    code = "not_your_complaint"
    detail = _("A complaint is answered by the team that owns it, and by operators.")


class AuthorDecides(Refused):
    code = "author_decides"
    detail = _("Only the one who complained can say whether it is settled.")


class NothingToConfirm(Conflict):
    code = "not_answered"
    detail = _("This complaint waits for an answer. Once there is one, say whether it settles the matter.")


class NoSuchTeam(Invalid):
    code = "does_not_exist"
    detail = _("There is no such team. Leave it out, and the complaint finds its team by itself.")

    def __init__(self) -> None:
        super().__init__(field="team")


class WrongResponse(Invalid):
    code = "wrong_response"
    detail = _("Say how the matter stands and, in at most 5,000 characters, what was done.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class CarriesComplaint(Conflict):
    code = "does_not_fit_board"
    detail = _("This topic is a complaint with an owner and a clock. It can stand on another complaint board only.")


class NoDesk(Conflict):
    code = "no_desk"
    detail = _("No board takes complaints by mail. Choose one under “desks” in the admin.")


class AlreadyDecided(Conflict):
    code = "already_decided"
    detail = _("This letter has been decided on already.")


class NoSender(Invalid):
    code = "no_sender"
    detail = _("This address belongs to no member. Once its owner has signed up with it, open the letter again.")
