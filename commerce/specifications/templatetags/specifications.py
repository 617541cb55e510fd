"""`{% load specifications %}`: values of a specification in words."""

from django import template

from commerce.specifications.models import Specification
from commerce.specifications.showing import in_words

register = template.Library()


@register.filter
def words(kept: Specification) -> list[tuple[str, str]]:
    """(label, value) of what was specified, under the schema by which it was."""
    return in_words(kept.schema, kept.values)
