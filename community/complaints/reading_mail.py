"""What a letter says, as plain text within bounds."""

import email
import email.policy
import hashlib
import html
import re
from dataclasses import dataclass
from email.message import EmailMessage

from community.complaints import conf
from community.complaints.trusting import sender_of
from community.foundation.characters import tidy

TITLE_LENGTH, BODY_LENGTH = 200, 18_000
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<br\s*/?>|</p\s*>|</div\s*>|<[^>]{0,1000}>", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"(?:\n>[^\n]*)+\s*\Z")


@dataclass(frozen=True)
class Letter:
    """A letter that was read. `pictures` are the bytes of its first few attached pictures."""

    message: EmailMessage
    message_id: str
    sender: str
    subject: str
    body: str
    pictures: tuple[bytes, ...]


def read(raw: bytes) -> Letter:
    """Read a letter. Without a Message-ID its content is its identity. Raises ValueError if it cannot be read."""
    if len(raw) > conf.MOST_MAIL_BYTES:
        raise ValueError("too large")
    try:
        message: EmailMessage = email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[assignment]
        sender = sender_of(message)
        subject = " ".join(tidy(str(message.get("Subject", ""))).split())
        identity = str(message.get("Message-ID", "")).strip()
        body, pictures = _text(message), _pictures(message)
    except Exception as error:  # the standard library raises nearly anything for hostile mail
        raise ValueError("unreadable") from error
    return Letter(
        message=message,
        message_id=(identity or hashlib.sha256(raw).hexdigest())[:250],
        sender=f"{sender.username}@{sender.domain}"[:254] if sender else "",
        subject=subject[:TITLE_LENGTH],
        body=body,
        pictures=pictures,
    )


def identity_of(raw: bytes) -> str:
    """What names a letter that cannot be read."""
    return hashlib.sha256(raw).hexdigest()


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = str(part.get_content())[: BODY_LENGTH * 10]
    if part.get_content_type() == "text/html":
        text = html.unescape(_TAG.sub(_line, text))
    text = tidy(text.replace("\r\n", "\n")).replace("\0", "")
    text = re.sub(r"\n{3,}", "\n\n", _QUOTED.sub("", "\n" + text))
    return text.strip()[:BODY_LENGTH]


def _line(tag: re.Match[str]) -> str:
    return "\n" if tag[0].lower().startswith(("<br", "</p", "</div")) else ""


def _pictures(message: EmailMessage) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for part in message.iter_attachments():
        if part.get_content_maintype() == "image" and len(found) < conf.MOST_MAIL_PICTURES:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                found.append(content)
    return tuple(found)
