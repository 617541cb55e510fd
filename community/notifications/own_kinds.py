"""The notice kinds of the community's own events, in the order of the settings page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.notifications.kinds import NoticeKind, register
from community.notifications.models.wishes import Channel

AT_ONCE = frozenset({Channel.PAGE, Channel.LETTER, Channel.DIGEST})
BY_AND_BY = frozenset({Channel.PAGE, Channel.DIGEST})
PAGE_ONLY = frozenset({Channel.PAGE})

OWN_KINDS = (
    NoticeKind(
        name="reply",
        title=_("Replies to you"),
        one=_("%(by)s replied to you in “%(title)s”"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other replied to you in “%(title)s”",
            "%(by)s and %(others)d others replied to you in “%(title)s”",
            "others",
        ),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="mention",
        title=_("Mentions of you"),
        one=_("%(by)s mentioned you in “%(title)s”"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other mentioned you in “%(title)s”",
            "%(by)s and %(others)d others mentioned you in “%(title)s”",
            "others",
        ),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="post",
        title=_("New posts in topics you watch"),
        one=_("%(by)s wrote in “%(title)s”"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other wrote in “%(title)s”",
            "%(by)s and %(others)d others wrote in “%(title)s”",
            "others",
        ),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="topic",
        title=_("New topics on boards you watch"),
        one=_("%(by)s opened “%(title)s”"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="answer",
        title=_("Your answer was accepted"),
        one=_("%(by)s accepted your answer to “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="idea",
        title=_("Answers to ideas you wrote or voted for"),
        one=_("%(by)s answered the idea “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint",
        title=_("Answers to your complaints"),
        one=_("%(by)s answered your complaint “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint_owned",
        title=_("Complaints your team must answer"),
        one=_("%(by)s complained: “%(title)s”. Your team owns it, and its clock is running."),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint_late",
        title=_("Complaints whose answer is late"),
        one=_("The answer to the complaint “%(title)s” is late."),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="asked",
        title=_("Questions to your team"),
        one=_("%(by)s asked about what your team answers for: “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="review",
        title=_("Reviews of what your team answers for"),
        one=_("%(by)s reviewed “%(title)s”"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other reviewed “%(title)s”",
            "%(by)s and %(others)d others reviewed “%(title)s”",
            "others",
        ),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="review_reply",
        title=_("Replies to your reviews"),
        one=_("%(by)s replied to your review of “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="reaction",
        title=_("Reactions to what you wrote"),
        one=_("%(by)s reacted to “%(title)s”"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other reacted to “%(title)s”",
            "%(by)s and %(others)d others reacted to “%(title)s”",
            "others",
        ),
        defaults=PAGE_ONLY,
    ),
    NoticeKind(
        name="follow",
        title=_("New followers"),
        one=_("%(by)s follows you"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other follow you", "%(by)s and %(others)d others follow you", "others"
        ),
        defaults=PAGE_ONLY,
    ),
    NoticeKind(
        name="announcement",
        title=_("Announcements of the operators"),
        one=_("%(title)s"),
        defaults=AT_ONCE,
        always=PAGE_ONLY,
    ),
)


def register_all() -> None:
    """Make the community's own kinds known; called in `AppConfig.ready`."""
    for kind in OWN_KINDS:
        register(kind)
