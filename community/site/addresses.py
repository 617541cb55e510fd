"""Addresses that leave this site: in letters, feeds, markup for machines and codes on paper."""

from django.conf import settings


def absolute(path: str) -> str:
    """`path` of this site (it begins with a slash) as people elsewhere type it."""
    return settings.SITE_URL.rstrip("/") + path
