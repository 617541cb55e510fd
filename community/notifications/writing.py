"""Put a letter in line. The row shares the fate of the caller's transaction; the sender does the rest."""

import datetime as dt
import secrets
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from community.foundation import clock
from community.foundation.ids import uuid7
from community.notifications.models import Letter
from community.notifications.plain import one_line

ACCOUNT = "account"


def message_id(letter_id: uuid.UUID) -> str:
    """An RFC 5322 Message-ID that names the letter and that only its reader can know."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{letter_id.hex}.{secrets.token_hex(8)}@{host}>"


def a_letter(*, kind: str, address: str, language: str, not_before: dt.datetime | None = None, **fields: Any) -> Letter:
    """A letter in line, not yet saved."""
    key, moment = uuid7(), clock.now()
    return Letter(
        id=key,
        message_id=message_id(key),
        kind=kind,
        address=address,
        language=language,
        queued_at=moment,
        not_before=max(moment, not_before or moment),
        **fields,
    )


def write_account_letter(
    *, address: str, language: str, subject: str, text: str, html: str, member: Any | None
) -> Letter:
    """Queue a letter whose words are given: account mail, which no switch and no quiet hour holds back."""
    letter = a_letter(
        kind=ACCOUNT,
        address=address,
        language=language,
        member=member,
        subject=one_line(subject, 250),
        text=text,
        html=html,
    )
    letter.save(force_insert=True)
    return letter
