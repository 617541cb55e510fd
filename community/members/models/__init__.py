"""Who is here: members with their names and standing, whom they follow and ignore, the teams they speak for, what they
did by day, their tokens and exports."""

from community.members.models.member import Acceptance, FormerName, Member, MemberQuerySet
from community.members.models.records import Activity, DataExport, PersonalToken
from community.members.models.relations import Following, Ignoring, Team, TeamMember

__all__ = [
    "Acceptance",
    "Activity",
    "DataExport",
    "Following",
    "FormerName",
    "Ignoring",
    "Member",
    "MemberQuerySet",
    "PersonalToken",
    "Team",
    "TeamMember",
]
