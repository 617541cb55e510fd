"""Who may call a view. Every view of a wing carries exactly one of these policies; config/urls.py fails at import else.

    @everyone      anyone, guests included (what they see is decided by visible_to)
    @signed_in     members who are logged in; guests are sent to the log-in page
    @moderators    members who may moderate at least one board, and operators; others get 404
    @operators     operators; others get 404

A policy opens the door, no more: which rows may be seen is `objects.visible_to(member)`, which may be changed is
decided by the act. REST endpoints declare theirs by method (foundation.rest).
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from community.foundation.problems import NotThere

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def everyone(view: View) -> View:
    """Anyone, guests included."""
    view.access = "everyone"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Logged-in members. A guest is sent to log in and back; an htmx request gets 401 with a redirect header."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _log_in_first(request)
        return view(request, *args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _log_in_first(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "/")
    answer = redirect_to_login(back)
    if getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": answer.url})
    return answer


def _only(name: str, allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    def policy(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _log_in_first(request)
            if not allowed(request.user):
                raise NotThere
            return view(request, *args, **kwargs)

        guarded.access = name  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return policy


moderators = _only("moderators", lambda member: member.is_operator or member.moderates_somewhere)
operators = _only("operators", lambda member: member.is_operator)
