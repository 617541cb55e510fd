"""One topic: reading, starting, answering, changing, removing it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.boards import answering, editing, linking, publishing, removing, rights, showing, structured
from community.boards.errors import NotYours
from community.boards.forms import EditTopicForm, ReasonForm, ReplyForm, TopicForm
from community.boards.models import Board, Post, Topic
from community.boards.views.requests import MemberRequest
from community.foundation import problems
from community.foundation.access import everyone, signed_in
from community.foundation.guest_cache import cached_for_guests
from community.foundation.problems import NotThere


@everyone
@cached_for_guests
def topic(request: HttpRequest, topic_id: uuid.UUID) -> HttpResponse:
    """A page of a topic; a topic that was merged redirects to where its posts stand."""
    try:
        shown = showing.topic_page(request.user, topic_id, page_number(request))
    except showing.MovedTo as moved:
        return HttpResponsePermanentRedirect(moved.topic.get_absolute_url())
    context = {
        "shown": shown,
        "topic": shown.topic,
        "structured": None if request.user.is_authenticated else structured.topic(shown),  # search engines are guests
        "links": linking.of_topic(shown),
        "draft_key": f"post:{shown.topic.pk}",
    }
    if shown.may_reply:
        context["form"] = ReplyForm()
    return render(request, "community/boards/topic/page.html", context)


def page_number(request: HttpRequest) -> int:
    """`?page=`; raises NotThere for what is no number of a page."""
    given = request.GET.get("page", "1")
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise NotThere
    return int(given)


def posted(request: HttpRequest) -> Any:
    """The form that was sent, also one with nothing in it; None if none was."""
    return request.POST if request.method == "POST" else None


@signed_in
def start(request: MemberRequest, board_slug: str) -> HttpResponse:
    """Start a topic on a board."""
    board = Board.objects.get_visible(request.user, board_slug)
    rights.require(request.user, "post", board)
    form = TopicForm(posted(request), board=board, member=request.user, initial=_prefilled(request))
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            made = publishing.publish_topic(by=request.user, board=board, **_entered(form))
            return redirect(made)
    context = {"form": form, "board": board, "draft_key": f"topic:{board.slug}"}
    return render(request, "community/boards/start/page.html", context, status=status_of(form))


def _prefilled(request: MemberRequest) -> dict[str, Any]:
    return {name: request.GET[name][:20_000] for name in ("title", "body", "tags", "subjects") if name in request.GET}


def _entered(form: TopicForm) -> dict[str, Any]:
    fields = form.cleaned_data
    return {
        "title": fields["title"],
        "body": fields["body"],
        "tags": fields["tags"],
        "subjects": fields["subjects"],
        "verdict": fields.get("verdict", ""),
        "for_whom": fields.get("for_whom", ""),
        "data": form.data_of_extras,
        "submission": fields["submission"],
    }


def status_of(form: Any) -> int:
    """200 for a form not yet sent, else that of the problem it shows."""
    if not form.is_bound or form.is_valid():
        return 200
    return getattr(getattr(form, "problem", None), "status", 400)


@signed_in
@require_POST
def reply(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Answer in a topic."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    form = ReplyForm(request.POST)
    if form.is_valid():
        with problems.shown_on(form):
            answered = _post_of(request, form.cleaned_data["reply_to"])
            made = publishing.publish_post(
                by=request.user,
                topic=topic,
                body=form.cleaned_data["body"],
                reply_to=answered,
                submission=form.cleaned_data["submission"],
            )
            return redirect(made)
    context = {"form": form, "topic": topic, "draft_key": f"post:{topic.pk}"}
    return render(request, "community/boards/reply/page.html", context, status=status_of(form))


def _post_of(request: MemberRequest, post_id: uuid.UUID | None) -> Post | None:
    return Post.objects.get_visible(request.user, post_id) if post_id else None


@signed_in
def edit(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Change a topic and its opening text."""
    topic = showing.topic_for(request.user, topic_id)
    opening = topic.posts.get(number=1)
    if topic.author_id != request.user.pk and not rights.may(request.user, "moderate", topic.board_id):
        raise NotYours
    initial = _written(topic, opening, request.user)
    form = EditTopicForm(posted(request), board=topic.board, member=request.user, fresh=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        with problems.shown_on(form):
            editing.edit_topic(by=request.user, topic=topic, expected=fields.pop("version"), **fields)
            return redirect(topic)
    context = {"form": form, "topic": topic, "opening": opening, "draft_key": f"edit:{opening.pk}"}
    return render(request, "community/boards/edit/page.html", context, status=status_of(form))


def _written(topic: Any, opening: Post, member: Any) -> dict[str, Any]:
    spoken = showing.subjects_of(topic, member)
    told = next((row for row in spoken if row.verdict), None)
    return {
        "title": topic.title,
        "body": opening.source,
        "tags": topic.tag_slugs,
        "subjects": [row.subject for row in spoken],
        "verdict": told.verdict if told else "",
        "for_whom": told.for_whom if told else "",
        "version": opening.version,
    }


@signed_in
def remove(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Ask, then remove one's own topic or hide another's."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            removing.remove_topic(by=request.user, topic=topic, **form.cleaned_data)
            messages.success(request, _("The topic is gone from the board. You can bring it back."))
            return redirect(topic)
    own = topic.author_id == request.user.pk
    context = {"form": form, "topic": topic, "own": own, "back": topic.get_absolute_url()}
    return render(request, "community/boards/remove/page.html", context, status=status_of(form))


@signed_in
@require_POST
def restore(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Bring a topic back."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    removing.restore_topic(by=request.user, topic=topic)
    messages.success(request, _("The topic is back."))
    return redirect(topic)


@signed_in
@require_POST
def answer(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Accept the reply named by `post`, or with none open the question again."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    chosen = request.POST.get("post")
    if not chosen:
        answering.withdraw_answer(by=request.user, topic=topic)
        return redirect(topic)
    try:
        post = Post.objects.get_visible(request.user, uuid.UUID(chosen))
    except ValueError as error:
        raise NotThere from error
    answering.accept_answer(by=request.user, topic=topic, post=post)
    return redirect(post)
