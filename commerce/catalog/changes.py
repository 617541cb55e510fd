"""Which products this process changed a moment ago, so that what it remembers of them is put together anew."""

import itertools
import uuid
from collections.abc import Iterable

from community.foundation.near import Near

SECONDS = 2
"""As long as anything is remembered of a product's page (`telling`)."""
_changed: Near[int] = Near(seconds=SECONDS, most=2_000)
_numbers = itertools.count(1)


def note(product_ids: Iterable[uuid.UUID]) -> None:
    """Called by whatever locks a product to change it."""
    for pk in product_ids:
        _changed.keep(pk, next(_numbers))


def last_of(product_id: uuid.UUID) -> int:
    """Another number after each change; 0 where there was none of late."""
    return _changed.get(product_id) or 0
