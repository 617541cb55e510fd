"""Pictures that go with an order: what the buyer wants made after, which the vendor must see."""

import uuid
from collections.abc import Iterable
from typing import Any

from commerce.orders.models import Order, OrderLine
from commerce.specifications.kinds import UPLOAD
from community.uploads import binding
from community.uploads.models import Upload


def named_in(line: OrderLine) -> list[uuid.UUID]:
    """The pictures that a line's specification names."""
    if line.schema is None:
        return []
    named = [line.specification.get(row["key"]) for row in line.schema.fields if row["kind"] == UPLOAD]
    return [uuid.UUID(key) for key in named if key]


def show_to_vendor(order: Order) -> None:
    """Let whoever may see the order see the buyer's pictures in it."""
    ids = [key for line in order.lines.exclude(schema=None).select_related("schema") for key in named_in(line)]
    if ids:
        binding.bind(by=order.purchase.member_id, ids=ids, target=order)


def wished(lines: Iterable[OrderLine]) -> dict[uuid.UUID, list[Any]]:
    """The pictures by line; one query, and none where nobody sent one."""
    named = {line.pk: named_in(line) for line in lines}
    keys = [key for ids in named.values() for key in ids]
    found = {upload.pk: upload for upload in Upload.objects.filter(pk__in=keys)} if keys else {}
    return {line: [found[key] for key in ids if key in found] for line, ids in named.items() if ids}
