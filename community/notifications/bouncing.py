"""Mail that came back: read a delivery status notification (RFC 3464) and stop writing to an address that is gone.

Anyone can send us a forged one. So it counts only when it names the Message-ID of a letter of ours, whose token only
the reader of that letter can know, and its recipient is that letter's.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid, TooLarge
from community.notifications.addresses import came_back
from community.notifications.models import Letter

LARGEST = 1_000_000
_MESSAGE_ID = re.compile(r"<[0-9a-f]{32}\.[0-9a-f]{16}@[^<>\s]{1,200}>")
_STATUS = re.compile(r"^([245])\.\d{1,3}\.\d{1,3}$")


@dataclass(frozen=True)
class Returned:
    """What a notification says of one recipient."""

    address: str
    action: str
    status: str
    said: str

    @property
    def failed(self) -> bool:
        return self.action == "failed"

    @property
    def for_good(self) -> bool:
        """Class 5 is for good, except a full mailbox (x.2.2), which may be emptied."""
        return self.status.startswith("5.") and self.status != "5.2.2"


@transaction.atomic
def receive_bounce(*, raw: bytes) -> Letter | None:
    """Note what a notification says. Gives the letter that came back, or None for news of a delay or of no letter of ours.

    Raises TooLarge beyond a megabyte, Invalid for a message that is no delivery status notification.
    """
    if len(raw) > LARGEST:
        raise TooLarge
    message = email.message_from_bytes(raw, policy=email.policy.default)
    reports = list(_reports(message))
    if not reports:
        raise Invalid(_("This is no delivery status notification."), code="not_a_bounce")
    for returned in reports:
        letter = _letter(raw, returned.address)
        if letter is not None and returned.failed:
            return _note(letter, returned)
    return None


def _note(letter: Letter, returned: Returned) -> Letter:
    if letter.state == Letter.State.BOUNCED:
        return letter
    came_back(address=letter.address, status=returned.status, said=returned.said, for_good=returned.for_good)
    letter.state, letter.error = Letter.State.BOUNCED, f"{returned.status} {returned.said}"[:2000]
    letter.save(update_fields=["state", "error"])
    return letter


def _letter(raw: bytes, address: str) -> Letter | None:
    ids = set(_MESSAGE_ID.findall(raw.decode("latin-1")))
    sent = Letter.objects.filter(message_id__in=ids, address__iexact=address)
    return sent.filter(state__in=[Letter.State.SENT, Letter.State.BOUNCED]).select_for_update().first()


def _reports(message: EmailMessage) -> Iterator[Returned]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():  # type: ignore[union-attr]
            returned = _returned(block)
            if returned is not None:
                yield returned


def _returned(block: Any) -> Returned | None:
    recipient = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
    address = recipient.partition(";")[2].strip().strip("<>")
    status = str(block.get("Status", "")).split(" ")[0].strip()
    if not address or not _STATUS.match(status):
        return None
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
    return Returned(address, str(block.get("Action", "")).strip().lower(), status, " ".join(said.split()))
