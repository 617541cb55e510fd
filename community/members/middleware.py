"""The page's language and time zone: the member's, then the browser's, then the site's. And: who was here today."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation

from community.foundation import clock, fragments
from community.foundation.near import Near
from community.members import visiting

SECONDS_OF_A_DAY = 86_400
_noted: Near[bool] = Near(seconds=SECONDS_OF_A_DAY, most=4_000)  # members, each with a day, whose visit is counted
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class LanguageMiddleware(LocaleMiddleware):
    """Django's: cookie, then Accept-Language, then the site's language."""


class MemberMiddleware:
    """Once the member is known, their own language and zone win; the first request of a day counts as a visit."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = request.user
        if not member.is_authenticated:
            return self.get_response(request)
        if member.language:
            translation.activate(member.language)
            request.LANGUAGE_CODE = member.language
        visit = (member.pk, clock.today())
        if not _noted.get(visit):
            if cache.add(f"visit:{member.pk}:{visit[1]}", 1, SECONDS_OF_A_DAY):
                visiting.note_visit(member=member)
            _noted.keep(visit, True)
        with timezone.override(member.zone or timezone.get_default_timezone()):
            response = self.get_response(request)
        if request.method not in SAFE:  # what the member did may have changed the numbers in the frame
            fragments.forget([member.pk])
        return response
