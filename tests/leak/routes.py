"""Every route there is, by walking the resolver: a new one is in the matrix without anyone remembering."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Other people's code, tried by its own prefixes' tests (tests/admin, tests/community/members).
FOREIGN = ("admin/", "accounts/", "_allauth/", "oauth/", "static/", "media/")
MOST_COMBINATIONS = 12


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
        choices = [known[name] for name in self.parameters]
        for values in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS):
            yield dict(zip(self.parameters, values, strict=True))


def routes(patterns=None, prefix: str = "") -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if path.startswith(FOREIGN) or path.startswith("^"):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and "^" not in path:
            yield Route("/" + path)
