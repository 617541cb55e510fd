"""A vendor's row for each of this app's pages of the desk."""

from typing import Any

from community.members.models import TeamMember
from tests.admin.desk_rows import desk_rows
from tests.factories.boards import a_board, a_topic
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member
from tests.factories.reviews import a_review
from tests.factories.subjects import a_steward, a_subject


def _subject(vendor: Any, name: str = "") -> Any:
    subject = a_subject(name or None)
    a_steward(subject, vendor.team)
    return subject


@desk_rows("commerce_vendors.Vendor")
def _vendor(vendor: Any, word: str) -> Any:
    type(vendor).objects.filter(pk=vendor.pk).update(name=word)
    return vendor


@desk_rows("community_members.TeamMember")
def _staff(vendor: Any, word: str) -> Any:
    return TeamMember.objects.create(team=vendor.team, member=a_member(display_name=word), role="clerk")


@desk_rows("community_reviews.Review")
def _review(vendor: Any, word: str) -> Any:
    return a_review(_subject(vendor, word))


@desk_rows("community_boards.Topic")
def _question(vendor: Any, word: str) -> Any:
    return a_topic(board=a_board(kind="question"), title=word, subjects=[_subject(vendor)])


@desk_rows("community_ideas.Idea")
def _idea(vendor: Any, word: str) -> Any:
    return an_idea(title=word, subjects=[_subject(vendor)])


@desk_rows("community_complaints.Complaint")
def _complaint(vendor: Any, word: str) -> Any:
    return a_complaint(title=word, team=vendor.team)
