"""Addresses of products: readable, of any script."""

import secrets
import unicodedata

from django.utils.text import slugify

from commerce.catalog.models import Product

LONGEST = 100
RESERVED = frozenset({"compare", "variants", "new", "export", "files"})


def plain_address(title: str) -> str:
    """The readable part of an address."""
    plain = slugify(unicodedata.normalize("NFC", title), allow_unicode=True).strip("-_")
    return plain[: LONGEST - 8].strip("-_") or "product"


def address_for(title: str) -> str:
    """A free address made of the title. Two acts at once may get the same; the unique key then decides."""
    plain = plain_address(title)
    return with_mark(plain) if is_taken(plain) else plain


def with_mark(plain: str) -> str:
    """An address that nothing else has, in all likelihood."""
    return f"{plain}-{secrets.token_hex(3)}"


def is_taken(slug: str) -> bool:
    return slug in RESERVED or Product.objects.filter(slug=slug).exists()
