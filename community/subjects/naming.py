"""Addresses of subjects: readable, of any script, and never given to another one."""

import secrets
import unicodedata

from django.utils.text import slugify

from community.subjects.models import FormerAddress, Subject

LONGEST = 80


def address_for(name: str) -> str:
    """A free address made of the name. Two acts at the same moment may get the same; the unique key then decides."""
    plain = slugify(unicodedata.normalize("NFC", name), allow_unicode=True).strip("-_")[: LONGEST - 8].strip("-_")
    if plain and not is_taken(plain):
        return plain
    return f"{plain or 'subject'}-{secrets.token_hex(3)}"


def is_taken(slug: str) -> bool:
    """Whether an address leads or once led to a subject, or is a page of ours."""
    return (
        slug in RESERVED
        or Subject.objects.filter(slug=slug).exists()
        or FormerAddress.objects.filter(slug=slug).exists()
    )


RESERVED = frozenset({"new", "export", "categories", "merge"})
