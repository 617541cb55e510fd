from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class VotingOver(Conflict):
    code = "voting_over"
    detail = _("This idea is decided, so votes are no longer counted.")


class NotYourIdea(Refused):
    code = "not_your_idea"
    detail = _("Ideas are answered by a team that stands for what they are about, and by operators.")


class WrongStage(Invalid):
    code = "invalid_choice"
    detail = _("Choose design, making, delivery or after-service.")

    def __init__(self) -> None:
        super().__init__(field="stage")


class WrongAnswer(Invalid):
    code = "wrong_answer"
    detail = _("Give a status and, in at most 5,000 characters, the reason for it.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class DecidedIdea(Conflict):
    code = "does_not_fit_board"
    detail = _("This topic is an idea with votes. It can stand on another idea board only.")
