"""Send what is due: claim a batch, compose it, hand each letter to the mail server, and note each at once.

A letter is `sending` under a claim with a lease before the mail server hears of it and `sent` in the very next
statement. A sender that is killed leaves one letter at most of which nobody knows whether it went; when its lease is
over the next sender sends that one again under the same Message-ID, so that mail programs show one. Letters that it
had claimed but not tried are sent for the first time. Two senders never hold one letter.
"""

import contextlib
import datetime as dt
import smtplib
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction

from community.foundation import clock
from community.notifications.addresses import came_back, letter_addresses, stopped
from community.notifications.composing import Words, compose
from community.notifications.conf import BACK_OFF, BATCH, LEASE, MOST_ATTEMPTS, WORK
from community.notifications.models import Letter
from community.notifications.writing import ACCOUNT

log = structlog.get_logger(__name__)
State, Why = Letter.State, Letter.Why
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def send_due(*, most: int = 5_000) -> dict[str, int]:
    """Send up to `most` due letters; gives how many ended in which state. Safe to run in several workers at once."""
    tally: Counter[str] = Counter()
    while most > 0:
        batch = claim(size=min(BATCH, most))
        if not batch:
            break
        most -= len(batch)
        outcome = _send_batch(batch)
        tally += outcome
        if outcome[State.QUEUED] == len(batch):  # the server is away: let it rest
            break
    return dict(tally)


@transaction.atomic
def claim(*, size: int) -> list[Letter]:
    """Take up to `size` due letters, oldest first, that no other sender holds."""
    moment, token = clock.now(), uuid.uuid4()
    due = Letter.objects.due_at(moment).order_by("not_before", "id").select_for_update(skip_locked=True)
    ids = list(due.values_list("pk", flat=True)[:size])
    Letter.objects.filter(pk__in=ids).update(state=State.SENDING, claim=token, claimed_until=moment + LEASE)
    return list(Letter.objects.filter(claim=token).select_related("member").order_by("not_before", "id"))


def _send_batch(batch: Sequence[Letter]) -> Counter[str]:
    began = time.monotonic()
    words = compose(batch)
    told = [letter for letter in batch if letter.kind != ACCOUNT]
    addresses = letter_addresses(letter.member_id for letter in told if letter.member_id)
    for letter in told:
        letter.address = addresses.get(letter.member_id, "") if letter.member_id else ""
    silent = stopped(letter.address for letter in batch)
    post = Post()
    ended: Counter[str] = Counter()
    try:
        for letter in batch:
            if time.monotonic() - began > WORK.total_seconds():
                ended[_note(letter, state=State.QUEUED)] += 1
                continue
            ended[_deliver(letter, words[letter.pk], silent, post)] += 1
    finally:
        post.close()
    return ended


def _deliver(letter: Letter, words: Words | Letter.Why, silent: set[str], post: "Post") -> str:
    if isinstance(words, Letter.Why):
        return _note(letter, state=State.WITHHELD, why=words)
    letter.subject = words.subject
    if not letter.address or letter.address.lower() in silent:
        return _note(letter, state=State.WITHHELD, why=Why.ADDRESS_STOPPED)
    if not settings.EMAIL_HOST:
        return _note(letter, state=State.WITHHELD, why=Why.NO_SERVER, **_kept(words))
    try:
        post.send(letter, words)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, said = next(iter(refusal.recipients.values()))
        return _refused(letter, code, said)
    except smtplib.SMTPResponseException as refusal:
        return _refused(letter, refusal.smtp_code, refusal.smtp_error, about_address=False)
    except (OSError, smtplib.SMTPException) as error:
        return _later(letter, str(error))
    kept = {"text": "", "html": ""} if letter.kind == ACCOUNT else _kept(words)  # a sent key is nobody's to read
    return _note(letter, state=State.SENT, sent_at=clock.now(), error="", **kept)


def _kept(words: Words) -> dict[str, str]:
    return {"text": words.text, "html": words.html}


def _refused(letter: Letter, code: int, said: bytes | str, *, about_address: bool = True) -> str:
    """The server answered no: 4xx for now, 5xx for good."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    sentence = f"{code} {words}"
    if 400 <= code < 500:
        return _later(letter, sentence)
    if not about_address:
        return _note(letter, state=State.FAILED, why=Why.REFUSED, error=sentence[:2000])
    came_back(address=letter.address, status=str(code), said=words, for_good=True)
    return _note(letter, state=State.BOUNCED, error=sentence[:2000])


def _later(letter: Letter, said: str) -> str:
    attempts = letter.attempts + 1
    log.warning("letter_put_off", letter=str(letter.pk), attempts=attempts, error=said[:200])
    if attempts >= MOST_ATTEMPTS:
        return _note(letter, state=State.FAILED, why=Why.GAVE_UP, attempts=attempts, error=said[:2000])
    again = clock.now() + BACK_OFF[attempts - 1]
    return _note(letter, state=State.QUEUED, attempts=attempts, not_before=again, error=said[:2000])


def _note(letter: Letter, *, state: str, **columns: Any) -> str:
    """Write what became of the letter, if it is still ours; gives the state."""
    if state == State.QUEUED and letter.notice_id and _another_waits(letter):
        state, columns = State.WITHHELD, {**columns, "why": Why.NOTHING_NEW}
    columns |= {"address": letter.address, "subject": letter.subject} if letter.address else {}
    Letter.objects.filter(pk=letter.pk, claim=letter.claim).update(
        state=state, claim=None, claimed_until=None, **columns
    )
    return state


def _another_waits(letter: Letter) -> bool:
    return Letter.objects.filter(notice=letter.notice_id, state=State.QUEUED).exclude(pk=letter.pk).exists()


class Post:
    """One connection to the mail server for a batch, opened with the first letter and again after it broke."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None

    def send(self, letter: Letter, words: Words) -> None:
        """Hand over one letter. Raises what smtplib raises; a broken connection is dropped."""
        message = EmailMultiAlternatives(
            subject=words.subject,
            body=words.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[letter.address],
            headers={**HEADERS, **words.headers, "Message-ID": letter.message_id, "Date": _date(letter)},
        )
        if words.html:
            message.attach_alternative(words.html, "text/html")
        if self._backend is None:
            backend = EmailBackend(fail_silently=False)
            backend.open()
            self._backend = backend
        try:
            self._backend.send_messages([message])
        except (OSError, smtplib.SMTPException):
            self.close()
            raise

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                backend.close()


def _date(letter: Letter) -> str:
    return letter.queued_at.astimezone(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")


@transaction.atomic
def send_again(*, letter_ids: Sequence[uuid.UUID]) -> int:
    """Put failed, bounced or withheld letters back in line, from the first attempt; gives how many.

    A letter whose words were not kept, or whose notice has another one waiting, is left.
    """
    ended = (State.FAILED, State.BOUNCED, State.WITHHELD)
    letters = Letter.objects.filter(pk__in=letter_ids, state__in=ended).exclude(kind=ACCOUNT, text="")
    count = 0
    for letter in letters.order_by("pk").select_for_update():
        if letter.notice_id and _another_waits(letter):
            continue
        letter.state, letter.why, letter.attempts, letter.not_before = State.QUEUED, Why.NOTHING, 0, clock.now()
        letter.save(update_fields=["state", "why", "attempts", "not_before"])
        count += 1
    return count
