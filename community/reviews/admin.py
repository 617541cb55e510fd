"""Reviews for operators: read, taken down with a reason, brought back. Nobody edits the words of another."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from community.foundation.exports import Exported, Rows
from community.foundation.operating import LookUp, Reason, act
from community.reviews import digest
from community.reviews.models import Review
from community.reviews.removing import remove_review, restore_review


class ReviewRows(Rows):
    """What readers of the reviews see, and what was taken down."""

    class Meta:
        model = Review
        fields = (
            "subject__slug", "author__username", "author_name", "rating", "source", "published_at", "incentive",
            "helpful_count", "unhelpful_count", "removed_at", "removal_reason",
        )  # fmt: skip


@admin.register(Review)
class ReviewAdmin(Exported, LookUp):
    list_display = ("subject", "rating", "shown_author", "published_at", "helpful_count", "incentive", "removed_at")
    list_filter = ("rating", "incentive", "published_at", ("removed_at", admin.EmptyFieldListFilter))
    list_select_related = ("subject", "author")
    search_fields = ("subject__name", "subject__slug", "author__username")
    ordering = ("-id",)
    fields = (
        "subject", "shown_author", "rating", "source", "published_at", "edited_at", "verified_by", "incentive",
        "incentive_note", "helpful_count", "unhelpful_count", "removed_at", "removed_by", "removal_reason",
    )  # fmt: skip
    actions = ("take_down", "bring_back", "renew_digest")
    resource_classes = (ReviewRows,)

    @admin.display(description=_("author"))
    def shown_author(self, review: Review) -> str:
        return review.shown_author

    @act(_("Take down"), asks=Reason)
    def take_down(self, request: Any, review: Review, *, reason: str) -> None:
        remove_review(target=review, by=request.user, reason=reason)

    @act(_("Bring back"), asks=Reason)
    def bring_back(self, request: Any, review: Review, *, reason: str) -> None:
        restore_review(target=review, by=request.user, reason=reason)

    @act(_("Renew the digest of the subject"), together=True)
    def renew_digest(self, request: Any, reviews: list[Review]) -> None:
        for subject_id in sorted({review.subject_id for review in reviews}):
            digest.compute(subject_id)
