"""What an act asks for, tells and logs; what may not be typed; what an export holds (1.49)."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from community.boards.models import Topic
from community.foundation import clock
from community.foundation.exports import harmless
from community.members.models import Member, TeamMember
from community.moderation import overview
from community.moderation.models import Sanction
from community.outbox.models import Delivery
from community.subjects.models import Steward, Subject
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.members import a_member, a_team, an_operator, logged_in
from tests.factories.notifications import an_announcement
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Member:
    return an_operator(language="en")


def do(by: Member, page: str, act: str, *rows: Any, **said: Any):
    """Choose rows, and go through with an act at once."""
    form = {"action": act, "_selected_action": [str(row.pk) for row in rows], "go": "1", **said}
    return logged_in(by).post(f"/admin/{page}/", form, follow=True)


def told(reply: Any) -> list[str]:
    return [str(message) for message in reply.context["messages"]]


def test_an_act_asks_for_its_reason_first_and_changes_nothing_without(operator) -> None:
    topic = a_topic(title="Gold")
    chosen = {"action": "hide_chosen", "_selected_action": [str(topic.pk)]}
    asked = logged_in(operator).post("/admin/community_boards/topic/", chosen)
    assert asked.status_code == 200
    assert [str(row) for row in asked.context["rows"]] == ["Gold"]
    empty = do(operator, "community_boards/topic", "hide_chosen", topic, reason=" ")
    assert empty.context["form"].errors["reason"]
    assert (Topic.objects.get().state, LogEntry.objects.count()) == ("published", 0)


def test_the_reason_reaches_the_row_and_the_log_which_names_the_row_by_key_alone(operator) -> None:
    topic = a_topic(title="Gold")
    reply = do(operator, "community_boards/topic", "hide_chosen", topic, reason="Advertising.")
    assert told(reply) == ["Done: Hide. Gold"]
    topic.refresh_from_db()
    assert (topic.state, topic.state_reason) == ("hidden", "Advertising.")
    line = LogEntry.objects.get()
    assert (line.user, line.object_id, line.object_repr) == (operator, str(topic.pk), "")
    assert line.change_message == "Hide: Advertising."


def test_what_an_act_refuses_is_told_by_row_and_the_others_go_on(operator) -> None:
    first, second = a_topic(title="First"), a_topic(title="Second")
    Topic.objects.filter(pk=second.pk).update(state="hidden")
    reply = do(operator, "community_boards/topic", "lock", first, second)
    assert [Topic.objects.get(pk=row.pk).locked for row in (first, second)] == [True, False]
    refused, done = told(reply)
    assert refused.startswith("Second: ")
    assert done == "Done: Lock. First"
    assert [line.object_id for line in LogEntry.objects.all()] == [str(first.pk)]


def test_topics_are_moved_slowed_down_merged_and_split(operator) -> None:
    topic, other, board = a_topic(), a_topic(), a_board()
    replies = [a_post(topic), a_post(topic)]
    do(operator, "community_boards/topic", "move", topic, board=board.pk)
    do(operator, "community_boards/topic", "slow_down", topic, slow_seconds=600)
    topic.refresh_from_db()
    assert (topic.board, topic.slow_seconds) == (board, 600)
    do(operator, "community_boards/post", "split", *replies, title="By themselves")
    assert Topic.objects.get(title="By themselves").posts.count() == 2
    do(operator, "community_boards/topic", "merge", topic, into=f"https://madang.example/topics/{other.pk}/")
    topic.refresh_from_db()
    assert (topic.state, topic.merged_into) == ("merged", other)


def test_replies_of_two_topics_make_no_topic(operator) -> None:
    reply = do(operator, "community_boards/post", "split", a_post(), a_post(), title="Mixed")
    assert told(reply)[0].endswith("Choose replies of one topic.")
    assert not Topic.objects.filter(title="Mixed").exists()


def test_an_address_that_leads_to_no_topic_is_shown_on_the_form(operator) -> None:
    reply = do(operator, "community_boards/topic", "merge", a_topic(), into="somewhere")
    assert reply.context["form"].errors["into"] == ["There is no topic at this address."]


def test_subjects_are_corrected_merged_hidden_and_given_to_teams(operator) -> None:
    team, kept, lost = a_team(slug="makers"), a_subject("Kettle"), a_subject("Ketle")
    a_review(lost)
    path = f"/admin/community_subjects/subject/{kept.pk}/change/"
    form = {"name": "Blue kettle", "kind": "product", "category": kept.category_id, "summary": "It whistles."}
    form |= {"stewards-TOTAL_FORMS": 0, "stewards-INITIAL_FORMS": 0, "score": "5", "rating_count": "99"}
    form |= {"former_addresses-TOTAL_FORMS": 0, "former_addresses-INITIAL_FORMS": 0}
    assert logged_in(operator).post(path, form).status_code == 302
    do(operator, "community_subjects/subject", "merge", lost, into=kept.slug)
    do(operator, "community_subjects/subject", "appoint", kept, team="makers")
    do(operator, "community_subjects/subject", "hide", kept, reason="Not a thing.")
    kept.refresh_from_db()
    assert (kept.name, kept.summary, kept.rating_count) == ("Blue kettle", "It whistles.", 1)
    assert Subject.objects.get(pk=lost.pk).merged_into == kept
    assert (Steward.objects.get().team, kept.hidden_at is not None) == (team, True)
    itself = do(operator, "community_subjects/subject", "merge", kept, into=kept.slug)
    assert told(itself) == ["Blue kettle: A subject cannot be merged into itself. Name another one."]


def test_a_review_is_taken_down_with_a_reason_and_brought_back(operator) -> None:
    review = a_review()
    do(operator, "community_reviews/review", "take_down", review, reason="Paid for.")
    review.refresh_from_db()
    assert (review.removed_by, review.removal_reason) == (operator, "Paid for.")
    do(operator, "community_reviews/review", "bring_back", review, reason="It was not.")
    review.refresh_from_db()
    assert review.removed_at is None


def test_a_member_is_suspended_with_a_reason_and_an_end_and_let_go(operator) -> None:
    member = a_member()
    endless = do(operator, "community_members/member", "sanction", member, kind="suspension", reason="Threats.")
    assert "Say until when" in told(endless)[0]
    do(operator, "community_members/member", "sanction", member, kind="suspension", reason="Threats.", days=3)
    given = Sanction.objects.get()
    assert (given.member, given.reason, (given.ends_at - clock.now()).days) == (member, "Threats.", 2)
    do(operator, "community_moderation/sanction", "lift_sanctions", given, reason="A mistake.")
    member.refresh_from_db()
    assert not member.is_suspended


def test_operators_are_made_and_unmade_by_another_but_never_by_themselves(operator) -> None:
    member = a_member()
    do(operator, "community_members/member", "appoint", member)
    assert Member.objects.get(pk=member.pk).is_operator
    do(operator, "community_members/member", "dismiss", member, operator)
    roles = dict(Member.objects.filter(pk__in=[member.pk, operator.pk]).values_list("pk", "is_operator"))
    assert roles == {member.pk: False, operator.pk: True}


def test_a_team_keeps_an_owner_whatever_is_typed(operator) -> None:
    owner = a_member()
    team = a_team(owner)
    row = TeamMember.objects.get()
    form = {"name": "Renamed", "about": "", "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1}
    form |= {"memberships-0-id": row.pk, "memberships-0-team": team.pk, "memberships-0-member": owner.pk}
    form |= {"memberships-0-role": "owner", "memberships-0-DELETE": "on"}
    path = f"/admin/community_members/team/{team.pk}/change/"
    logged_in(operator).post(path, form)
    team.refresh_from_db()
    assert (TeamMember.objects.get().member, team.name == "Renamed") == (owner, False)


def test_a_delivery_that_was_not_given_up_is_not_replayed(operator) -> None:
    facts = {"topic": "t", "key": "k", "handler": "h", "payload": {}, "created_at": clock.now(), "next_at": clock.now()}
    dead, waiting = (Delivery.objects.create(state=state, **facts) for state in ("dead", "pending"))
    reply = do(operator, "community_outbox/delivery", "replay_deliveries", dead, waiting)
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["pending", "pending"]
    assert len(told(reply)) == 2
    assert [line.object_id for line in LogEntry.objects.all()] == [str(dead.pk)]


def test_an_edit_is_logged_without_the_names_of_the_rows_below(operator) -> None:
    team, member = a_team(a_member()), a_member("canary")
    form = {"name": "Renamed", "about": "", "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0}
    form |= {"memberships-0-team": team.pk, "memberships-0-member": member.pk, "memberships-0-role": "clerk"}
    assert logged_in(operator).post(f"/admin/community_members/team/{team.pk}/change/", form).status_code == 302
    line = LogEntry.objects.get()
    assert [name for one in json.loads(line.change_message) for name in one] == ["changed", "added"]
    assert "canary" not in line.change_message + line.object_repr


@pytest.mark.parametrize("page", ["account/emailaddress", "community_members/member", "community_reviews/review"])
def test_addresses_members_and_reviews_are_looked_up_and_never_typed_over(operator, page: str) -> None:
    assert logged_in(operator).get(f"/admin/{page}/add/").status_code == 403


def test_a_programs_secret_is_not_shown_again_and_its_owner_not_chosen(operator) -> None:
    client = logged_in(operator)
    form = {"name": "Till", "client_id": "till", "client_secret": "s3cret-s3cret", "client_type": "confidential"}
    form |= {
        "authorization_grant_type": "client-credentials",
        "user": a_member().pk,
        "redirect_uris": "",
        "algorithm": "",
    }
    assert client.post("/admin/oauth2_provider/application/add/", form).status_code == 302
    page = client.get("/admin/oauth2_provider/application/", follow=True)
    made = page.context["cl"].queryset.get()
    assert made.user == operator
    shown = client.get(f"/admin/oauth2_provider/application/{made.pk}/change/").content.decode()
    assert made.client_secret not in shown


def test_an_export_holds_its_columns_alone_and_no_formula(operator) -> None:
    author = a_member("mina", email="mina@example.org")
    a_review(by=author, body="=HYPERLINK(1)")
    client = logged_in(operator)
    assert client.get("/admin/community_reviews/review/export/").status_code == 200
    reply = client.post("/admin/community_reviews/review/export/", {"format": "0", "resource": "0"})
    lines = reply.content.decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:5] == ["subject__slug", "author__username", "author_name", "rating", "source"]
    assert "mina,,4,'=HYPERLINK(1)" in lines[1]
    assert "mina@example.org" not in lines[1]
    assert LogEntry.objects.get().change_message == "Exported"


@pytest.mark.parametrize("cell", ["＝1+1", "＋1", "－1", "＠SUM(1)", "=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_cell_that_does_not_is_left_alone() -> None:
    assert [harmless(cell) for cell in ("가=1", "", 5, None)] == ["가=1", "", 5, None]


def test_every_chart_of_the_first_page_has_its_table(operator) -> None:
    page = logged_in(operator).get("/admin/").content.decode()
    assert page.count("<canvas") == page.count('<table class="now-table">') == len(overview.figures()) == 5
    assert [len(figure.days) for figure in overview.figures()] == [30] * 5


def test_an_announcement_that_was_told_offers_no_second_telling() -> None:
    client, english = logged_in(an_operator()), {"Accept-Language": "en"}
    offered = {
        made: "Save and tell everyone now"
        in client.get(
            reverse("admin:community_notifications_announcement_change", args=[an_announcement(made=made).pk]),
            headers=english,
        ).content.decode()
        for made in (True, False)
    }
    assert offered == {True: False, False: True}
