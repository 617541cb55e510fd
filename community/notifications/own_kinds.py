"""The notice kinds of the community's own events, in the order of the settings page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.notifications.kinds import Group, NoticeKind, register
from community.notifications.models.wishes import Channel

AT_ONCE = frozenset({Channel.PAGE, Channel.LETTER, Channel.DIGEST})
BY_AND_BY = frozenset({Channel.PAGE, Channel.DIGEST})
PAGE_ONLY = frozenset({Channel.PAGE})

OWN_KINDS = (
    NoticeKind(
        name="reply",
        icon="reply",
        group=Group.TO_YOU,
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
        name="quote",
        icon="message-square",
        group=Group.TO_YOU,
        title=_("Quotes of what you wrote"),
        one=_("%(by)s quoted you in “%(title)s”"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other quoted you in “%(title)s”",
            "%(by)s and %(others)d others quoted you in “%(title)s”",
            "others",
        ),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="mention",
        icon="user",
        group=Group.TO_YOU,
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
        icon="messages-square",
        group=Group.WATCHED,
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
        icon="message-circle",
        group=Group.WATCHED,
        title=_("New topics on boards you watch"),
        one=_("%(by)s opened “%(title)s”"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="authored",
        icon="message-circle",
        group=Group.WATCHED,
        title=_("New topics by members you follow"),
        one=_("%(by)s, whom you follow, opened “%(title)s”"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="bookmark",
        icon="timer",
        group=Group.WATCHED,
        title=_("Reminders of your bookmarks"),
        one=_("You asked to be reminded of “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="poll",
        icon="vote",
        group=Group.WATCHED,
        title=_("Results of polls you opened or voted in"),
        one=_("The poll in “%(title)s” has closed. See the result."),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="answer",
        icon="circle-check",
        title=_("Your answer was accepted"),
        one=_("%(by)s accepted your answer to “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="idea",
        icon="award",
        title=_("Answers to ideas you wrote or voted for"),
        one=_("%(by)s answered the idea “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint",
        icon="mail-check",
        title=_("Answers to your complaints"),
        one=_("%(by)s answered your complaint “%(title)s”. Say whether that settles it."),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint_working",
        icon="wrench",
        title=_("Your complaints being looked into"),
        one=_("%(by)s is looking into your complaint “%(title)s”"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="complaint_owned",
        icon="flag",
        group=Group.TEAM,
        title=_("Complaints your team must answer"),
        one=_("%(by)s complained: “%(title)s”. Your team owns it, and its clock is running."),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint_late",
        icon="timer",
        group=Group.TEAM,
        title=_("Complaints whose answer is late"),
        one=_("The answer to the complaint “%(title)s” is late."),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="complaint_settled",
        icon="circle-check",
        group=Group.TEAM,
        title=_("Complaints to your team that are settled"),
        one=_("%(by)s says that the complaint “%(title)s” is settled"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="asked",
        icon="messages-square",
        group=Group.TEAM,
        title=_("Questions to your team"),
        one=_("%(by)s asked about what your team answers for: “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="told",
        icon="message-circle",
        group=Group.TEAM,
        title=_("Word of mouth, ideas and complaints about what your team answers for"),
        one=_("%(by)s wrote about what your team answers for: “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="review",
        icon="star",
        group=Group.TEAM,
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
        icon="reply",
        title=_("Replies to your reviews"),
        one=_("%(by)s replied to your review of “%(title)s”"),
        defaults=AT_ONCE,
    ),
    NoticeKind(
        name="helpful",
        icon="thumbs-up",
        title=_("Members whom your reviews helped"),
        one=_("Your review of “%(title)s” was helpful to others"),
        defaults=PAGE_ONLY,
    ),
    NoticeKind(
        name="moved",
        icon="move",
        title=_("Topics of yours that were moved or joined"),
        one=_("%(by)s moved what you wrote. It stands here now: “%(title)s”"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="merged",
        icon="merge",
        title=_("Subjects of yours that were joined with another"),
        one=_("%(by)s joined a subject you entered or answer for with “%(title)s”"),
        defaults=BY_AND_BY,
    ),
    NoticeKind(
        name="reaction",
        icon="smile",
        group=Group.TO_YOU,
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
        icon="circle-user-round",
        group=Group.TO_YOU,
        title=_("New followers"),
        one=_("%(by)s follows you"),
        many=ngettext_lazy(
            "%(by)s and %(others)d other follow you", "%(by)s and %(others)d others follow you", "others"
        ),
        defaults=PAGE_ONLY,
    ),
    NoticeKind(
        name="announcement",
        icon="info",
        group=Group.SITE,
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
