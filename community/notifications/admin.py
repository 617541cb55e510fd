"""Operators read letters, mend addresses, and tell everyone."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display

from community.foundation.operating import Between, LookUp, Page, act
from community.foundation.problems import Conflict, Problem
from community.members.models import Member
from community.notifications import addresses, announcing, kinds, sending
from community.notifications.composing import DIGEST
from community.notifications.models import Address, Announcement, Letter
from community.notifications.writing import ACCOUNT

OTHER_LETTERS = {ACCOUNT: _("Account letter"), DIGEST: _("The digest")}


@admin.register(Letter)
class LetterAdmin(LookUp):
    """What was sent or waits, word for word; account letters lose their words once sent, as these hold keys."""

    list_display = ("shown_subject", "address", "shown_kind", "shown_state", "why", "queued_at", "sent_at")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("why", ChoicesDropdownFilter),
        "kind",
        ("queued_at", Between),
    )
    list_filter_submit = True
    search_fields = ("address", "subject", "message_id")
    search_help_text = _("Address, subject or Message-ID")
    ordering = ("-queued_at",)
    readonly_fields = ("shown_text", "shown_html")
    actions = ("send_again",)
    fieldsets = (
        (None, {"fields": ("subject", "address", "member", "kind", "language", "message_id")}),
        (
            _("What became of it"),
            {"fields": ("state", "why", "error", "attempts", "queued_at", "not_before", "sent_at")},
        ),
        (_("Its words"), {"fields": ("shown_text", "shown_html")}),
    )

    @display(description=pgettext_lazy("of a letter", "subject"), ordering="subject")
    def shown_subject(self, letter: Letter) -> str:
        return letter.subject or "—"

    @display(description=_("kind"), ordering="kind")
    def shown_kind(self, letter: Letter) -> str:
        known = kinds.all_kinds().get(letter.kind)
        return str(known.title) if known else str(OTHER_LETTERS.get(letter.kind, letter.kind))

    @display(
        description=_("state"),
        ordering="state",
        label={
            Letter.State.QUEUED: "info",
            Letter.State.SENDING: "info",
            Letter.State.SENT: "success",
            Letter.State.FAILED: "danger",
            Letter.State.BOUNCED: "danger",
            Letter.State.WITHHELD: "warning",
        },
    )
    def shown_state(self, letter: Letter) -> tuple[str, str]:
        return letter.state, letter.get_state_display()

    @display(description=_("plain text"))
    def shown_text(self, letter: Letter) -> SafeString:
        return format_html('<pre class="whitespace-pre-wrap font-sans">{}</pre>', letter.text or "—")

    @display(description=_("HTML"))
    def shown_html(self, letter: Letter) -> str:
        """Shown in a frame that may run nothing, load nothing and lead nowhere of ours."""
        if not letter.html:
            return "—"
        return format_html(
            '<iframe sandbox="allow-popups" referrerpolicy="no-referrer" srcdoc="{}" title="{}" '
            'class="w-full border border-base-200 rounded-default bg-white" height="480"></iframe>',
            letter.html,
            letter.subject,
        )

    @act(_("Send again"))
    def send_again(self, request: HttpRequest, letter: Letter) -> None:
        if not sending.send_again(letter_ids=[letter.pk]):
            raise Conflict(_("Only letters that failed or came back can be sent again."))


@admin.register(Address)
class AddressAdmin(LookUp):
    """Addresses that mail came back from."""

    list_display = ("address", "bounces", "status", "said", "last_at", "stopped_at")
    list_filter = (("stopped_at", admin.EmptyFieldListFilter),)
    search_fields = ("address",)
    ordering = ("-last_at",)
    actions = ("write_again",)

    @act(_("Write to these addresses again"))
    def write_again(self, request: HttpRequest, row: Address) -> None:
        addresses.resume(address=row.address)


@admin.register(Announcement)
class AnnouncementAdmin(Page):
    """Write in both languages, save, read it once more, then tell everyone."""

    list_display = ("shown_title", "made_at", "by_letter", "told", "by")
    list_select_related = ("by",)
    search_fields = ("title_ko", "title_en", "body_ko", "body_en")
    ordering = ("-id",)
    fields = ("title_ko", "body_ko", "title_en", "body_en", "by_letter")
    actions_submit_line = ("tell_everyone",)

    @admin.display(description=_("title"))
    def shown_title(self, announcement: Announcement) -> str:
        return announcement.title

    def has_change_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.made_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, announcement: Announcement, form: Any, change: bool) -> None:
        if not change:
            announcement.by = cast(Member, request.user)
        super().save_model(request, announcement, form, change)

    def has_tell_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Operators, as long as nobody was told: a second time is not even offered."""
        told = object_id is not None and Announcement.objects.filter(pk=object_id).exclude(made_at=None).exists()
        return request.user.is_operator and not told  # type: ignore[union-attr]

    @action(description=_("Save and tell everyone now"), permissions=["tell"])
    def tell_everyone(self, request: HttpRequest, announcement: Announcement) -> None:
        try:
            announcing.announce(by=request.user, announcement_id=announcement.pk)
        except Problem as problem:
            messages.error(request, str(problem.detail))
        else:
            messages.success(request, _("Members are being told."))
