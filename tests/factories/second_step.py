"""An app that makes codes, as a phone would (RFC 6238), and the second step of a member."""

import base64
import hashlib
import hmac
import struct

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from community.members.models import Member

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HALF_MINUTE = 58_000_000
"""The half minute in which the tests stand (`the_clock_of_codes_stands`), so that no code ages while a test runs."""


def code_of(secret: str = SECRET, *, half_minute: int = HALF_MINUTE) -> str:
    """The six digits that a phone shows in that half minute."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", half_minute), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def wrong_code(secret: str = SECRET) -> str:
    """Six digits that are not the ones of now: those of the half minute before, as a rule."""
    before = code_of(secret, half_minute=HALF_MINUTE - 1)
    return before if before != code_of(secret) else "000000"


def an_app(member: Member) -> None:
    """Codes from an app, turned on for the member, with spare ones."""
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    RecoveryCodes.activate(member)


def spare_codes(member: Member) -> list[str]:
    row = Authenticator.objects.get(user=member, type=Authenticator.Type.RECOVERY_CODES)
    return RecoveryCodes(row).get_unused_codes()
