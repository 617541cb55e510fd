"""The places of the settings, for pages whose view is a library's."""

from django import template

from community.members import sections

register = template.Library()


@register.simple_tag
def settings_sections() -> list[sections.Section]:
    return sections.all_sections()
