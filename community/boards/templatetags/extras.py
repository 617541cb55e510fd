"""What the apps above bring to pages of boards and topics."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from community.boards import extras

register = template.Library()


@register.simple_tag
def extra_styles() -> SafeString:
    """Links to the style sheets that the registered extras need."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(style),) for style in extras.styles()))
