"""What operators see and do about members."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.boards import arranging
from community.members import tokens
from community.members.models import Member, PersonalToken, Team
from community.profiles import answering
from tests.factories.boards import a_board
from tests.factories.members import a_member, a_team, an_operator, logged_in

pytestmark = pytest.mark.django_db
MEMBERS = "/admin/community_members/member/"


@pytest.mark.parametrize("page", ["member", "team", "activity", "acceptance", "personaltoken"])
def test_lists_open_for_operators_and_stay_under_20_queries(page):
    client = logged_in(an_operator())
    for _number in range(3):
        a_team(a_member())
    address = f"/admin/community_members/{page}/"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 20


@pytest.mark.parametrize("address", [MEMBERS, "/admin/community_members/team/add/", "/admin/"])
def test_members_and_guests_find_no_admin(address):
    for viewer in (None, a_member(), a_member(is_moderator=True)):
        assert logged_in(viewer).get(address).status_code in {302, 404}


def test_search_finds_by_name_address_and_former_name():
    client = logged_in(an_operator())
    a_member("mina", email="bakery@example.org", display_name="Bread")
    a_member("noel")
    for words in ("mina", "bakery@", "Bread"):
        page = client.get(MEMBERS, {"q": words}).content.decode()
        assert ("bakery@example.org" in page, "noel" in page) == (True, False)


def test_a_member_is_looked_at_without_what_was_told_in_confidence():
    member = a_member("mina")
    answering.answer(by=member, field="occupation", value="canarybaker")
    page = logged_in(an_operator()).get(f"{MEMBERS}{member.pk}/change/").content.decode()
    assert "mina" in page
    assert "canarybaker" not in page
    assert member.password not in page


def run_action(operator: Member, action: str, *members: Member):
    fields = {"action": action, "_selected_action": [str(member.pk) for member in members], "go": "1"}
    return logged_in(operator).post(MEMBERS, fields, follow=True)


def test_actions_call_the_acts():
    operator, member = an_operator(), a_member("mina")
    tokens.create_token(by=member, name="till", scopes=["read"])
    run_action(operator, "fix_level_4", member)
    member.refresh_from_db()
    assert (member.trust_level, member.trust_fixed) == (4, True)
    run_action(operator, "give_level_back", member)
    member.refresh_from_db()
    assert (member.trust_level, member.trust_fixed) == (3, False)
    run_action(operator, "end_sessions", member)
    assert not PersonalToken.objects.exists()
    run_action(operator, "erase", member, operator)
    member.refresh_from_db()
    operator.refresh_from_db()
    assert (member.leaving_at is not None, operator.leaving_at) == (True, None)


def test_nothing_of_a_member_is_typed_over():
    operator, member = an_operator(), a_member("mina")
    fields = {"display_name": "Mine", "is_operator": "on", "trust_level": "4", "suspended_until_0": "2030-01-01"}
    assert logged_in(operator).post(f"{MEMBERS}{member.pk}/change/", fields).status_code == 403
    member.refresh_from_db()
    assert (member.display_name, member.is_operator, member.trust_level) == ("", False, 1)


def test_what_a_member_shows_is_emptied():
    member = a_member("mina", display_name="Rude", bio="Words")
    run_action(an_operator(), "empty_shown", member)
    member.refresh_from_db()
    assert (member.display_name, member.bio, member.username) == ("", "", "mina")


def test_groups_are_joined_and_left_and_boards_know_their_moderators():
    operator, member, group = an_operator(), a_member("mina"), Group.objects.create(name="keepers")
    arranging.grant(board=a_board(), verb="moderate", audience="group", group=group)
    fields = {"_selected_action": [str(member.pk)], "go": "1", "group": str(group.pk)}
    logged_in(operator).post(MEMBERS, {**fields, "action": "join_group"})
    assert Member.objects.get(pk=member.pk).is_moderator
    logged_in(operator).post(MEMBERS, {**fields, "action": "leave_group"})
    assert not Member.objects.get(pk=member.pk).is_moderator


def test_a_team_is_made_with_those_who_speak_for_it():
    operator, member = an_operator(), a_member("mina")
    fields = {
        "name": "Bakers", "slug": "bakers", "about": "", "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0",
        "memberships-0-member": str(member.pk), "memberships-0-role": "owner",
    }  # fmt: skip
    assert logged_in(operator).post("/admin/community_members/team/add/", fields).status_code == 302
    assert list(Team.objects.values_list("slug", "memberships__member__username")) == [("bakers", "mina")]
