"""Pages of reading: what is new, what one keeps, how closely one follows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.boards.listing import listing, order_named
from community.boards.models import Board, Topic
from community.foundation import problems, targets
from community.foundation.access import signed_in
from community.foundation.paging import keyset
from community.foundation.problems import Invalid
from community.members.requests import MemberRequest
from community.reading import lists
from community.reading.bookmarking import bookmark, drop
from community.reading.following import board_level_of, follow_board, follow_topic
from community.reading.forms import BookmarkForm
from community.reading.marking import mark_all_read, mark_board_read, mark_read
from community.reading.models import Bookmark, Level


@require_GET
@signed_in
def unread(request: MemberRequest) -> HttpResponse:
    """Topics with something new, the newest voice first."""
    found = listing(request.user, order=order_named("unread", request.user), cursor=request.GET.get("cursor"))
    context = {"rows": lists.with_reasons(found.rows, request.user), "page": found.page}
    return render(request, "community/reading/unread/page.html", context)


@require_POST
@signed_in
def all_read(request: MemberRequest) -> HttpResponse:
    mark_all_read(by=request.user)
    messages.success(request, _("Everything counts as read now."))
    return redirect("community_reading:unread")


@require_POST
@signed_in
def board_read(request: MemberRequest, board_slug: str) -> HttpResponse:
    board = Board.objects.get_visible(request.user, board_slug)
    mark_board_read(by=request.user, board=board)
    messages.success(request, _("Everything on this board counts as read now."))
    return redirect(board)


@require_POST
@signed_in
def topic_read(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """Sent by the page while posts come into view."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    mark_read(by=request.user, topic=topic, post_number=_whole(request.POST.get("post_number")))
    back = _back(request, "")
    return redirect(back) if back else HttpResponse(status=204)


@require_POST
@signed_in
def topic_follow(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    topic = Topic.objects.get_visible(request.user, topic_id)
    follow_topic(by=request.user, topic=topic, level=request.POST.get("level", ""))
    if request.htmx:
        standing = lists.standings([topic], request.user)[topic.pk]
        context = {"topic": topic, "standing": standing, "levels": Level.choices, "saved": True}
        return render(request, "community/reading/marks/_follow.html", {"extra": context})
    messages.success(request, _("Saved."))
    return redirect(_back(request, topic.get_absolute_url()))


@signed_in
def board_follow(request: MemberRequest, board_slug: str) -> HttpResponse:
    """How closely one follows a board: its own small page, and its answer for htmx."""
    board = Board.objects.get_visible(request.user, board_slug)
    if request.method == "POST":
        follow_board(by=request.user, board=board, level=request.POST.get("level", ""))
        messages.success(request, _("Saved."))
        return redirect(_back(request, board.get_absolute_url()))
    context = {"board": board, "level": board_level_of(request.user, board.pk), "levels": Level.choices}
    return render(request, "community/reading/board_follow/page.html", context)


@require_GET
@signed_in
def why(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """Why a topic stands in a list, in words and figures."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    order = order_named(request.GET.get("order"), request.user)
    context = {"topic": topic, "reasons": lists.why(topic, order, request.user)}
    name = "_reasons.html" if request.htmx else "page.html"
    return render(request, f"community/reading/why/{name}", context)


@require_GET
@signed_in
def bookmarks(request: MemberRequest) -> HttpResponse:
    page = keyset(Bookmark.objects.visible_to(request.user), order=("-id",), cursor=request.GET.get("cursor"))
    context = {"page": page, "kept": lists.kept(page.items, request.user)}
    return render(request, "community/reading/bookmarks/page.html", context)


@signed_in
def keep(request: MemberRequest, target_kind: str, target_id: UUID) -> HttpResponse:
    """Bookmark something, or change the note and reminder of what is kept."""
    target = targets.find(kind=target_kind, id=target_id, member=request.user)
    present = Bookmark.objects.visible_to(request.user).filter(target_kind=target_kind, target_id=target_id).first()
    form = BookmarkForm(request.POST or None, initial=_initial(present))
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        with problems.shown_on(form):
            bookmark(by=request.user, target=target, note=entered["note"], remind_at=entered["remind_at"])
            messages.success(request, _("Kept in your bookmarks."))
            return redirect(_back(request, targets.kind_of(target).url(target)))
    kind = targets.kind_of(target)
    context = {"form": form, "title": kind.title(target), "url": kind.url(target), "bookmark": present}
    context |= {"target_kind": target_kind, "target_id": target_id, "next": _back(request, "")}
    return render(request, "community/reading/keep/page.html", context)


@require_POST
@signed_in
def unkeep(request: MemberRequest, target_kind: str, target_id: UUID) -> HttpResponse:
    drop(by=request.user, kind=target_kind, id=target_id)
    messages.success(request, _("Taken out of your bookmarks."))
    return redirect(_back(request, "/bookmarks/"))


def _initial(present: Bookmark | None) -> dict[str, Any]:
    if present is None:
        return {}
    return {"note": present.note, "remind_at": present.remind_at, "when": "own" if present.remind_at else ""}


def _whole(given: str | None) -> int:
    if not (given or "").isascii() or not (given or "").isdigit() or len(given or "") > 9:
        raise Invalid(field="post_number")
    return int(given or 0)


def _back(request: MemberRequest, otherwise: str) -> str:
    """Where the form says it was opened, if that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed and wanted.startswith("/") else otherwise
