"""The page of one's drafts."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.drafts import keeping
from community.drafts.models import Draft
from community.foundation.access import signed_in
from community.foundation.paging import keyset


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What one has begun, newest first, each with the way back to it."""
    page = keyset(Draft.objects.visible_to(request.user), order=("-updated_at",), cursor=request.GET.get("cursor"))
    places = keeping.places(page.items, request.user)
    rows = [(draft, *places.get(draft.pk, ("", ""))) for draft in page]
    return render(request, "community/drafts/mine/page.html", {"page": page, "rows": rows})


@signed_in
@require_POST
def drop(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Delete one."""
    draft = Draft.objects.visible_to(request.user).filter(pk=draft_id).first()
    if draft is not None:
        keeping.drop_draft(by=draft.member, key=draft.key)
    return redirect("community_drafts:mine")
