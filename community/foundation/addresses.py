"""Addresses of things by their id, for pages that hold dozens: the resolver is asked once for each name of a route.

def get_absolute_url(self) -> str:
    return address_of("community_boards:post", self.pk)
"""

import functools
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

_STAND_IN = UUID(int=0)


def address_of(route: str, pk: UUID) -> str:
    """What `reverse(route, args=[pk])` gives, for a route whose one argument is a UUID. Raises NoReverseMatch."""
    before, after = _around(route, get_urlconf(), get_script_prefix())
    return f"{before}{pk}{after}"


@functools.cache
def _around(route: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    before, _id, after = reverse(route, args=[_STAND_IN]).partition(str(_STAND_IN))
    return before, after
