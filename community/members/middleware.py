"""The page's language and time zone: the member's, then the browser's."""

import zoneinfo

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation


class LanguageMiddleware(LocaleMiddleware):
    """Django's: cookie, then Accept-Language, then the site's language."""


class MemberMiddleware:
    """Once the member is known, their own language and zone win."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = request.user
        if not member.is_authenticated:
            return self.get_response(request)
        if member.language:
            translation.activate(member.language)
            request.LANGUAGE_CODE = member.language
        with timezone.override(_zone(member.time_zone)):
            return self.get_response(request)


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_default_timezone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
