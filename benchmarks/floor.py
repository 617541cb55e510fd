"""Views that do nothing, behind the same middleware: what a page costs above them is its own."""

import functools

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from community.foundation.access import everyone, signed_in


@functools.lru_cache(maxsize=64)
def filling(size: int) -> bytes:
    return b"<!doctype html><html>" + b"x" * max(0, size - 21)


@everyone
def empty(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as the page that is compared."""
    return HttpResponse(filling(size))


@signed_in
def empty_for_a_member(request: HttpRequest, size: int) -> HttpResponse:
    """The same, with session and member loaded."""
    return HttpResponse(filling(size))


@signed_in
@require_POST
def empty_post(request: HttpRequest) -> HttpResponse:
    """Takes a form of a member in, and sends on like a view that wrote something."""
    return redirect(f"/?{len(request.POST)}")
