"""Letters: one row a letter to one address, from the wish to send it to what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation.ids import uuid7


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def due_at(self, moment) -> "LetterQuerySet":
        """Letters to send now: queued ones whose hour has come, and claimed ones whose sender died."""
        return self.filter(
            Q(state=Letter.State.QUEUED, not_before__lte=moment)
            | Q(state=Letter.State.SENDING, claimed_until__lt=moment)
        )

    def visible_to(self, member) -> "LetterQuerySet":
        """A member's own letters. Operators read all of them in the admin, which asks for no visibility."""
        return self.filter(member=member) if member.is_authenticated else self.none()


class Letter(models.Model):
    """One letter to one address.

    A letter about a notice, a digest or an announcement is composed when it is sent, so that it says only what its
    reader may see at that moment. A letter that other code wrote (account mail) holds its words from the start.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("of a letter", "waiting")
        SENDING = "sending", pgettext_lazy("of a letter", "being sent")
        SENT = "sent", pgettext_lazy("of a letter", "sent")
        FAILED = "failed", pgettext_lazy("of a letter", "failed")
        BOUNCED = "bounced", pgettext_lazy("of a letter", "came back")
        WITHHELD = "withheld", pgettext_lazy("of a letter", "withheld")

    class Why(models.TextChoices):
        NOTHING = "", _("no reason")
        NO_SERVER = "no_server", _("no mail server is set: read it here")
        NOT_VISIBLE = "not_visible", _("the reader may not see it any more")
        ALREADY_READ = "already_read", _("already read on the page")
        SWITCHED_OFF = "switched_off", _("the reader switched such letters off")
        ADDRESS_STOPPED = "address_stopped", _("mail to this address comes back")
        NOTHING_NEW = "nothing_new", _("nothing was left to tell")
        GAVE_UP = "gave_up", _("the mail server could not be reached for two days")
        REFUSED = "refused", _("the mail server refused the letter")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("member"),
    )
    address = models.EmailField(pgettext_lazy("of a letter", "to"), max_length=320)
    language = models.CharField(_("language"), max_length=8)
    notice = models.ForeignKey(
        "community_notifications.Notice",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("notice"),
    )
    announcement = models.ForeignKey(
        "community_notifications.Announcement",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("announcement"),
    )
    since = models.DateTimeField(
        _("tells from"), null=True, blank=True, help_text=_("A digest tells what came after this.")
    )
    subject = models.CharField(pgettext_lazy("of a letter", "subject"), max_length=250, blank=True)
    text = models.TextField(_("plain text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    why = models.CharField(_("because"), max_length=16, choices=Why, blank=True, default="")
    error = models.TextField(_("what the mail server said"), blank=True)
    queued_at = models.DateTimeField(pgettext_lazy("of a letter", "written"))
    not_before = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(_("claimed by"), null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(pgettext_lazy("of a letter", "sent"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sending", claim__isnull=False, claimed_until__isnull=False)
                | ~Q(state="sending") & Q(claim=None, claimed_until=None),
                name="letter_sending_is_claimed",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="letter_sent_has_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["withheld", "failed"]) | ~Q(why=""), name="letter_kept_says_why"
            ),
            models.UniqueConstraint(fields=["notice"], condition=Q(state="queued"), name="letter_one_waiting_a_notice"),
            models.UniqueConstraint(
                fields=["announcement", "member"],
                condition=Q(announcement__isnull=False),
                name="letter_one_a_member_an_announcement",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state="queued"), name="letter_waiting"),
            models.Index(fields=["claimed_until"], condition=Q(state="sending"), name="letter_claimed"),
            models.Index(fields=["member", "-queued_at"], name="letter_of_member"),
            models.Index(fields=["state", "-queued_at"], name="letter_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.address}"
