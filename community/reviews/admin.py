"""Reviews for operators: read, removed with a reason, brought back. Nobody edits the words of another."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.reviews import digest
from community.reviews.models import Review
from community.reviews.removing import remove_review, restore_review


@admin.register(Review)
class ReviewAdmin(ModelAdmin):
    list_display = ("subject", "rating", "shown_author", "published_at", "helpful_count", "incentive", "removed_at")
    list_filter = ("rating", "incentive", ("removed_at", admin.EmptyFieldListFilter))
    list_select_related = ("subject", "author")
    search_fields = ("subject__name", "subject__slug", "author__username")
    show_full_result_count = False
    ordering = ("-id",)
    fields = (
        "subject", "shown_author", "rating", "source", "published_at", "edited_at", "verified_by", "incentive",
        "incentive_note", "helpful_count", "unhelpful_count", "removed_at", "removed_by", "removal_reason",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("take_down", "bring_back", "renew_digest")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        return False

    @admin.action(description=_("Take down"))
    def take_down(self, request: HttpRequest, queryset: Any) -> None:
        for review in queryset.order_by("subject", "pk"):
            remove_review(target=review, by=request.user)

    @admin.action(description=_("Bring back"))
    def bring_back(self, request: HttpRequest, queryset: Any) -> None:
        for review in queryset.order_by("subject", "pk"):
            restore_review(target=review, by=request.user)

    @admin.action(description=_("Renew the digest of the subject"))
    def renew_digest(self, request: HttpRequest, queryset: Any) -> None:
        for subject in set(queryset.values_list("subject", flat=True)):
            digest.compute(subject)
