"""The sitemap for search engines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from community.boards import sitemaps
from community.foundation.access import everyone
from community.foundation.addresses import absolute
from community.foundation.guest_cache import cached_for_guests

TYPE = "application/xml"


@everyone
@cached_for_guests
def index(request: HttpRequest) -> HttpResponse:
    """The parts there are."""
    rows = [
        (absolute(reverse("community_boards:sitemap_part", args=[part.kind, part.number])), part.changed)
        for part in sitemaps.parts()
    ]
    return render(request, "community/boards/sitemaps/index.xml", {"rows": rows}, content_type=TYPE)


@everyone
@cached_for_guests
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The addresses of one part."""
    rows = sitemaps.addresses(kind, number)
    return render(request, "community/boards/sitemaps/part.xml", {"rows": rows}, content_type=TYPE)
