from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.foundation import clock
from community.foundation.access import everyone
from community.foundation.guest_cache import cached_for_guests
from recommendations.home import shelves
from recommendations.home.visits import last_visit, part_of_day


@everyone
@cached_for_guests
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page: for visitors what the place is, for members what is new, for both what people talk about."""
    member = request.user
    inputs = {
        "topics": shelves.talked_about(member),
        "reviews": shelves.fresh_reviews(member),
        "subjects": shelves.well_liked(member),
        "boards": shelves.boards_with_voices(member),
    }
    if member.is_authenticated:
        since = last_visit(request)
        inputs["part_of_day"] = part_of_day(timezone.localtime(clock.now()).hour)
        inputs["news"] = shelves.news_since(member, since) if since else None
    return render(request, "recommendations/home/front/page.html", inputs)
