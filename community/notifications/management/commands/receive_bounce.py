"""`receive_bounce < message`: what a mail server pipes the notifications of mail that came back into."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.foundation.problems import Problem, in_english
from community.notifications.bouncing import LARGEST, receive_bounce


class Command(BaseCommand):
    """Reads one message from standard input."""

    help = "Read one delivery status notification from standard input; stops mail to an address that is gone."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            letter = receive_bounce(raw=sys.stdin.buffer.read(LARGEST + 1))
        except Problem as problem:
            raise CommandError(in_english(problem), returncode=2) from problem
        if letter is None:
            self.stdout.write("nothing to do: no letter of ours came back")
        else:
            self.stdout.write(f"noted: the letter {letter.message_id} came back")
