"""What acts on boards, topics and posts refuse, by name."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused, TooMany


class MayNotOnBoard(Refused):
    """403: the board may be read, but not this done on it."""

    detail = _("You can read this board, but you may not do that here.")


class NotYours(Refused):
    """403: only the author or a moderator of the board may."""

    detail = _("Only its author or a moderator of the board may do that.")


class TopicLocked(Conflict):
    """409: no more replies or changes are taken."""

    code = "topic_locked"
    detail = _("This topic is locked. You can still read it, or start a new topic.")


class TopicGone(Conflict):
    """409: hidden, removed or merged in the meantime."""

    code = "topic_gone"
    detail = _("This topic is not open any more. Reload the page to see what became of it.")


class TopicHasAnswers(Conflict):
    """409: others have answered; only a moderator may take their words away too."""

    code = "topic_has_answers"
    detail = _("Others have answered here. Ask a moderator of the board if the topic should go.")


class NothingToRestore(Conflict):
    code = "not_removed"
    detail = _("This is not removed, so there is nothing to restore.")


class OpeningPost(Conflict):
    """409: the first post carries its topic and cannot go without it."""

    code = "opening_post"
    detail = _("The first post belongs to the topic. Remove the whole topic instead.")


class NotAQuestion(Conflict):
    code = "not_a_question"
    detail = _("Only a topic on a question board can have an accepted answer.")


class NotAnAnswer(Conflict):
    code = "not_an_answer"
    detail = _("Only a visible reply to this question can be its accepted answer.")


class NothingToMove(Invalid):
    code = "nothing_to_move"
    detail = _("Choose at least one reply of this topic; the first post stays.")


class SameTopic(Invalid):
    code = "same_topic"
    detail = _("Choose another topic to merge into.")


class SlowMode(TooMany):
    """429: slow mode asks for a pause between two posts of one member in a topic."""

    code = "slow_mode"
    detail = _("This topic is in slow mode. Give the others a moment, then answer.")
