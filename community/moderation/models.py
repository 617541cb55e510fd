"""Cases with their flags, decisions with their appeals, sanctions, and the public log."""

from typing import Any, Self

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.boards import rights
from community.boards.models import Board
from community.foundation.ids import uuid7

MEMBER = settings.AUTH_USER_MODEL


class Reason(models.TextChoices):
    """Why something is flagged."""

    SPAM = "spam", _("Spam or advertising")
    ABUSE = "abuse", _("Insult, threat or harassment")
    OFF_TOPIC = "off_topic", _("Does not belong here")
    PRIVATE = "private", _("Shows someone's private data")
    FAKE = "fake", _("Fake review, or a reward is hidden")
    ILLEGAL = "illegal", _("Against the law")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What a decision does."""

    KEPT = "kept", _("left as it is")
    HIDDEN = "hidden", _("hidden")
    RESTORED = "restored", _("shown again")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, member: Any) -> Self:
        """Cases that `member` may work on: operators all; moderators those of their boards, and never their own."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if member.is_operator:
            return self
        return self.filter(board__in=rights.board_ids(member, "moderate")).exclude(author=member)

    def open(self) -> Self:
        return self.filter(state=Case.State.OPEN)


class Case(models.Model):
    """Something that members flagged, with a copy of its words: who deletes it, or the account, does not escape."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target_kind = models.CharField(_("kind"), max_length=40)
    target_id = models.UUIDField(_("target"))
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("board"))
    author = models.ForeignKey(
        MEMBER, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("author")
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    words = models.TextField(_("words when flagged"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    flag_count = models.PositiveIntegerField(_("flags"), default=0)
    opened_at = models.DateTimeField(_("opened"))
    decided_at = models.DateTimeField(pgettext_lazy("when", "decided"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        MEMBER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    claimed_until = models.DateTimeField(_("taken until"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["target_kind", "target_id"], condition=Q(state="open"), name="case_one_open_a_target"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | Q(state="decided", decided_at__isnull=False),
                name="case_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(claimed_until__isnull=False), name="case_taken_has_end"
            ),
        ]
        indexes = [
            models.Index(fields=["board", "opened_at", "id"], condition=Q(state="open"), name="case_open"),
            models.Index(fields=["target_kind", "target_id"], name="case_of_target"),
            models.Index(fields=["-decided_at"], condition=Q(state="decided"), name="case_decided"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.target_id)

    def get_absolute_url(self) -> str:
        return reverse("community_moderation:case", args=[self.pk])


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, member: Any) -> Self:
        """One's own flags, and those of the cases one may work on: nobody else learns who flagged."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self.filter(Q(member=member) | Q(case__in=Case.objects.visible_to(member)))


class Flag(models.Model):
    """One member's word that something is wrong."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="flags", verbose_name=_("case"))
    member = models.ForeignKey(
        MEMBER, models.SET_NULL, null=True, blank=True, related_name="flags", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"))

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="flag_one_a_member_and_case"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="flag_reason_is_known"),
        ]
        indexes = [models.Index(fields=["member", "-at"], name="flag_by_member")]

    def __str__(self) -> str:
        return self.get_reason_display()

    def get_absolute_url(self) -> str:
        return reverse("community_moderation:my_flags")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Any) -> Self:
        """The decisions about what one wrote, and those of the cases one may work on."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self.filter(Q(case__author=member) | Q(case__in=Case.objects.visible_to(member)))


class Decision(models.Model):
    """What a moderator decided, and why: the statement of reasons that the author reads (Art. 17 DSA)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions", verbose_name=_("case"))
    by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=1000)
    at = models.DateTimeField(_("at"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="decision_of_case")]

    def __str__(self) -> str:
        return self.get_outcome_display()

    def get_absolute_url(self) -> str:
        return reverse("community_moderation:decision", args=[self.pk])


class Appeal(models.Model):
    """The author's answer to a decision, and what another moderator made of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal", verbose_name=_("decision"))
    text = models.CharField(_("answer of the author"), max_length=2000)
    at = models.DateTimeField(_("at"))
    upheld = models.BooleanField(_("the decision stays"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        MEMBER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(pgettext_lazy("when", "answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="appeal_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at=None, upheld=None, answer="")
                | Q(answered_at__isnull=False, upheld__isnull=False) & ~Q(answer=""),
                name="appeal_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(answered_at=None), name="appeal_open")]

    def __str__(self) -> str:
        return self.text[:60]


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def visible_to(self, member: Any) -> Self:
        """Operators see all, members their own."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self if member.is_operator else self.filter(member=member)

    def in_force(self, moment: Any) -> Self:
        return self.filter(lifted_at=None, ends_at__gt=moment)


class Sanction(models.Model):
    """A warning, a silence or a suspension, with its reason and its end."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("warning")
        SILENCE = "silence", _("silence: may read, not write")
        SUSPENSION = "suspension", _("suspension: may not log in")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="sanctions", verbose_name=_("member"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=1000)
    case = models.ForeignKey(
        Case, models.SET_NULL, null=True, blank=True, related_name="sanctions", verbose_name=_("case")
    )
    by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        MEMBER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="warning", ends_at=None)
                | Q(kind__in=["silence", "suspension"], ends_at__isnull=False, ends_at__gt=F("at")),
                name="sanction_ends_unless_a_warning",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_has_a_reason"),
        ]
        indexes = [models.Index(fields=["member", "-at"], name="sanction_of_member")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("community_moderation:sanction", args=[self.pk])


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, member: Any) -> Self:
        """What happened on boards that one may read; on boards of own topics, and of no board, for those who moderate
        there alone, except sanctions, which name nobody."""
        moderated = Q(board__in=rights.board_ids(member, "moderate"))
        readable = Q(board__in=rights.readable_board_ids(member), board__own_topics_only=False)
        return self.filter(moderated | readable | Q(board=None))


class Entry(models.Model):
    """A line of the public log: what was done, where and why; never to whom, and none of the words it was about."""

    class Act(models.TextChoices):
        HIDDEN = "hidden", _("hidden")
        RESTORED = "restored", _("shown again")
        KEPT = "kept", _("flag looked at, left as it is")
        WARNED = "warned", _("member warned")
        SILENCED = "silenced", _("member silenced")
        SUSPENDED = "suspended", _("member suspended")
        LIFTED = "lifted", _("sanction lifted")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    act = models.CharField(_("act"), max_length=10, choices=Act)
    target_kind = models.CharField(_("kind"), max_length=40, blank=True)
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("board"))
    reason = models.CharField(_("reason"), max_length=1000)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the moderation log")
        verbose_name_plural = _("moderation log")
        indexes = [models.Index(fields=["-at", "-id"], name="entry_newest")]

    def __str__(self) -> str:
        return self.get_act_display()


class OperatorAct(LogEntry):
    """A line of the log of what operators did in the admin; it names its row by key alone."""

    class Meta:
        proxy = True
        verbose_name = _("act of an operator")
        verbose_name_plural = _("what operators did")
