"""Every address there is, ours and the libraries', with something in the place of each parameter."""

import re
import uuid
from collections.abc import Iterator

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver, get_resolver

FILLED = {"uuid": str(uuid.UUID(int=7)), "int": "1", "str": "x", "slug": "x", "path": "x"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
FIXED = {"kind": "like", "target_kind": "topic", "which": "following", "content_type_id": "1"}


def addresses(patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "/") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        own = str(pattern.pattern)
        if not hasattr(pattern.pattern, "_route"):
            own = simplify_regex(own).removeprefix("/")
        here = prefix + own
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield PARAMETER.sub(lambda found: FIXED.get(found[2]) or FILLED.get(found[1] or "str", "x"), here)
