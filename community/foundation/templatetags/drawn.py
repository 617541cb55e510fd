"""`{% drawn value value … %}…{% enddrawn %}`: what looks the same for the same values is drawn once in a process.

The values must be all that the block shows, apart from language and time zone: then nothing ever needs to be
invalidated, for something that changes has other values. Whatever is of one request (a name that only this reader may
see) stays outside, but for the CSRF token of a form: a stand-in is kept in its place, and each page puts its own token
there. A value of None says that there is no such key: the block is drawn anew.
"""

import itertools
import secrets
from collections.abc import Hashable

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

register = template.Library()
MOST = 4_000  # blocks of about a kilobyte that a process keeps
TOKEN = f"token-{secrets.token_hex(16)}"  # stands for the page's own; no text can hold it by chance or by intent
_kept: dict[Hashable, tuple[SafeString, bool]] = {}  # what was drawn, and whether a token is to be put in
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
        kept = _kept.get(key)
        if kept is None:
            with context.push(csrf_token=TOKEN):
                drawn = self.nodelist.render(context)
            kept = (drawn, TOKEN in drawn)
            if len(_kept) >= MOST:  # the oldest goes; threads may do so at once, then one more goes
                _kept.pop(next(iter(list(_kept))), None)
            _kept[key] = kept
        drawn, has_token = kept
        return SafeString(drawn.replace(TOKEN, str(context.get("csrf_token", "")))) if has_token else drawn


@register.tag
def drawn(parser, token) -> DrawnNode:
    """Draw the block once for the values given."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(nodelist, values)
