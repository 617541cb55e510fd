"""One post: where it stands, changing, removing it, its history."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.boards import comparing, editing, removing, rights
from community.boards.errors import NotYours
from community.boards.forms import EditForm, ReasonForm
from community.boards.models import Post, Revision
from community.boards.views.requests import MemberRequest
from community.boards.views.topics import posted, status_of
from community.foundation import problems
from community.foundation.access import everyone, moderators, signed_in
from community.foundation.problems import NotThere


@everyone
def post(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """The lasting address of a post: leads to its place in the topic where it stands now."""
    shown = Post.objects.get_visible(request.user, post_id)
    page = f"?page={shown.page}" if shown.page > 1 else ""
    return redirect(f"{shown.topic.get_absolute_url()}{page}#{shown.anchor}")


@signed_in
def edit(request: MemberRequest, post_id: uuid.UUID) -> HttpResponse:
    """Change a reply; the opening text is changed with its topic."""
    post = Post.objects.get_visible(request.user, post_id)
    if post.is_opening:
        return redirect("community_boards:edit", topic_id=post.topic_id)
    if post.author_id != request.user.pk and not rights.may(request.user, "moderate", post.topic.board_id):
        raise NotYours
    form = EditForm(posted(request), initial={"body": post.source, "version": post.version})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        with problems.shown_on(form):
            editing.edit_post(
                by=request.user, post=post, body=fields["body"], expected=fields["version"], reason=fields["reason"]
            )
            return redirect(post)
    context = {"form": form, "topic": post.topic, "opening": post, "draft_key": f"edit:{post.pk}"}
    return render(request, "community/boards/edit/page.html", context, status=status_of(form))


@signed_in
def remove(request: MemberRequest, post_id: uuid.UUID) -> HttpResponse:
    """Ask, then remove one's own post or hide another's."""
    post = Post.objects.get_visible(request.user, post_id)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            removing.remove_post(by=request.user, post=post, **form.cleaned_data)
            messages.success(request, _("The post is gone from the topic. You can bring it back."))
            return redirect(post.topic)
    own = post.author_id == request.user.pk
    context = {"form": form, "topic": post.topic, "post": post, "own": own, "back": post.get_absolute_url()}
    return render(request, "community/boards/remove/page.html", context, status=status_of(form))


@signed_in
@require_POST
def restore(request: MemberRequest, post_id: uuid.UUID) -> HttpResponse:
    """Bring a post back."""
    post = Post.objects.get_visible(request.user, post_id)
    removing.restore_post(by=request.user, post=post)
    messages.success(request, _("The post is back."))
    return redirect(post)


@everyone
def revisions(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """What a post said before, each change as a comparison."""
    post = Post.objects.get_visible(request.user, post_id)
    earlier = list(
        Revision.objects.visible_to(request.user).filter(post=post).select_related("edited_by").order_by("-number")[:50]
    )
    context = {
        "post": post,
        "topic": post.topic,
        "changes": comparing.changes(post, earlier),
        "may_hide": rights.may(request.user, "moderate", post.topic.board_id),
    }
    return render(request, "community/boards/revisions/page.html", context)


@moderators
@require_POST
def hide_revision(request: MemberRequest, post_id: uuid.UUID, number: int) -> HttpResponse:
    """Keep an earlier text from others, or show it again."""
    post = Post.objects.get_visible(request.user, post_id)
    revision = Revision.objects.visible_to(request.user).filter(post=post, number=number).first()
    if revision is None:
        raise NotThere
    editing.hide_revision(by=request.user, revision=revision, hidden=request.POST.get("hidden") == "1")
    return redirect("community_boards:revisions", post_id=post.pk)
