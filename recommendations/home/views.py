from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation.access import everyone
from community.foundation.guest_cache import cached_for_guests


@everyone
@cached_for_guests
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return render(request, "recommendations/home/front/page.html")
