"""What this app tells the registries of the apps to the left: targets, notices, the entry in the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.foundation import fragments, targets
from community.moderation import queue
from community.notifications import kinds
from community.notifications.kinds import Group, NoticeKind
from community.notifications.models.wishes import Channel

AT_ONCE = frozenset({Channel.PAGE, Channel.LETTER})
ALWAYS = frozenset({Channel.PAGE})

NOTICE_KINDS = (
    NoticeKind(
        name="moderated",
        icon="scroll-text",
        group=Group.SITE,
        title=_("Decisions about what you wrote"),
        one=_("A moderator decided about “%(title)s”. Read why, and answer if you disagree."),
        defaults=AT_ONCE,
        always=ALWAYS,
    ),
    NoticeKind(
        name="appeal_answered",
        icon="scroll-text",
        group=Group.SITE,
        title=_("Answers to your objections"),
        one=_("Your objection about “%(title)s” was answered."),
        defaults=AT_ONCE,
        always=ALWAYS,
    ),
    NoticeKind(
        name="flag_decided",
        icon="flag",
        group=Group.SITE,
        title=_("What became of your flags"),
        one=_("What you flagged was looked at: “%(title)s”"),
        defaults=frozenset({Channel.PAGE, Channel.DIGEST}),
    ),
    NoticeKind(
        name="sanction",
        icon="lock",
        group=Group.SITE,
        title=_("Warnings and sanctions"),
        one=_("The operators decided: %(title)s. Read why."),
        defaults=AT_ONCE,
        always=frozenset({Channel.PAGE, Channel.LETTER}),
    ),
)


TARGETS = (
    targets.Kind(
        name="decision",
        model="community_moderation.Decision",
        title=lambda decision: decision.case.title,
        url=lambda decision: decision.get_absolute_url(),
    ),
    targets.Kind(
        name="flag",
        model="community_moderation.Flag",
        title=lambda flag: flag.case.title,
        url=lambda flag: flag.get_absolute_url(),
    ),
    targets.Kind(
        name="sanction",
        model="community_moderation.Sanction",
        title=lambda sanction: sanction.get_kind_display(),
        url=lambda sanction: sanction.get_absolute_url(),
    ),
)


def register_all() -> None:
    """Called in `AppConfig.ready`."""
    for notice in NOTICE_KINDS:
        kinds.register(notice)
    for target in TARGETS:
        targets.register(target)
    fragments.fill("member-menu", "community/moderation/queue/_menu.html", for_the_menu, order=90)


def for_the_menu(request: HttpRequest, about: Any) -> dict[str, int] | None:
    """How many open cases wait, for those who moderate."""
    if not request.user.is_authenticated or not request.user.moderates_somewhere:
        return None
    return {"waiting": queue.waiting(request.user)}
