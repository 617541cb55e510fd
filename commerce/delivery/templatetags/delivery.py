"""`{% load delivery %}`: addresses on pages."""

from django import template

from commerce.delivery import countries

register = template.Library()


@register.filter
def country_name(code: str) -> str:
    """The country in the reader's language."""
    return countries.name_of(code)
