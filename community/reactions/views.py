import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from community.boards.models import Post
from community.boards.views.requests import MemberRequest
from community.foundation.access import everyone, signed_in
from community.foundation.paging import keyset
from community.reactions.models import Reaction, ReactionKind
from community.reactions.reacting import react, unreact
from community.reactions.showing import bars


@signed_in
@require_POST
def toggle(request: MemberRequest, post_id: uuid.UUID, kind: str) -> HttpResponse:
    """Give a reaction, or with `take` in the form take it back."""
    act = unreact if "take" in request.POST else react
    act(by=request.user, post_id=post_id, kind=kind)
    post = Post.objects.get_visible(request.user, post_id)
    if not request.htmx:
        return redirect(post)
    extra = {"bar": bars([post], request.user)[post.pk]}
    return render(request, "community/reactions/bar/_bar.html", {"extra": extra})


@everyone
@require_GET
def who(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Who reacted to a post."""
    post = Post.objects.get_visible(request.user, post_id)
    kind = request.GET.get("kind", "")
    given = Reaction.objects.visible_to(request.user).filter(post=post).select_related("member")
    if kind in ReactionKind.values:
        given = given.filter(kind=kind)
    context = {
        "post": post,
        "bar": bars([post], request.user)[post.pk],
        "kind": kind,
        "page": keyset(given, order=("-id",), cursor=request.GET.get("cursor")),
    }
    return render(request, "community/reactions/list/page.html", context)
