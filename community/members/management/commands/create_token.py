"""manage.py create_token EMAIL --scopes "read write": prints the token alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.foundation.problems import Problem, in_english
from community.members import tokens
from community.members.models import Member


class Command(BaseCommand):
    help = "Makes a personal access token and prints it, and nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--scopes", default="read", help='e.g. "read write orders vendor operate"')
        parser.add_argument("--name", default="create_token")

    def handle(self, *, email: str, scopes: str, name: str, **options: Any) -> None:
        member = Member.objects.filter(email__iexact=email, is_active=True).first()
        if member is None:
            raise CommandError(f"No member has the e-mail address {email}. Make one with create_member.", returncode=2)
        try:
            made = tokens.create_token(by=member, name=name, scopes=scopes.replace(",", " ").split())
        except Problem as problem:
            raise CommandError(in_english(problem), returncode=2) from problem
        self.stdout.write(made.secret)
