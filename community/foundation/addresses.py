"""Addresses: of a thing by its id, and as people elsewhere type them."""

import functools
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

_STAND_IN = UUID(int=0)


def address_of(route: str, pk: UUID) -> str:
    """What `reverse(route, args=[pk])` gives, for a route whose one argument is a UUID. Raises NoReverseMatch.

    A page holds dozens, so the resolver is asked once for each name of a route.
    """
    before, after = _around(route, get_urlconf(), get_script_prefix())
    return f"{before}{pk}{after}"


@functools.cache
def _around(route: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    before, _id, after = reverse(route, args=[_STAND_IN]).partition(str(_STAND_IN))
    return before, after


def absolute(path: str) -> str:
    """`path` of this site (it begins with a slash) as it stands in letters, feeds, markup for machines and codes on paper."""
    return settings.SITE_URL.rstrip("/") + path
