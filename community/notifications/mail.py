"""Django's mail door: whatever calls send_mail (accounts, alarms) leaves letters in line instead of waiting for SMTP."""

from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from community.notifications.writing import write_account_letter


class LetterBackend(BaseEmailBackend):
    """Keeps each message as one letter a recipient, in the caller's transaction; the sender delivers it.

    Raises ValueError for a message with attachments or hidden recipients, which account mail never has.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                _keep(message)
        return len(email_messages)


def _keep(message: EmailMessage) -> None:
    if message.attachments or message.bcc:
        raise ValueError("letters carry no attachments and no hidden recipients")
    message.message()  # raises BadHeaderError for a header with a new line
    members = _members(message.recipients())
    html = next((part.content for part in getattr(message, "alternatives", ()) if part.mimetype == "text/html"), "")
    for address in message.recipients():
        write_account_letter(
            address=address,
            language=get_language() or "ko",
            subject=str(message.subject),
            text=str(message.body),
            html=str(html),
            member=members.get(address.lower()),
        )


def _members(addresses: list[str]) -> dict[str, Any]:
    known = EmailAddress.objects.filter(email__in={address.lower() for address in addresses}).select_related("user")
    return {row.email.lower(): row.user for row in known}
