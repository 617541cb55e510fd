"""Open complaints from mail. A letter that is not surely from a member waits for an operator; none is lost or doubled."""

import io
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from community.boards.publishing import publish_topic
from community.complaints.errors import AlreadyDecided, NoDesk, NoSender
from community.complaints.models import Desk, Mail
from community.complaints.reading_mail import Letter, identity_of, read
from community.complaints.trusting import is_authentic
from community.foundation import clock
from community.foundation.problems import Invalid, NotThere, Problem, Refused, TooLarge, TooMany
from community.members.models import Member
from community.uploads.storing import store_upload


def receive(raw: bytes) -> Mail:
    """Take a letter in: it opens a complaint in the sender's name, or is held with the reason.

    The same letter again gives the row of the first time. Never raises for what stands in a letter.
    """
    try:
        letter = read(raw)
    except ValueError:
        return _hold_unreadable(raw)
    with transaction.atomic():
        mail, made = Mail.objects.get_or_create(
            message_id=letter.message_id,
            defaults={
                "sender": letter.sender,
                "subject": letter.subject,
                "body": letter.body,
                "state": Mail.State.HELD,
                "reason": Mail.Reason.UNVERIFIED,
                "received_at": clock.now(),
            },
        )
        if made:
            _decide(mail, letter)
    return mail


@transaction.atomic
def admit(*, by: Any, mail_id: Any, member: Member | None = None) -> Mail:
    """An operator opens the complaint after all, in the name of the sender, or of `member` if the address is unknown.

    Raises NotThere, AlreadyDecided, NoSender, NoDesk, and what publishing a topic raises.
    """
    mail = _held(by, mail_id)
    author = member or _member_of(mail.sender)
    if author is None:
        raise NoSender
    _open(mail, author, mail.body)
    return _decided(mail, by, Mail.State.OPENED)


@transaction.atomic
def discard(*, by: Any, mail_id: Any) -> Mail:
    """An operator finds that a letter is no complaint. Raises NotThere or AlreadyDecided."""
    return _decided(_held(by, mail_id), by, Mail.State.DISCARDED)


def _decide(mail: Mail, letter: Letter) -> None:
    mail.reason = _why_held(letter)
    author = _member_of(letter.sender)
    if not mail.reason and author is not None:
        try:
            with transaction.atomic():
                _open(mail, author, letter.body + _shown(author, letter.pictures))
            mail.state = Mail.State.OPENED
        except NoDesk:
            mail.reason = Mail.Reason.NO_DESK
        except TooMany:
            mail.reason = Mail.Reason.TOO_MANY
        except (Refused, NotThere):
            mail.reason = Mail.Reason.SILENCED
        except Problem:
            mail.reason = Mail.Reason.UNREADABLE
    mail.save(update_fields=["state", "reason", "topic"])


def _why_held(letter: Letter) -> str:
    if not is_authentic(letter.message, authserv_id=settings.MAIL_AUTHSERV_ID):
        return Mail.Reason.UNVERIFIED
    if _member_of(letter.sender) is None:
        return Mail.Reason.UNKNOWN
    if not letter.body:
        return Mail.Reason.EMPTY
    return ""


def _open(mail: Mail, author: Member, body: str) -> None:
    desk = Desk.objects.select_related("board").filter(takes_mail=True).first()
    if desk is None:
        raise NoDesk
    title = mail.subject or body.strip().splitlines()[0][:100] if body.strip() else mail.subject
    mail.topic = publish_topic(by=author, board=desk.board, title=title or "…", body=body)


def _shown(author: Member, pictures: tuple[bytes, ...]) -> str:
    """The Markdown of the attached pictures that can be taken in; the others stay behind."""
    lines = []
    for content in pictures:
        try:
            upload = store_upload(by=author, file=io.BytesIO(content))
        except (Invalid, TooLarge, TooMany):
            continue
        lines.append(f"\n\n![](upload:{upload.pk})")
    return "".join(lines)


def _member_of(address: str) -> Member | None:
    """The member to whom this verified address belongs."""
    known = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return known.user if known and known.user.is_active else None


def _hold_unreadable(raw: bytes) -> Mail:
    defaults = {"state": Mail.State.HELD, "reason": Mail.Reason.UNREADABLE, "received_at": clock.now()}
    return Mail.objects.get_or_create(message_id=identity_of(raw), defaults=defaults)[0]


def _held(by: Any, mail_id: Any) -> Mail:
    mail = Mail.objects.select_for_update().filter(pk=mail_id).first() if by.is_operator else None
    if mail is None:
        raise NotThere
    if mail.state != Mail.State.HELD:
        raise AlreadyDecided
    return mail


def _decided(mail: Mail, by: Any, state: str) -> Mail:
    mail.state, mail.decided_by, mail.decided_at = state, by, clock.now()
    mail.save(update_fields=["state", "decided_by", "decided_at", "topic"])
    return mail
