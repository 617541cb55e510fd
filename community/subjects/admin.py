"""Subjects and categories for operators. Subjects are entered by members; here they are corrected, merged and hidden."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.foundation.exports import Exported, Rows
from community.foundation.operating import Ask, LookUpInline, Page, Reason, act
from community.members.models import Team
from community.subjects import scoring
from community.subjects.categories import place_category
from community.subjects.editing import edit_subject
from community.subjects.hiding import hide_subject, restore_subject
from community.subjects.merging import merge_subjects
from community.subjects.models import Aspect, Category, FormerAddress, Steward, Subject
from community.subjects.stewarding import appoint_steward, dismiss_steward


class AspectInline(TabularInline):
    model = Aspect
    extra = 0


@admin.register(Category)
class CategoryAdmin(Page):
    """The tree. Its means are renewed by a job each night; renew them here after a great move."""

    list_display = ("path", "name", "name_ko", "prior_mean", "prior_count")
    search_fields = ("name", "name_ko", "slug")
    fields = ("slug", "name", "name_ko", "parent", "position")
    inlines = (AspectInline,)
    actions = ("renew_means",)

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        placed = place_category(
            slug=obj.slug, name=obj.name, name_ko=obj.name_ko, parent=obj.parent, position=obj.position
        )
        obj.pk, obj.path, obj._state.adding = placed.pk, placed.path, False

    def get_readonly_fields(self, request: HttpRequest, obj: Category | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @act(_("Renew the means of all categories"), together=True)
    def renew_means(self, request: HttpRequest, categories: list[Category]) -> None:
        scoring.refresh_priors()


class StewardInline(LookUpInline, TabularInline):
    model = Steward
    fields = ("team", "since")


class FormerAddressInline(LookUpInline, TabularInline):
    model = FormerAddress
    fields = ("slug",)


class SubjectRows(Rows):
    """The score with its inputs, so that anyone can compute it again."""

    class Meta:
        model = Subject
        fields = (
            "slug", "name", "kind", "category__path", "summary", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5",
            "prior_mean", "score", "review_count", "created_at", "hidden_at",
        )  # fmt: skip


class WhichSubject(Ask):
    into = forms.ModelChoiceField(
        Subject.objects.filter(merged_into=None),
        to_field_name="slug",
        label=_("Address of the subject that stays"),
        help_text=_("The last part of its page's address. Reviews, topics and former addresses follow."),
        widget=forms.TextInput,
    )


class WhichTeam(Ask):
    team = forms.ModelChoiceField(
        Team.objects.all(),
        to_field_name="slug",
        label=_("Address of the team"),
        help_text=_("It answers questions and reviews in its own name."),
        widget=forms.TextInput,
    )


@admin.register(Subject)
class SubjectAdmin(Exported, Page):
    list_display = ("name", "kind", "category", "score", "rating_count", "review_count", "hidden_at", "merged_into")
    list_filter = ("kind", "category", ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("category", "merged_into")
    search_fields = ("name", "slug")
    fields = (
        "name", "kind", "category", "summary", "slug", "score", "rating_count", "review_count", "creator", "created_at",
        "hidden_at", "merged_into",
    )  # fmt: skip
    readonly_fields = fields[4:]
    inlines = (StewardInline, FormerAddressInline)
    actions = ("merge", "hide", "show", "appoint", "dismiss")
    resource_classes = (SubjectRows,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Subject | None = None) -> bool:
        """What was merged away stands there to be looked up."""
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request: HttpRequest, obj: Subject | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Subject, form: Any, change: bool) -> None:
        changed = {name: form.cleaned_data[name] for name in self.fields[:4]}
        edit_subject(by=request.user, subject=obj, **changed)

    @act(_("Merge into another subject"), asks=WhichSubject)
    def merge(self, request: HttpRequest, subject: Subject, *, into: Subject) -> None:
        merge_subjects(by=request.user, loser=subject, winner=into)

    @act(_("Hide"), asks=Reason)
    def hide(self, request: HttpRequest, subject: Subject, *, reason: str) -> None:
        hide_subject(target=subject, by=request.user, reason=reason)

    @act(_("Show again"), asks=Reason)
    def show(self, request: HttpRequest, subject: Subject, *, reason: str) -> None:
        restore_subject(target=subject, by=request.user, reason=reason)

    @act(_("Let a team answer"), asks=WhichTeam)
    def appoint(self, request: HttpRequest, subject: Subject, *, team: Team) -> None:
        appoint_steward(by=request.user, subject=subject, team=team)

    @act(_("Let a team answer no more"), asks=WhichTeam)
    def dismiss(self, request: HttpRequest, subject: Subject, *, team: Team) -> None:
        dismiss_steward(by=request.user, subject=subject, team=team)
