import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import override

from community.complaints import conf
from community.complaints.receiving import receive

TRY_AGAIN = 75
"""sysexits.h EX_TEMPFAIL: the mail server keeps the letter and calls again."""


class Command(BaseCommand):
    help = "Open a complaint from a letter on standard input: receive_mail < message (for the pipe of a mail server)."

    def handle(self, *args: object, **options: object) -> None:
        raw = sys.stdin.buffer.read(conf.MOST_MAIL_BYTES + 1)
        try:
            mail = receive(raw)
        except (DatabaseError, OSError) as error:
            self.stderr.write(f"Not now: {error}. The letter was not taken in; send it again.")
            sys.exit(TRY_AGAIN)
        with override("en"):  # as every command speaks
            said = mail.topic.get_absolute_url() if mail.topic else mail.get_reason_display() if mail.reason else ""
            self.stdout.write(f"{mail.state} {said}".strip())
