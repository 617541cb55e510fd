"""`{% drawn value value … %}…{% enddrawn %}`: what looks the same for the same values is drawn once in a process.

The values must be all that the block shows, apart from language and time zone: then nothing ever needs to be
invalidated, for something that changes has other values. Whatever is of one request (a name that only this reader may
see) stays outside, but for the CSRF token of a form: a stand-in is kept in its place, and each page puts its own token
there. A value of None says that there is no such key: the block is drawn anew.

With KEYS_CHECKED (in tests) what is kept is compared at each use with the block as it would be drawn now: values that
say too little are found by any test that opens a page as two people (docs/decisions/0022).
"""

import itertools
import secrets
from collections.abc import Hashable

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from community.foundation.members_first import step_aside
from community.foundation.prepared import KeySaysTooLittle

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
        step_aside()
        values = tuple(value.resolve(context) for value in self.values)
        if None in values:
            return self.nodelist.render(context)
        key = (self.number, get_language(), get_current_timezone_name(), values)
        kept = _kept.get(key)
        if kept is None:
            drawn = self._draw(context)
            kept = (drawn, TOKEN in drawn)
            if len(_kept) >= MOST:  # the oldest goes; threads may do so at once, then one more goes
                _kept.pop(next(iter(list(_kept))), None)
            _kept[key] = kept
        elif settings.KEYS_CHECKED:
            self._check(kept[0], context, values)
        drawn, has_token = kept
        return SafeString(drawn.replace(TOKEN, str(context.get("csrf_token", "")))) if has_token else drawn

    def _draw(self, context) -> SafeString:
        with context.push(csrf_token=TOKEN):
            return self.nodelist.render(context)

    def _check(self, kept: str, context, values) -> None:
        now = self._draw(context)
        if now != kept:
            lines = itertools.zip_longest(kept.splitlines(), now.splitlines())
            differing = next(pair for pair in lines if pair[0] != pair[1])
            raise KeySaysTooLittle(f"{self.origin} {values}: kept {differing[0]!r}, now {differing[1]!r}")


@register.tag
def drawn(parser, token) -> DrawnNode:
    """Draw the block once for the values given."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(nodelist, values)
