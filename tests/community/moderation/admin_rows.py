"""Rows for the admin pages of this app."""

import datetime as dt

from django.contrib.admin.models import CHANGE

from community.foundation import clock
from community.moderation.appealing import appeal
from community.moderation.deciding import decide
from community.moderation.models import OperatorAct
from community.moderation.sanctioning import sanction
from tests.admin.rows import rows
from tests.factories.boards import a_post
from tests.factories.members import a_member, a_team, an_operator
from tests.factories.moderation import a_case


@rows(
    "community_moderation.Case",
    "community_moderation.Flag",
    "community_moderation.Decision",
    "community_moderation.Appeal",
    "community_moderation.Entry",
)
def _case() -> None:
    author = a_member()
    case = a_case(a_post(by=author))
    decision = decide(by=an_operator(), case_id=case.pk, outcome="hidden", reason="Spam.")
    appeal(by=author, decision_id=decision.pk, text="Why?")


@rows("community_moderation.Sanction")
def _sanction() -> None:
    ends_at = clock.now() + dt.timedelta(days=1)
    sanction(by=an_operator(), member=a_member(), kind="silence", reason="Insults.", ends_at=ends_at)


@rows("community_moderation.OperatorAct")
def _act() -> None:
    team = a_team()
    OperatorAct.objects.log_actions(
        user_id=an_operator().pk, queryset=[team], action_flag=CHANGE, change_message="Hide"
    )
