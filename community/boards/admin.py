"""Operators' pages: boards with their rights, categories, topics, posts, tags. Changes go through the acts."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.boards import arranging, moving, removing, stating
from community.boards.errors import NothingToMove
from community.boards.models import Board, BoardCategory, BoardRight, Post, Tag, Topic
from community.boards.views.requests import MemberRequest
from community.foundation.operating import Ask, LookUp, Page, Reason, act
from community.members.admin import MemberAdmin
from community.members.models import Member

ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RightInline(TabularInline):
    model = BoardRight
    extra = 0
    raw_id_fields = ("member",)
    tab = True


@admin.register(BoardCategory)
class BoardCategoryAdmin(Page):
    list_display = ("name", "name_ko", "slug", "position")
    list_editable = ("position",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Board)
class BoardAdmin(Page):
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


SLOW = [(0, _("off")), (60, _("one minute")), (600, _("ten minutes")), (3600, _("one hour")), (86_400, _("one day"))]


class WhichBoard(Ask):
    board = forms.ModelChoiceField(Board.objects.all(), label=_("Board"))


class WhichTopic(Ask):
    """Another topic, by the address of its page."""

    into = forms.CharField(label=_("Address of the topic that stays"), help_text=_("Copy it from the topic's page."))

    def clean_into(self) -> Topic:
        found = ADDRESS.search(self.cleaned_data["into"])
        topic = Topic.objects.filter(pk=found[0]).first() if found else None
        if topic is None:
            raise forms.ValidationError(_("There is no topic at this address."))
        return topic


class WhichTitle(Ask):
    title = forms.CharField(label=_("Title of the new topic"), max_length=200)


class HowSlow(Ask):
    slow_seconds = forms.TypedChoiceField(
        choices=SLOW, coerce=int, label=_("How long a member waits between two replies")
    )


class WhichGroup(Ask):
    group = forms.ModelChoiceField(Group.objects.order_by("name"), label=_("Group"))


class WrittenAdmin(LookUp):
    """What members wrote is hidden and restored by acts, never typed over or deleted here."""

    list_filter_submit = True

    @act(_("Hide"), asks=Reason)
    def hide_chosen(self, request: MemberRequest, row: Topic | Post, *, reason: str) -> None:
        removing.hide(target=row, by=request.user, reason=reason)

    @act(_("Restore"), asks=Reason)
    def restore_chosen(self, request: MemberRequest, row: Topic | Post, *, reason: str) -> None:
        removing.restore(target=row, by=request.user, reason=reason)


@admin.register(Topic)
class TopicAdmin(WrittenAdmin):
    list_display = ("title", "board", "author", "state", "pinned", "locked", "post_count", "bumped_at")
    list_filter = ("state", "pinned", "locked", "board")
    list_select_related = ("board", "author")
    search_fields = ("title", "author__username")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    exclude = ("search", "hot", "imported_as")
    actions = (
        "hide_chosen", "restore_chosen", "lock", "unlock", "pin", "unpin", "slow_down", "move", "merge",
    )  # fmt: skip

    @act(_("Lock"))
    def lock(self, request: MemberRequest, topic: Topic) -> None:
        stating.set_state(by=request.user, topic=topic, locked=True)

    @act(_("Unlock"))
    def unlock(self, request: MemberRequest, topic: Topic) -> None:
        stating.set_state(by=request.user, topic=topic, locked=False)

    @act(_("Pin"))
    def pin(self, request: MemberRequest, topic: Topic) -> None:
        stating.set_state(by=request.user, topic=topic, pinned=True)

    @act(_("Unpin"))
    def unpin(self, request: MemberRequest, topic: Topic) -> None:
        stating.set_state(by=request.user, topic=topic, pinned=False)

    @act(_("Slow down"), asks=HowSlow)
    def slow_down(self, request: MemberRequest, topic: Topic, *, slow_seconds: int) -> None:
        stating.set_state(by=request.user, topic=topic, slow_seconds=slow_seconds)

    @act(_("Move to another board"), asks=WhichBoard)
    def move(self, request: MemberRequest, topic: Topic, *, board: Board) -> None:
        moving.move_topic(by=request.user, topic=topic, board=board)

    @act(_("Merge into another topic"), asks=WhichTopic)
    def merge(self, request: MemberRequest, topic: Topic, *, into: Topic) -> None:
        moving.merge_topics(by=request.user, topic=topic, into=into)


@admin.register(Post)
class PostAdmin(WrittenAdmin):
    list_display = ("topic", "number", "author", "state", "created_at", "reaction_count")
    list_filter = ("state", "topic__board")
    list_select_related = ("topic", "author")
    search_fields = ("text", "author__username")
    ordering = ("-id",)
    exclude = ("search", "html", "imported_as", "submission")
    actions = ("hide_chosen", "restore_chosen", "split")

    @act(_("Make a topic of these replies"), asks=WhichTitle, together=True)
    def split(self, request: MemberRequest, posts: list[Post], *, title: str) -> None:
        if len({post.topic_id for post in posts}) != 1:
            raise NothingToMove(_("Choose replies of one topic."))
        moving.split_topic(by=request.user, topic=posts[0].topic, posts=[post.pk for post in posts], title=title)


@admin.register(Tag)
class TagAdmin(Page):
    list_display = ("slug", "description")
    search_fields = ("slug",)

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.topic_tags.exists())


@act(_("Put into a group"), asks=WhichGroup)
def join_group(page: MemberAdmin, request: MemberRequest, member: Member, *, group: Group) -> None:
    arranging.join_group(by=request.user, member=member, group=group)


@act(_("Take out of a group"), asks=WhichGroup)
def leave_group(page: MemberAdmin, request: MemberRequest, member: Member, *, group: Group) -> None:
    arranging.leave_group(by=request.user, member=member, group=group)


MemberAdmin.offer(join_group, leave_group)
