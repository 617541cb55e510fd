"""Rows for the admin pages of this app."""

from community.foundation import clock
from community.members.models import Acceptance, Activity
from tests.admin.rows import rows
from tests.factories.members import a_member, a_team, with_token


@rows("community_members.Member")
def _member() -> None:
    a_member()


@rows("community_members.Team")
def _team() -> None:
    a_team(a_member())


@rows("community_members.Activity")
def _activity() -> None:
    Activity.objects.create(member=a_member(), act="post", day=clock.today(), count=1, minute=clock.now())


@rows("community_members.Acceptance")
def _acceptance() -> None:
    Acceptance.objects.create(member=a_member(), document=Acceptance.TERMS, version="1")


@rows("community_members.PersonalToken")
def _token() -> None:
    with_token(a_member())
