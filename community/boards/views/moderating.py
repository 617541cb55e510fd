"""What moderators of a board do with a topic: state, move, split, merge."""

import re
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.boards import moving, rights, stating
from community.boards.forms import MergeForm, MoveForm, SplitForm, StateForm
from community.boards.models import Board, Post, Topic
from community.boards.views.requests import MemberRequest
from community.boards.views.topics import posted, status_of
from community.foundation import problems
from community.foundation.access import moderators
from community.foundation.characters import excerpt
from community.foundation.problems import Invalid

TEMPLATE = "community/boards/moderate/page.html"
_ADDRESS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?(?:[?#].*)?\Z", re.IGNORECASE)


def _topic(request: MemberRequest, topic_id: uuid.UUID) -> Topic:
    topic = Topic.objects.get_visible(request.user, topic_id)
    rights.require(request.user, "moderate", topic.board)
    return topic


@moderators
def state(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Pin, lock, slow down."""
    topic = _topic(request, topic_id)
    now = {"pinned": topic.pinned, "locked": topic.locked, "slow_seconds": topic.slow_seconds}
    form = StateForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        with problems.shown_on(form):
            stating.set_state(by=request.user, topic=topic, **{**fields, "slow_seconds": fields["slow_seconds"] or 0})
            messages.success(request, _("The topic's state is changed."))
            return redirect(topic)
    return _ask(request, topic, form, gettext_lazy("State of the topic"), gettext_lazy("Save"))


@moderators
def move(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Let it stand on another board."""
    topic = _topic(request, topic_id)
    boards = Board.objects.open_to(request.user, "moderate").exclude(pk=topic.board_id).in_order()
    form = MoveForm(posted(request), boards=boards)
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            moving.move_topic(by=request.user, topic=topic, board=form.cleaned_data["board"])
            messages.success(request, _("The topic has moved."))
            return redirect(topic)
    return _ask(request, topic, form, gettext_lazy("Move the topic"), gettext_lazy("Move"))


@moderators
def merge(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Append its posts to another topic."""
    topic = _topic(request, topic_id)
    form = MergeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            into = Topic.objects.get_visible(request.user, _topic_id(form.cleaned_data["into"]))
            merged = moving.merge_topics(by=request.user, topic=topic, into=into)
            messages.success(request, _("The posts stand here now; the old address leads here."))
            return redirect(merged)
    return _ask(request, topic, form, gettext_lazy("Merge the topic into another"), gettext_lazy("Merge"))


def _topic_id(address: str) -> uuid.UUID:
    found = _ADDRESS.search(address.strip())
    if found is None:
        raise Invalid(_("Paste the address of a topic."), code="invalid", field="into")
    return uuid.UUID(found[1])


@moderators
def split(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Make a topic of some replies."""
    topic = _topic(request, topic_id)
    rows = Post.objects.visible_to(request.user).filter(topic=topic, number__gt=1).order_by("-number")[:200]
    choices = [(str(row.pk), f"#{row.number} {excerpt(row.text, 60)}") for row in reversed(rows)]
    form = SplitForm(posted(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        chosen = [uuid.UUID(each) for each in form.cleaned_data["posts"]]
        with problems.shown_on(form):
            made = moving.split_topic(by=request.user, topic=topic, posts=chosen, title=form.cleaned_data["title"])
            return redirect(made)
    return _ask(request, topic, form, gettext_lazy("Split replies off"), gettext_lazy("Split"))


def _ask(request: MemberRequest, topic: Topic, form, title, action) -> HttpResponse:
    context = {"topic": topic, "form": form, "title": title, "action": action, "back": topic.get_absolute_url()}
    return render(request, TEMPLATE, context, status=status_of(form))
