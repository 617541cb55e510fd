"""Identifiers that a stranger cannot count: UUID version 7 (RFC 9562), which sort by the time they were made."""

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """A new UUIDv7 as Python's own UUID. Later ones of one process sort after earlier ones."""
    return uuid_utils.compat.uuid7()
