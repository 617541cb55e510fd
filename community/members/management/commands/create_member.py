"""manage.py create_member EMAIL --username U --password P [--operator] [--vendor SLUG --role owner|manager|clerk]"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from community.foundation.problems import Problem, in_english
from community.members import joining, naming, teaming
from community.members.models import Member, Team, TeamMember


class Command(BaseCommand):
    help = "Makes a member whose e-mail counts as verified. Run again, it adds what is asked to the member there is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--username", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--operator", action="store_true", help="may use /admin/ and the scope operate")
        parser.add_argument("--vendor", metavar="SLUG", help="the vendor to work for; made if there is none")
        parser.add_argument("--role", choices=[role for role, _label in TeamMember.ROLES], default=TeamMember.OWNER)

    @transaction.atomic
    def handle(self, *, email: str, username: str, **options: Any) -> None:
        try:
            validate_email(email)
            member = Member.objects.filter(email__iexact=email).first()
            if member is None:
                member = self._made(email, username, options)
            else:
                self._added(member, username, options)
            if options["vendor"]:
                self._joined(member, options["vendor"], options["role"])
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address.", returncode=2) from error
        except Problem as problem:
            raise CommandError(in_english(problem), returncode=2) from problem
        self.stdout.write(f"{member.username} <{member.email}>")

    def _made(self, email: str, username: str, options: dict[str, Any]) -> Member:
        return joining.create(
            username=username,
            email=email,
            password=options["password"],
            operator=options["operator"],
            reserved_name=True,
        )

    def _added(self, member: Member, username: str, options: dict[str, Any]) -> None:
        if username != member.username:
            member.refresh_from_db()
            renamer = Member(pk=member.pk, is_operator=True)
            member.username = naming.rename(by=renamer, member=member, username=username).username
        member.is_operator = member.is_operator or options["operator"]
        if not member.check_password(options["password"]):
            member.set_password(options["password"])
        member.save(update_fields=["is_operator", "password"])

    def _joined(self, member: Member, slug: str, role: str) -> None:
        team = Team.objects.filter(slug=slug).first() or teaming.create_team(slug=slug, name=slug)
        teaming.put_member(by=None, team=team, member=member, role=role)
        for open_for in teaming.openers:
            open_for(team)
