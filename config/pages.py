"""Pages that belong to no wing: health, metrics and the error pages."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from community.foundation.problems import NotThere, Problem, Refused, page
from config.health import health
from config.metrics import metrics

urlpatterns = [
    path("health/", health, name="health"),
    path("metrics", metrics, name="metrics"),
]


class BadRequest(Problem):
    """What Django itself refuses: a forged host, a malformed form."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, BadRequest())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, Refused())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, NotThere())


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours broke; 503 when it is only that the database does not answer."""
    resting = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    response = render(request, "500.html", {"resting": resting}, status=503 if resting else 500)
    if resting:
        response["Retry-After"] = "30"
    return response
