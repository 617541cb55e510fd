"""Points as people read them."""

from babel.core import Locale
from babel.numbers import format_decimal, format_percent
from django import template
from django.conf import settings
from django.utils.translation import get_language, to_locale

from commerce.money import BASIS

register = template.Library()


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE))


@register.filter
def points(number: int) -> str:
    """1230 are "1,230"."""
    return format_decimal(number, locale=_locale())


@register.filter
def percent(basis_points: int) -> str:
    """150 are "1.5%"."""
    return format_percent(basis_points / BASIS, locale=_locale(), decimal_quantization=False)
