"""What the composer asks the server while someone writes: the preview, whom to mention, which tags there are."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from community.boards import wording
from community.boards.models import Post, Tag
from community.boards.quoting import quotation
from community.boards.views.requests import MemberRequest
from community.foundation import limits, markdown
from community.foundation.access import everyone, signed_in
from community.foundation.characters import tidy
from community.members import names
from community.members.ignoring import ignored_ids
from community.members.models import Member

SUGGESTED = 8


@signed_in
@require_POST
def preview(request: MemberRequest) -> HttpResponse:
    """The text as it will be shown, by the renderer that will store it."""
    limits.spend(name="preview", who=str(request.user.pk), limit=120, seconds=60)
    rendered = markdown.render(request.POST.get("body", "")[: markdown.LIMIT])
    return render(request, "community/boards/composing/_preview.html", {"html": rendered.html})


@signed_in
@require_GET
def mentions(request: MemberRequest) -> JsonResponse:
    """Members whose name begins with `q`, with those of topic `topic` first.

    Those who ignore the writer are among them: a gap would tell. The mention does not reach them.
    """
    limits.spend(name="mentions", who=str(request.user.pk), limit=120, seconds=60)
    typed = names.key(tidy(request.GET.get("q", "")[:30]))
    known = Member.objects.visible_to(request.user).exclude(pk__in=ignored_ids(request.user))
    found = known.filter(username_key__startswith=typed)
    first = _voices(request)
    chosen = list(found.filter(pk__in=first)[:SUGGESTED]) if first else []
    if typed and len(chosen) < SUGGESTED:
        rest = found.exclude(pk__in=[member.pk for member in chosen]).order_by("username_key")
        chosen += list(rest[: SUGGESTED - len(chosen)])
    rows = [{"username": member.username, "name": member.shown_name} for member in chosen]
    return JsonResponse({"results": rows})


def _voices(request: MemberRequest) -> list[uuid.UUID]:
    try:
        topic_id = uuid.UUID(request.GET.get("topic", ""))
    except ValueError:
        return []
    posts = Post.objects.visible_to(request.user).filter(topic=topic_id, author__isnull=False)
    return list(posts.order_by("-number").values_list("author_id", flat=True)[:50])


@everyone
@require_GET
def tag_names(request: HttpRequest) -> JsonResponse:
    """Tags that begin with `q`, most used first."""
    limits.spend(name="tags", who=limits.address(request), limit=120, seconds=60)
    typed = wording.tag(request.GET.get("q", ""))
    found: Any = Tag.objects.visible_to(request.user).filter(slug__startswith=typed).order_by("-shown_count", "slug")  # type: ignore[misc]
    return JsonResponse({"results": list(found.values_list("slug", flat=True)[:SUGGESTED])})


@signed_in
@require_GET
def quote(request: MemberRequest, post_id: uuid.UUID) -> JsonResponse:
    """The Markdown that quotes a post and leads back to it."""
    return JsonResponse({"markdown": quotation(Post.objects.get_visible(request.user, post_id))})
