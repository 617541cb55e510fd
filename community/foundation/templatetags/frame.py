"""Tags of the frame: what apps put into its places, and which of its links is the page at hand."""

import re

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from community.foundation import fragments

register = template.Library()
_ID = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}(?=/|$)")


@register.simple_tag(takes_context=True)
def place(context, name, about=None):
    """What apps put into this place of the frame."""
    request = context.get("request")
    if request is None:
        return ""
    return mark_safe("".join(fragment.drawn(request, about) for fragment in fragments.at(name)))


@register.simple_tag(takes_context=True)
def here(context, address, exact=False):
    """`aria-current` for a link to the page at hand, or to what it lies in."""
    path = getattr(context.get("request"), "path", "")
    current = path == address if exact else bool(address) and path.startswith(address)
    return mark_safe(' aria-current="page"') if current else ""


@register.filter
def without_ids(path):
    """The path without the ids in it. No link of the frame holds one, so `here` says the same for both: a frame that is
    `drawn` for `request.path|without_ids` is drawn once for all topics."""
    return _ID.sub("/", path)


@register.simple_tag
def sheets_of_parts():
    """Links to the style sheets of what apps put into others' pages."""
    links = ((static(sheet),) for sheet in fragments.sheets())
    return format_html_join("", '<link rel="stylesheet" href="{}">', links)
