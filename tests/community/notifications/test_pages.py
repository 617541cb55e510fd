"""The notices page, its settings, unsubscribing, over HTTP and REST."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.foundation.ids import uuid7
from community.notifications import kinds, unsubscribing
from community.notifications.models import Habit, Letter, Notice, Switch
from community.notifications.preferences import settings_of
from community.notifications.sending import send_due
from tests.factories.members import a_member, a_team, logged_in, with_token
from tests.factories.notifications import an_announcement, replied, told_once

pytestmark = pytest.mark.django_db


def test_the_page_shows_my_notices_and_opening_one_reads_it() -> None:
    member = a_member(language="en")
    about = an_announcement()
    told_once(member, a_member(display_name="Nari"), about, uuid7())
    client = logged_in(member)

    page = client.get("/notifications/")
    assert "Nari replied to you in “Rain”" in page.content.decode()
    notice = Notice.objects.get()
    opened = client.get(f"/notifications/{notice.pk}/")
    assert (opened.status_code, opened["Location"]) == (302, about.get_absolute_url())
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_another_members_notice_is_not_there() -> None:
    replied(a_member(), a_member())
    notice = Notice.objects.get()

    assert logged_in(a_member()).get(f"/notifications/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_guest_is_sent_to_log_in() -> None:
    assert Client().get("/notifications/").status_code == 302
    assert Client().get("/notifications/settings/").status_code == 302


def test_an_empty_page_invites() -> None:
    assert "Nothing new for you" in logged_in(a_member(language="en")).get("/notifications/").content.decode()


def test_the_page_asks_as_many_questions_for_twenty_as_for_one() -> None:
    member, asked = a_member(), []
    client = logged_in(member)
    client.get("/notifications/")
    for _ in range(2):
        replied(member, a_member())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/notifications/")
        asked.append([query["sql"][:200] for query in queries])
        for _ in range(19):
            replied(member, a_member())
    assert len(asked[0]) == len(asked[1]), asked


def test_all_can_be_read_at_once_by_post_alone() -> None:
    member = a_member()
    replied(member, a_member())
    client = logged_in(member)

    assert client.get("/notifications/read/").status_code == 405
    assert client.post("/notifications/read/").status_code == 302
    assert Notice.objects.filter(read_at=None).count() == 0


def test_settings_are_kept_by_kind_and_channel() -> None:
    member = a_member()
    form = {
        "rhythm": "daily",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "reply.page": "on",
        "mention.letter": "on",
    }
    assert logged_in(member).post("/notifications/settings/", form).status_code == 302

    kept = settings_of(member)
    assert kept.switches["reply"] == {"page": True, "letter": False, "digest": False}
    assert kept.switches["mention"] == {"page": False, "letter": True, "digest": False}
    assert kept.switches["announcement"]["page"] is True
    assert (kept.rhythm, kept.quiet_from, kept.quiet_until) == ("daily", dt.time(22), dt.time(7))


def test_what_teams_are_told_is_asked_of_those_in_a_team_alone_and_stays_as_it_was_for_others() -> None:
    alone, clerk = a_member(language="en"), a_member(language="en")
    a_team(clerk)
    shown = [logged_in(one).get("/notifications/settings/").content.decode() for one in (alone, clerk)]
    assert ["For your teams" in page for page in shown] == [False, True]
    assert ['name="asked.letter"' in page for page in shown] == [False, True]

    logged_in(alone).post("/notifications/settings/", {"rhythm": "daily"})
    assert settings_of(alone).switches["asked"] == {"page": True, "letter": True, "digest": True}
    assert settings_of(alone).switches["post"] == {"page": False, "letter": False, "digest": False}


def test_every_kind_has_a_switch_for_each_channel_on_the_page_and_over_rest() -> None:
    member = a_member(language="en")
    a_team(member)
    page = logged_in(member).get("/notifications/settings/").content.decode()
    answer = Client(headers=with_token(member)).get("/api/v1/notifications/settings/").json()

    assert set(answer["switches"]) == set(kinds.all_kinds())
    names = {f"{kind}.{channel}" for kind in kinds.all_kinds() for channel in ("page", "letter", "digest")}
    assert {name for name in names if f'name="{name}"' in page} == names


def test_quiet_hours_with_one_end_are_refused_beside_the_field() -> None:
    member = a_member(language="en")
    answer = logged_in(member).post("/notifications/settings/", {"rhythm": "daily", "quiet_from": "22:00"})

    assert "Quiet hours need a beginning and a different end." in answer.content.decode()
    assert (Habit.objects.count(), Switch.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"switches": {"nonsense": {"page": True}}}, "unknown_switch"),
        ({"switches": {"reply": {"pigeon": True}}}, "unknown_switch"),
        ({"switches": {"announcement": {"page": False}}}, "always_on"),
        ({"quiet_until": None}, "quiet_hours"),
    ],
)
def test_rest_refuses_settings_that_cannot_be(body, code: str) -> None:
    member = a_member()
    whole = {"switches": {}, "quiet_from": "22:00", "quiet_until": "07:00", "rhythm": "daily", **body}
    client = Client(headers=with_token(member))
    answer = client.put("/api/v1/notifications/settings/", whole, content_type="application/json")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
    assert (Habit.objects.count(), Switch.objects.count()) == (0, 0)


def test_rest_reads_only_ones_own() -> None:
    member, other = a_member(), a_member()
    replied(other, a_member())
    client = Client(headers=with_token(member))

    assert client.get("/api/v1/notifications/").json()["results"] == []
    body = {"notifications": [str(Notice.objects.get().pk)]}
    assert client.post("/api/v1/notifications/read/", body, content_type="application/json").json() == {"read": 0}
    assert Notice.objects.filter(read_at=None).count() == 1


def unsubscribe_path(member, kind: str = "reply") -> str:
    return (
        "/notifications/unsubscribe"
        + unsubscribing.address_for(member_id=member.pk, kind=kind).partition("/unsubscribe")[2]
    )


def test_one_click_without_cookie_or_token_ends_the_letters_but_opening_does_not() -> None:
    member = a_member()
    path, client = unsubscribe_path(member), Client(enforce_csrf_checks=True)

    assert client.get(path).status_code == 200
    assert settings_of(member).switches["reply"]["letter"] is True
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert settings_of(member).switches["reply"] == {"page": True, "letter": False, "digest": True}
    replied(member, a_member())
    assert Letter.objects.count() == 0


def test_one_click_in_a_digest_ends_digests() -> None:
    member = a_member()
    assert Client().post(unsubscribe_path(member, "digest")).status_code == 200

    assert settings_of(member).rhythm == "never"


@pytest.mark.parametrize("token", ["x", "WyJhIiwgImIiXQ:1abc:def"])
def test_a_forged_token_is_not_there(token: str) -> None:
    assert Client().post(f"/notifications/unsubscribe/{token}/").status_code == 404


def test_an_address_that_came_back_can_be_used_again_by_its_owner(server) -> None:
    member = a_member(language="en", email="back@example.org")
    server.answers["back@example.org"] = "550 5.1.1 no such user"
    replied(member, a_member())
    send_due()
    client = logged_in(member)
    assert "Letters to back@example.org came back" in client.get("/notifications/settings/").content.decode()

    client.post("/notifications/address/")
    assert "came back" not in client.get("/notifications/settings/").content.decode()


def test_an_announcement_not_made_is_not_there() -> None:
    made, draft = an_announcement(), an_announcement(made=False)

    assert Client().get(made.get_absolute_url()).status_code == 200
    assert Client().get(draft.get_absolute_url()).status_code == 404
