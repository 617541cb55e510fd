"""Every route there is, by walking the resolver: a new one is in the matrix without anyone remembering."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Tried by their own prefixes' tests (tests/admin, tests/community/members).
FOREIGN = ("admin/", "desk/", "accounts/", "_allauth/", "oauth/", "static/", "media/")


@dataclass(frozen=True)
class Route:
    """A path with <parameters> still in it."""

    template: str

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.template)

    def fill(self, values: dict[str, str]) -> str:
        return PARAMETER.sub(lambda match: values[match[1]], self.template)

    def fillings(self, known: dict[str, list[str]]) -> Iterator[dict[str, str]]:
        """Each known value of each parameter at least once (not every pair of values: that grows without end)."""
        names = self.parameters
        for number in range(max((len(known[name]) for name in names), default=1)):
            yield {name: known[name][number % len(known[name])] for name in names}


def routes(patterns=None, prefix: str = "") -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if path.startswith(FOREIGN) or path.startswith("^"):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and "^" not in path and _can_be_read(pattern.callback):
            yield Route("/" + path)


def _can_be_read(view) -> bool:
    """Whether GET is more than 405: REST resources say so by their handlers."""
    return not hasattr(view, "cls") or hasattr(view.cls, "get")
