"""Notices: what happened that concerns a member, grouped by what it happened to."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import targets
from community.foundation.ids import uuid7


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def visible_to(self, member) -> "NoticeQuerySet":
        """The member's own notices on the page, about things that the member may still see."""
        if not member.is_authenticated:
            return self.none()
        known = (Q(target_kind=name, target_id__in=kind.visible_to(member).values("pk")) for name, kind in _kinds())
        return self.filter(reduce(or_, known, Q(pk=None)), member=member, on_page=True)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


def _kinds():
    return sorted(targets.kinds().items())


class Notice(models.Model):
    """One line of a member's notices: a kind of event at one target, however often it happened.

    While unread, further events are added to it; once read, the next event makes it unread again and counts anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=40)
    target_kind = models.CharField(_("kind of target"), max_length=40)
    target_id = models.UUIDField(_("target"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("last by")
    )
    count = models.PositiveIntegerField(_("events"), default=1)
    people = models.PositiveIntegerField(_("people"), default=1)
    on_page = models.BooleanField(_("on the page"), default=True)
    opened_at = models.DateTimeField(_("first of these"))
    at = models.DateTimeField(_("last of these"))
    read_at = models.DateTimeField(pgettext_lazy("when", "read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "target_kind", "target_id"], name="notice_one_a_group"),
            models.CheckConstraint(condition=Q(opened_at__lte=models.F("at")), name="notice_opened_before_last"),
            models.CheckConstraint(condition=Q(people__lte=models.F("count")), name="notice_people_at_most_events"),
        ]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="notice_of_member"),
            models.Index(fields=["member"], condition=Q(read_at=None, on_page=True), name="notice_unread"),
            models.Index(fields=["target_kind", "target_id"], name="notice_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.target_kind}"


class Happening(models.Model):
    """One event inside a notice: its source (a post, a reaction) and who did it. Holds a repeated event to one."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="happenings")
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("event of a notice")
        verbose_name_plural = _("events of notices")
        constraints = [models.UniqueConstraint(fields=["notice", "source_kind", "source_id"], name="happening_once")]
        indexes = [models.Index(fields=["source_kind", "source_id"], name="happening_by_source")]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id}"
