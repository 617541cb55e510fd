"""Pages of search."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from community.foundation.access import everyone
from community.foundation.problems import Invalid, Sentence, TooLarge
from community.search.searching import GUESTS_SUGGESTIONS_A_MINUTE, limit_guests, search
from community.search.sources import sources
from community.search.suggesting import suggest
from community.touchpoints.recording import record_click


@require_GET
@everyone
def results(request: HttpRequest) -> HttpResponse:
    """One box for everything."""
    typed, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    context: dict[str, Any] = {"typed": typed[:200], "kind": kind, "kinds": _tabs(request)}
    if not typed.strip():
        return render(request, "community/search/results/page.html", context)
    limit_guests(request)
    try:
        kinds = tuple(name for name in kind.split(",") if name)
        searched = search(by=request.user, typed=typed, kinds=kinds, cursor=request.GET.get("cursor"))
    except (Invalid, TooLarge) as problem:
        context |= {"problem": problem}
        return render(request, "community/search/results/page.html", context, status=problem.status)
    context |= {"searched": searched, "page": searched.found}
    return render(request, "community/search/results/page.html", context)


@require_GET
@everyone
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the words typed so far may become, for the box in the frame."""
    limit_guests(request, name="suggest", limit=GUESTS_SUGGESTIONS_A_MINUTE)
    typed = request.GET.get("q", "")
    context = {"suggestions": suggest(by=request.user, typed=typed), "typed": typed}
    name = "_list.html" if getattr(request, "htmx", False) else "page.html"
    return render(request, f"community/search/suggestions/{name}", context)


@require_POST
@everyone
def click(request: HttpRequest) -> HttpResponse:
    """Sent by the page when a result is opened."""
    place = request.POST.get("place", "")
    record_click(
        by=request.user,
        search=request.POST.get("search", ""),
        kind=request.POST.get("kind", ""),
        id=request.POST.get("id", ""),
        place=int(place) if place.isascii() and place.isdigit() and len(place) < 5 else None,
    )
    return HttpResponse(status=204)


def _tabs(request: HttpRequest) -> list[tuple[str, Sentence, str]]:
    """(kind, its name, address of the same search in it)."""
    found = []
    for kind, source in sources().items():
        query = request.GET.copy()
        query.pop("cursor", None)
        query["kind"] = kind
        found.append((kind, source.title_of_kind, "?" + query.urlencode()))
    return found
