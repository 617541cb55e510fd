from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.complaints.models import Complaint, Desk, Holiday, Mail, Step
from community.complaints.receiving import admit, discard
from community.foundation.problems import Problem


class ReadOnly:
    """Rows that acts alone write."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class StepInline(ReadOnly, TabularInline):
    model = Step
    extra = 0
    fields = readonly_fields = ("status", "source", "team", "by", "created_at")


@admin.register(Complaint)
class ComplaintAdmin(ReadOnly, ModelAdmin):
    """Complaints, the most urgent first; they are answered on the site."""

    list_display = ("topic", "team", "status", "due_at", "is_late", "responded_at", "reopened_count")
    list_filter = ("status", "team", "opened_at")
    search_fields = ("topic__title", "team__name")
    list_select_related = ("topic", "team")
    ordering = ("due_at",)
    inlines = [StepInline]

    @admin.display(description=_("late"), boolean=True)
    def is_late(self, complaint: Complaint) -> bool:
        return complaint.late

    def view_on_site(self, complaint: Complaint) -> str:
        return complaint.topic.get_absolute_url()


@admin.register(Desk)
class DeskAdmin(ModelAdmin):
    list_display = ("board", "team", "hours", "takes_mail")
    list_select_related = ("board", "team")


@admin.register(Holiday)
class HolidayAdmin(ModelAdmin):
    list_display = ("date", "name")
    date_hierarchy = "date"


@admin.register(Mail)
class MailAdmin(ReadOnly, ModelAdmin):
    """Letters that should open a complaint; those that wait stand first."""

    list_display = ("subject", "sender", "state", "reason", "received_at", "topic")
    list_filter = ("state", "reason", "received_at")
    search_fields = ("subject", "sender")
    list_select_related = ("topic",)
    ordering = ("-received_at",)
    actions = ["admit_selected", "discard_selected"]

    @admin.action(description=_("Open a complaint from the chosen letters"))
    def admit_selected(self, request: HttpRequest, letters) -> None:
        self._each(request, letters, admit, _("The complaints are open."))

    @admin.action(description=_("Discard the chosen letters"))
    def discard_selected(self, request: HttpRequest, letters) -> None:
        self._each(request, letters, discard, _("The letters are discarded."))

    def _each(self, request: HttpRequest, letters, act, done) -> None:
        refused = 0
        for letter in letters.order_by("pk"):
            try:
                act(by=request.user, mail_id=letter.pk)
            except Problem as problem:
                refused += 1
                self.message_user(request, f"{letter}: {problem.detail}", messages.ERROR)
        if not refused:
            self.message_user(request, done)
