"""My points: the balance, what is on the way, what expires next, every movement in words; and the same over REST."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.ledger.expiring import expire_due
from commerce.points.earning import release_due, take_back
from commerce.points.handlers import reward_review
from commerce.points.models import Earning
from commerce.points.spending import commit, give_back, release, reserve
from commerce.points.warning import warn_expiring
from community.boards.answering import accept_answer
from community.foundation import clock
from community.foundation.ids import uuid7
from community.notifications.models import Letter, Notice
from community.outbox.events import Event
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.points import a_rule, an_earning, granted
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def words(member) -> list[tuple[int, str]]:
    reply = logged_in(member).get("/api/v1/points/").json()
    return [(entry["amount"], entry["words"]) for entry in reply["entries"]]


def test_guests_are_asked_to_log_in():
    reply = logged_in(None).get("/points/")
    assert (reply.status_code, reply["Location"]) == (302, "/accounts/login/?next=/points/")
    assert logged_in(None).get("/api/v1/points/").status_code == 401


def test_a_newcomer_reads_how_to_begin():
    page = logged_in(a_member(language="en")).get("/points/").content.decode()
    assert "No points yet" in page
    assert "An answer of yours that was accepted" in page


def test_the_page_shows_sums_what_waits_and_what_expires_next():
    member = a_member(language="en")
    granted(member, 1_230, days_valid=9)
    granted(member, 70, days_valid=90)
    a_rule("review", points=100, days_pending=7)
    an_earning(member)
    page = logged_in(member).get("/points/").content.decode()
    for shown in ("1,300", "1,230 points expire", "A review you wrote", "can be spent from", "+100 P", "A gift."):
        assert shown in page, shown
    assert "Owed back" not in page


def test_who_owes_points_is_told_so():
    a_rule(points=100)
    member = a_member(language="en")
    an_earning(member, key="k")
    reserve(member=member, points=100, purchase_id=uuid7())
    take_back(key="k")
    page = logged_in(member).get("/points/").content.decode()
    assert "Settled from the next points you earn" in page


def test_every_movement_has_its_words():
    a_rule(points=100)
    member, spent, freed = a_member(language="en"), uuid7(), uuid7()
    an_earning(member, key="k")
    granted(member, 40, days_valid=1)
    reserve(member=member, points=50, purchase_id=spent)
    commit(spent)
    reserve(member=member, points=10, purchase_id=freed)
    release(freed)
    give_back(spent, 50, "refund")
    take_back(key="k", share=(1, 2))
    with clock.shifted(dt.timedelta(days=2)):
        expire_due()
    assert words(member) == [
        (-40, "Expired"),
        (-50, "Taken back: A review you wrote"),
        (50, "Given back with a refund"),
        (10, "Given back: the purchase did not come about"),
        (-10, "Used for a purchase"),
        (-50, "Used for a purchase"),
        (40, "A gift."),
        (100, "A review you wrote"),
    ]


def test_debts_have_their_words():
    a_rule(points=100)
    member = a_member(language="en")
    an_earning(member, key="k")
    reserve(member=member, points=100, purchase_id=uuid7())
    take_back(key="k")
    an_earning(member)
    assert words(member)[:2] == [
        (100, "Settled what you owed: A review you wrote"),
        (-100, "Owed back: A review you wrote"),
    ]


def test_rest_gives_balance_and_entries(relay):
    member = a_member(language="en")
    a_rule("review", points=100, days_pending=7)
    granted(member, 500, days_valid=30)
    review = a_review(a_subject(name="Kettle"), by=member)
    relay()
    reply = logged_in(member).get("/api/v1/points/").json()
    assert (reply["balance"], reply["pending"], reply["debt"]) == (500, 100, 0)
    assert reply["expires_next"]["points"] == 500
    assert (reply["next"], reply["previous"]) == (None, None)
    entry = reply["entries"][0]
    assert (entry["amount"], entry["kind"], entry["words"], entry["title"]) == (500, "points.released", "A gift.", None)
    with clock.shifted(dt.timedelta(days=8)):
        assert release_due() == 1
    entry = logged_in(member).get("/api/v1/points/").json()["entries"][0]
    assert (entry["words"], entry["url"]) == ("A review you wrote", review.get_absolute_url())


def test_rest_wants_the_scope_of_orders():
    member, client = a_member(), logged_in(None)
    refused = client.get("/api/v1/points/", headers=with_token(member, "read write"))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "insufficient_scope")
    assert client.get("/api/v1/points/", headers=with_token(member, "orders")).json()["balance"] == 0


def test_another_members_points_are_not_in_ones_list():
    member = a_member(language="en")
    granted(a_member(), 500)
    assert words(member) == []


def test_entries_are_paged():
    member = a_member(language="en")
    for number in range(3):
        granted(member, number + 1)
    first = logged_in(member).get("/api/v1/points/?page_size=2").json()
    rest = logged_in(member).get("/api/v1/points/", {"page_size": 2, "cursor": first["next"]}).json()
    assert [entry["amount"] for entry in first["entries"] + rest["entries"]] == [3, 2, 1]
    assert logged_in(member).get("/api/v1/points/?sort=up").status_code == 400


def _answered(member) -> None:
    author = a_member()
    topic = a_topic(board=a_board(kind="question"), by=author)
    accept_answer(by=author, topic=topic, post=a_post(topic, by=member))
    a_review(by=member)


@pytest.mark.parametrize("path", ["/points/", "/api/v1/points/"])
def test_it_costs_the_same_at_one_row_of_a_kind_and_at_twenty(path, relay):
    a_rule("review"), a_rule("answer")
    member = a_member(trust_level=3)
    client = logged_in(member)
    _answered(member)
    relay()
    asked = []
    client.get(path)
    for more in (0, 9):
        for _row in range(more):
            _answered(member)
        relay()
        client.get(path)  # what the frame remembers of the notices is asked anew once they changed
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked.append([query["sql"][:120] for query in queries if "community_site_site" not in query["sql"]])
    assert len(asked[0]) == len(asked[1]), asked


def test_points_that_arrive_are_one_notice_and_no_letter(relay):
    member = a_member(language="en")
    a_rule(points=100)
    an_earning(member)
    an_earning(member)
    relay()
    notice = Notice.objects.get(member=member)
    assert (notice.kind, notice.count) == ("points", 2)
    assert (
        "Points arrived for you. You have 200 points now." in logged_in(member).get("/notifications/").content.decode()
    )
    assert not Letter.objects.exists()


def test_points_that_are_taken_back_are_told(relay):
    member = a_member(language="en")
    a_rule(points=100)
    an_earning(member, key="k")
    take_back(key="k")
    relay()
    assert set(Notice.objects.filter(member=member).values_list("kind", flat=True)) == {"points", "points_taken_back"}


def test_points_that_expire_soon_are_told_once_by_letter():
    member = a_member(language="en")
    granted(member, 500, days_valid=30)
    granted(member, 40, days_valid=400)
    assert warn_expiring() == 0
    with clock.shifted(dt.timedelta(days=17)):
        assert warn_expiring() == 1
        assert warn_expiring() == 0
    assert Notice.objects.get(member=member).kind == "points_expire"
    assert Letter.objects.filter(member=member).count() == 1


def test_an_event_of_a_review_that_is_gone_earns_nothing():
    reward_review(Event("review.published", "key", {"review": str(uuid7())}))
    assert not Earning.objects.exists()
