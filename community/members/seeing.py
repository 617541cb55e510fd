"""Fetch what a viewer asked for by name, or say that it is not there."""

from typing import Any

from django.db.models import Prefetch

from community.foundation.problems import NotThere
from community.members.models import Member, Team, TeamMember


def visible_member(viewer: Any, username: str) -> Member:
    """The member of this name, if `viewer` may see them. Raises NotThere (404)."""
    member = Member.objects.visible_to(viewer).named(username).first()
    if member is None:
        raise NotThere
    return member


def team_with_members(viewer: Any, slug: str) -> Team:
    """The team with those of its members whom the viewer may see, as `shown_memberships`. Raises NotThere (404)."""
    seen = TeamMember.objects.filter(member__in=Member.objects.visible_to(viewer)).select_related("member")
    rows = Team.objects.visible_to(viewer).filter(slug=slug)
    team = rows.prefetch_related(Prefetch("memberships", seen.order_by("since"), to_attr="shown_memberships")).first()
    if team is None:
        raise NotThere
    return team
