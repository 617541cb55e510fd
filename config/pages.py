"""Pages that belong to no wing: API documentation and the error pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.foundation.problems import NotThere, Problem, Refused, page

urlpatterns: list = []


class BadRequest(Problem):
    """What Django itself refuses: a forged host, a malformed form."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, BadRequest())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, Refused())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, NotThere())


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
