"""What can go wrong in an act, by name, and how pages show it.

Acts raise a subclass of `Problem`; REST answers its status and code (foundation.rest), pages show it beside the form
(`shown_on`) or as an error page (`ProblemMiddleware`). The sentence says what to do next.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import DataError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Sentence = str | Promise


class Problem(Exception):
    """An act was refused.

    `code` is fixed and machine readable, `detail` a translated sentence, `field` the input it is about, if one.
    `passing` is true where the same request may succeed a moment later.
    """

    status = 400
    passing = False
    code = "invalid"
    detail: Sentence = _("That did not work. Check what you entered and try again.")

    def __init__(self, detail: Sentence | None = None, *, code: str | None = None, field: str | None = None) -> None:
        self.detail = detail or type(self).detail
        self.code = code or type(self).code
        self.field = field
        super().__init__(self.code)


class Invalid(Problem):
    """400: what was sent cannot be right, whatever the state."""


class Blank(Invalid):
    """400: a name or a title of which nothing would be seen."""

    code = "blank"
    detail = _("Nothing would be seen of that. Write letters, digits or signs that others can read.")


class Overlong(Invalid):
    """400: more than `most` characters, counted as they are kept."""

    code = "max_length"

    def __init__(self, most: int, *, field: str) -> None:
        super().__init__(
            _("That is too long: at most %(most)s characters. Make it shorter.") % {"most": most}, field=field
        )


class Refused(Problem):
    """403: known, but not allowed to do this to something that may be seen."""

    status = 403
    code = "permission_denied"
    detail = _("You may not do that here.")


class NotThere(Problem):
    """404: absent, or not visible to the one who asks. Nobody can tell which."""

    status = 404
    code = "not_found"
    detail = _("There is nothing here, or it is not open to you.")


class Conflict(Problem):
    """409: the present state forbids it. Subclasses name the state in `code`."""

    status = 409
    code = "conflict"
    detail = _("That is not possible any more. Reload the page to see what changed.")


class Stale(Problem):
    """412: someone changed it since it was read."""

    status = 412
    code = "stale"
    detail = _("Someone changed this in the meantime. Compare both versions, then save again.")


class TooLarge(Problem):
    """413: more than is taken in."""

    status = 413
    code = "too_large"
    detail = _("That is too large. Make it smaller and try again.")


class TooMany(Problem):
    """429: too often; `retry_after` are whole seconds to wait."""

    status = 429
    passing = True
    code = "throttled"
    detail = _("That was a little fast. Wait a moment, then try again.")

    def __init__(self, detail: Sentence | None = None, *, retry_after: int = 60, code: str | None = None) -> None:
        self.retry_after = max(1, int(retry_after))
        super().__init__(detail, code=code)


class Unavailable(Problem):
    """503: a part of the site that this needs is down; nothing was lost."""

    status = 503
    passing = True
    code = "unavailable"
    retry_after = 30
    detail = _("This part of the site is resting. Try again in a minute; nothing was lost.")


def in_english(problem: Problem) -> str:
    """Its sentence as commands say it, which all speak one language."""
    with override("en"):
        return str(problem.detail)


@contextlib.contextmanager
def shown_on(form: BaseForm) -> Iterator[None]:
    """Show a 400, 409, 412, 413 or 429 raised inside as an error of `form`; the view then renders the form again.

    Afterwards `form.is_valid()` is false, so a view reads:

        with problems.shown_on(form):
            topic = publish_topic(by=request.user, **form.cleaned_data)
            return redirect(topic)
        return render(...)
    """
    try:
        yield
    except (Invalid, Conflict, Stale, TooLarge, TooMany) as problem:
        form.problem = problem  # type: ignore[attr-defined]
        field = problem.field if problem.field in form.fields else NON_FIELD_ERRORS
        form.add_error(None if field == NON_FIELD_ERRORS else field, str(problem.detail))


class ProblemMiddleware:
    """Turns a Problem that a page's view let through into the page for its status."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """PostgreSQL holds no NUL: nothing of ours has one in its name, and nothing is found by one. REST says so in
        its own format (foundation.rest)."""
        if hasattr(view, "cls"):
            return None
        if any("\0" in word for word in kwargs.values() if isinstance(word, str)):
            return page(request, NotThere())
        if "\0" in "".join(word for words in request.GET.lists() for word in (words[0], *words[1])):
            return page(request, Invalid())
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Problem):
            return page(request, exception)
        return page(request, Invalid()) if _sent_rubbish(request, exception) else None


def _sent_rubbish(request: HttpRequest, exception: Exception) -> bool:
    """Whether a library's view broke over what no view of ours lets in: a NUL in a form, JSON nested without end."""
    if isinstance(exception, DataError):
        return "NUL" in str(exception)
    return isinstance(exception, RecursionError) and request.content_type == "application/json"


def page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The error page of a problem: templates/<status>.html, else templates/problem.html."""
    if not hasattr(request, "user"):  # refused before anyone looked who asks, as with a forged host
        request.user = AnonymousUser()
    template = "404.html" if problem.status == 404 else "problem.html"
    response = render(request, template, {"problem": problem}, status=problem.status)
    if isinstance(problem, TooMany | Unavailable):
        response["Retry-After"] = str(problem.retry_after)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: says what happened without blaming anyone."""
    return page(
        request, Refused(_("This page was open for too long. Reload it, then send your form again."), code="csrf")
    )
