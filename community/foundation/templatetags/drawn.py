"""`{% drawn value value … %}…{% enddrawn %}`: what looks the same for the same values is drawn once in a process.

The values must be all that the block shows, apart from language and time zone: then nothing ever needs to be
invalidated, for something that changes has other values. Whatever is of one request (a CSRF token, a name that only
this reader may see) stays outside. A value of None says that there is no such key: the block is drawn anew.
"""

import itertools
from collections.abc import Hashable

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

register = template.Library()
MOST = 4_000  # blocks of about a kilobyte that a process keeps
_kept: dict[Hashable, SafeString] = {}
_numbers = itertools.count()


class DrawnNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist, values) -> None:
        self.nodelist = nodelist
        self.values = values
        self.number = next(_numbers)  # of the block: templates are compiled once a process

    def render(self, context) -> SafeString:
        values = tuple(value.resolve(context) for value in self.values)
        if None in values:
            return self.nodelist.render(context)
        key = (self.number, get_language(), get_current_timezone_name(), values)
        drawn = _kept.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(_kept) >= MOST:  # the oldest goes; threads may do so at once, then one more goes
                _kept.pop(next(iter(list(_kept))), None)
            _kept[key] = drawn
        return drawn


@register.tag
def drawn(parser, token) -> DrawnNode:
    """Draw the block once for the values given."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(nodelist, values)
