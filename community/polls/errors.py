from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class PollClosed(Conflict):
    code = "poll_closed"
    detail = _("This poll has closed. Your vote can no longer be cast or changed.")


class WrongChoices(Invalid):
    code = "wrong_choices"
    detail = _("Choose from the answers of this poll, each once, and not more than it allows.")

    def __init__(self, detail=None) -> None:
        super().__init__(detail, field="choices")


class WrongPoll(Invalid):
    code = "wrong_poll"
    detail = _("A poll has between 2 and 20 different answers.")

    def __init__(self, detail=None) -> None:
        super().__init__(detail, field="poll")


class VotersHidden(Refused):
    code = "voters_hidden"
    detail = _("This poll is secret: nobody sees who voted for what.")
