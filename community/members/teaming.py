"""Teams: made by operators (or by the apps whose teams they are), peopled by their owners and managers."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from community.foundation.characters import visible_line, words
from community.foundation.problems import Invalid, NotThere
from community.members.errors import LastOwner, NotYourTeam
from community.members.models import Member, Team, TeamMember
from community.members.standing import require_voice

openers: list[Callable[[Team], object]] = []
"""What apps above make of a team that `create_member --vendor` names: filled in `AppConfig.ready`."""

CHOOSERS = {TeamMember.OWNER, TeamMember.MANAGER}


@transaction.atomic
def create_team(*, slug: str, name: str, about: str = "", by: Member | None = None, speaks: bool = True) -> Team:
    """A team without members; `by` becomes its owner. Raises Invalid when the address is taken."""
    if Team.objects.filter(slug=slug).exists():
        raise Invalid(code="slug_taken", field="slug")
    team = Team.objects.create(slug=slug, name=name, about=about, speaks=speaks)
    if by is not None:
        TeamMember.objects.create(team=team, member=by, role=TeamMember.OWNER)
    return team


@transaction.atomic
def put_member(*, by: Member | None, team: Team, member: Member, role: str) -> TeamMember:
    """Let `member` speak for the team in `role`, or change their role. `by` None is a command on the machine itself.

    Raises NotYourTeam (403) unless `by` is an owner, a manager (for clerks alone) or an operator; LastOwner (409).
    """
    Team.objects.select_for_update().get(pk=team.pk)
    _require_choice(by, team, {role, _role(team, member)})
    row = TeamMember.objects.filter(team=team, member=member).first()
    if row is None:
        return TeamMember.objects.create(team=team, member=member, role=role)
    if row.role == TeamMember.OWNER and role != TeamMember.OWNER:
        _keep_an_owner(team, member)
    row.role = role
    row.save(update_fields=["role"])
    return row


@transaction.atomic
def remove_member(*, by: Member, team: Team, member: Member) -> None:
    """Members may leave; others are let go by owners, managers (clerks alone) and operators.

    Raises NotThere, NotYourTeam or LastOwner.
    """
    Team.objects.select_for_update().get(pk=team.pk)
    role = _role(team, member)
    if role is None:
        raise NotThere
    if by.pk != member.pk:
        _require_choice(by, team, {role})
    if role == TeamMember.OWNER:
        _keep_an_owner(team, member)
    TeamMember.objects.filter(team=team, member=member).delete()


@transaction.atomic
def describe(*, by: Member, team: Team, name: str, about: str) -> Team:
    """Change how the team introduces itself. Raises NotYourTeam, Blank, Overlong, or Refused."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    _require_choice(by, team, set())
    require_voice(by)
    team.name, team.about = visible_line(name, field="name", most=80), words(about, field="about", most=500)
    team.save(update_fields=["name", "about"])
    return team


def may_choose(member: Any, team: Team) -> bool:
    """Whether the member may change who speaks for the team."""
    return member.is_authenticated and (member.is_operator or _role(team, member) in CHOOSERS)


def _role(team: Team, member: Member) -> str | None:
    return TeamMember.objects.filter(team=team, member_id=member.pk).values_list("role", flat=True).first()


def _require_choice(by: Member | None, team: Team, roles: set[str | None]) -> None:
    if by is None or by.is_operator:
        return
    own = _role(team, by)
    if own == TeamMember.OWNER or (own == TeamMember.MANAGER and roles <= {TeamMember.CLERK, None}):
        return
    raise NotYourTeam


def _keep_an_owner(team: Team, but: Member) -> None:
    if not TeamMember.objects.filter(team=team, role=TeamMember.OWNER).exclude(member=but).exists():
        raise LastOwner
