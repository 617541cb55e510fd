from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.complaints.models import Complaint, Desk, Holiday, Mail, Step
from community.complaints.receiving import admit, discard
from community.foundation.exports import Exported, Rows
from community.foundation.operating import Confirm, LookUp, LookUpInline, Page, act


class StepInline(LookUpInline, TabularInline):
    model = Step
    fields = ("status", "source", "team", "by", "created_at")


class ComplaintRows(Rows):
    """How complaints were answered, by team; their words stay on the site."""

    class Meta:
        model = Complaint
        fields = ("topic", "team__slug", "status", "opened_at", "due_at", "responded_at", "reopened_count")


@admin.register(Complaint)
class ComplaintAdmin(Exported, LookUp):
    """Complaints, the most urgent first; they are answered on the site."""

    list_display = ("topic", "team", "status", "due_at", "is_late", "responded_at", "reopened_count")
    list_filter = ("status", "team", "opened_at")
    search_fields = ("topic__title", "team__name")
    list_select_related = ("topic", "team")
    ordering = ("due_at",)
    inlines = [StepInline]
    resource_classes = (ComplaintRows,)

    @admin.display(description=_("late"), boolean=True)
    def is_late(self, complaint: Complaint) -> bool:
        return complaint.late

    def view_on_site(self, complaint: Complaint) -> str:
        return complaint.topic.get_absolute_url()


@admin.register(Desk)
class DeskAdmin(Page):
    list_display = ("board", "team", "hours", "takes_mail")
    list_select_related = ("board", "team")


@admin.register(Holiday)
class HolidayAdmin(Page):
    list_display = ("date", "name")
    date_hierarchy = "date"


@admin.register(Mail)
class MailAdmin(LookUp):
    """Letters that should open a complaint; those that wait stand first."""

    list_display = ("subject", "sender", "state", "reason", "received_at", "topic")
    list_filter = ("state", "reason", "received_at")
    search_fields = ("subject", "sender")
    list_select_related = ("topic",)
    ordering = ("-received_at",)
    actions = ["admit_selected", "discard_selected"]

    @act(_("Open a complaint from the chosen letters"))
    def admit_selected(self, request: Any, mail: Mail) -> None:
        admit(by=request.user, mail_id=mail.pk)

    @act(_("Discard the chosen letters"), asks=Confirm)
    def discard_selected(self, request: Any, mail: Mail) -> None:
        discard(by=request.user, mail_id=mail.pk)
