"""Operators' pages: boards with their rights, categories, topics, posts, tags. Changes go through the acts."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.boards import arranging, removing, stating
from community.boards.models import Board, BoardCategory, BoardRight, Post, Tag, Topic
from community.boards.views.requests import MemberRequest
from community.foundation.problems import Problem


class RightInline(TabularInline):
    model = BoardRight
    extra = 0
    raw_id_fields = ("member",)
    tab = True


@admin.register(BoardCategory)
class BoardCategoryAdmin(ModelAdmin):
    list_display = ("name", "name_ko", "slug", "position")
    list_editable = ("position",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Board)
class BoardAdmin(ModelAdmin):
    list_display = ("name", "kind", "category", "position", "own_topics_only", "topic_count", "post_count")
    list_editable = ("position",)
    list_filter = ("kind", "category", "own_topics_only")
    list_select_related = ("category",)
    search_fields = ("name", "name_ko", "slug")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("topic_count", "post_count")
    inlines = (RightInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.rights.exists():
            arranging.open_to_all(form.instance)
        arranging.settle_board(board=form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Board | None = None) -> bool:
        """A board with topics stays; its rights can be taken away instead."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.topics.exists())


class WrittenAdmin(ModelAdmin):
    """What members wrote is hidden and restored by acts, never typed over or deleted here."""

    actions: tuple[str, ...] = ("hide_chosen", "restore_chosen")
    list_filter_submit = True
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Hide"), permissions=["view"])
    def hide_chosen(self, request: MemberRequest, chosen: Any) -> None:
        self.do_to_each(
            request, chosen, lambda row: removing.hide(target=row, by=request.user, reason=str(_("By the operators")))
        )

    @admin.action(description=_("Restore"), permissions=["view"])
    def restore_chosen(self, request: MemberRequest, chosen: Any) -> None:
        self.do_to_each(request, chosen, lambda row: removing.restore(target=row, by=request.user, reason=""))

    def do_to_each(self, request: HttpRequest, chosen: Any, act: Any) -> None:
        """Call an act for each chosen row; what one refuses is told and the others go on."""
        for row in chosen:
            try:
                act(row)
            except Problem as problem:
                messages.warning(request, f"{row}: {problem.detail}")


@admin.register(Topic)
class TopicAdmin(WrittenAdmin):
    list_display = ("title", "board", "author", "state", "pinned", "locked", "post_count", "bumped_at")
    list_filter = ("state", "pinned", "locked", "board")
    list_select_related = ("board", "author")
    search_fields = ("title",)
    date_hierarchy = "created_at"
    ordering = ("-id",)
    exclude = ("search", "hot", "imported_as")
    actions = ("hide_chosen", "restore_chosen", "lock_chosen", "unlock_chosen", "pin_chosen", "unpin_chosen")

    @admin.action(description=_("Lock"), permissions=["view"])
    def lock_chosen(self, request: MemberRequest, chosen: Any) -> None:
        self.do_to_each(request, chosen, lambda row: stating.set_state(by=request.user, topic=row, locked=True))

    @admin.action(description=_("Unlock"), permissions=["view"])
    def unlock_chosen(self, request: MemberRequest, chosen: Any) -> None:
        self.do_to_each(request, chosen, lambda row: stating.set_state(by=request.user, topic=row, locked=False))

    @admin.action(description=_("Pin"), permissions=["view"])
    def pin_chosen(self, request: MemberRequest, chosen: Any) -> None:
        self.do_to_each(request, chosen, lambda row: stating.set_state(by=request.user, topic=row, pinned=True))

    @admin.action(description=_("Unpin"), permissions=["view"])
    def unpin_chosen(self, request: MemberRequest, chosen: Any) -> None:
        self.do_to_each(request, chosen, lambda row: stating.set_state(by=request.user, topic=row, pinned=False))


@admin.register(Post)
class PostAdmin(WrittenAdmin):
    list_display = ("topic", "number", "author", "state", "created_at", "reaction_count")
    list_filter = ("state", "topic__board")
    list_select_related = ("topic", "author")
    search_fields = ("text",)
    ordering = ("-id",)
    exclude = ("search", "html", "imported_as", "submission")


@admin.register(Tag)
class TagAdmin(ModelAdmin):
    list_display = ("slug", "description")
    search_fields = ("slug",)

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.topic_tags.exists())
