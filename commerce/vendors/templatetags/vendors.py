"""How long something lasts, in words."""

import datetime as dt

from babel.dates import format_timedelta
from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def lasting(minutes: int | None) -> str:
    """ "3 hours" of 190 minutes, in the reader's language."""
    if minutes is None:
        return ""
    locale = (get_language() or "ko").replace("-", "_")
    return format_timedelta(dt.timedelta(minutes=max(minutes, 1)), threshold=1.2, locale=locale)
