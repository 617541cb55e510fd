"""The first set-up of a real site. Asks what is not given; `--no-input` asks nothing."""

import getpass
import os
import smtplib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.foundation.problems import Problem
from community.members.models import Member
from community.site import present
from community.site.setting_up import change_site
from config import env


class Command(BaseCommand):
    help = "Name the site, make its first operator, and try its mail. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name")
        parser.add_argument("--who", help="Who runs the site: name and address, shown at the foot of every page.")
        parser.add_argument("--contact", help="An e-mail address for people who have a question.")
        parser.add_argument("--language", help="ko or en: for those whose browser asks for neither.")
        parser.add_argument("--time-zone", help="Like Asia/Seoul: for those who have not chosen one.")
        parser.add_argument("--logo", type=Path, help="A PNG, JPEG or WebP file.")
        parser.add_argument("--operator", metavar="EMAIL", help="Make this person an operator.")
        parser.add_argument("--username", help="The operator's user name.")
        parser.add_argument("--mail-test", metavar="EMAIL", help="Send a letter there now.")
        parser.add_argument("--no-input", action="store_true", help="Ask nothing: set what is given.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.asks = not options["no_input"] and sys.stdin.isatty()
        call_command("migrate", interactive=False, verbosity=0)
        try:
            self._site(options)
            self._operator(options)
        except (Problem, CommandError) as error:
            with override("en"):
                env.refuse(str(getattr(error, "detail", error)))
        self._mail(options)
        self.stdout.write("The site is set up. Start it with `make run`, or see docs/guides/deploy.md.")
        for lacking in _lacking():
            self.stdout.write(lacking)

    def _site(self, options: dict[str, Any]) -> None:
        now = present.site()
        logo = options["logo"] or self._ask("Logo file (empty: none)", "")
        change_site(
            name=options["name"] or self._ask("Name of the site", str(now.name)) or None,
            who_runs_it=options["who"] or self._ask("Who runs it (name, address)", now.who_runs_it) or None,
            contact_email=options["contact"] or self._ask("Contact e-mail", now.contact_email) or None,
            default_language=options["language"] or self._ask("Language (ko, en)", now.default_language) or None,
            time_zone=options["time_zone"] or self._ask("Time zone", now.time_zone) or None,
            logo=_content(Path(logo)) if logo else None,
        )

    def _operator(self, options: dict[str, Any]) -> None:
        email = options["operator"] or self._ask("E-mail of the first operator (empty: later)", "")
        if not email:
            return
        username = options["username"] or self._ask("Operator's user name", email.split("@")[0])
        password = os.environ.get("OPERATOR_PASSWORD") or (
            getpass.getpass("Operator's password: ") if self.asks else ""
        )
        if not username or not password:
            raise CommandError("An operator needs --username, and a password in OPERATOR_PASSWORD.")
        with override("en"):
            _check_password(password, username=username, email=email)
        call_command("create_member", email, username=username, password=password, operator=True, verbosity=0)

    def _mail(self, options: dict[str, Any]) -> None:
        address = options["mail_test"] or self._ask("Send a test letter to (empty: none)", "")
        if not address:
            return
        if not settings.EMAIL_HOST:
            env.refuse(
                "No mail server is set: set EMAIL_HOST (docs/guides/settings.md). Until then letters wait in the admin."
            )
        letter = EmailMessage(
            _("A letter from %(site)s") % {"site": present.site().name},
            _("Mail works: this site can write to its members."),
            to=[address],
            connection=get_connection("django.core.mail.backends.smtp.EmailBackend"),
        )
        try:
            letter.send()
        except (smtplib.SMTPException, OSError) as error:
            env.refuse(
                f"The letter could not be sent by {settings.EMAIL_HOST}:{settings.EMAIL_PORT} ({error}): mend EMAIL_…."
            )
        self.stdout.write(f"A letter went to {address}.")

    def _ask(self, what: str, present_value: str) -> str:
        if not self.asks:
            return ""
        shown = f" [{present_value}]" if present_value else ""
        return input(f"{what}{shown}: ").strip() or present_value


def _check_password(password: str, *, username: str, email: str) -> None:
    """The operator's password is held to what every member's is."""
    try:
        validate_password(password, Member(username=username, email=email))
    except ValidationError as error:
        raise CommandError(f"The operator's password will not do. {' '.join(error.messages)}") from error


def _lacking() -> Iterator[str]:
    """What stands between this site and its people."""
    if not Member.objects.filter(is_operator=True, is_active=True).exists():
        yield "Nobody can operate it yet: run this again with --operator EMAIL --username NAME."
    if present.site().demo_is_loaded:
        yield (
            "The demo community is here, and everybody knows the passwords of its two accounts: "
            "for a real site begin in an empty folder, with MADANG_DATA=FOLDER before both commands."
        )


def _content(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise CommandError(f"The logo {path} cannot be read ({error.strerror}).") from error
