"""A cart to put things into: the member's, or a guest's that a secret opens."""

import hashlib
import secrets
from typing import Any

from commerce.cart.models import Cart

SECRET_BYTES = 32
LONGEST_SECRET = 64


def of_member(member: Any) -> Cart:
    """The member's cart, made if there was none."""
    return Cart.objects.get_or_create(member=member)[0]


def for_guest() -> tuple[Cart, str]:
    """A new cart and the secret that opens it, which is kept nowhere but in the guest's cookie."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return Cart.objects.create(secret_hash=_hash(secret)), secret


def of_guest(secret: str) -> Cart | None:
    """The cart that a secret opens; None where it opens none."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    return Cart.objects.filter(secret_hash=_hash(secret), member=None).first()


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
