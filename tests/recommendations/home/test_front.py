"""The front page: what the place is for visitors, what is new for members, and what people talk about for both."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.boards.models import Topic
from community.foundation import clock
from community.members.ignoring import ignore
from recommendations.home.visits import part_of_day
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review, ratings
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def shown(client: Client) -> str:
    cache.clear()
    return client.get("/").content.decode()


def main_part(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_a_visitor_learns_what_the_place_is_and_finds_one_way_in(client: Client) -> None:
    page = shown(client)
    assert main_part(page).count('href="/accounts/signup/"') == 1
    assert main_part(page).index("<h1>") < main_part(page).index("/accounts/signup/")


def test_a_member_is_greeted_by_name_and_not_asked_to_join() -> None:
    page = shown(logged_in(a_member("haneul", display_name="하늘")))
    assert "하늘" in main_part(page).split("</h1>")[0]
    assert "/accounts/signup/" not in page


def test_an_empty_courtyard_invites_the_first_word(client: Client) -> None:
    assert 'class="empty"' in main_part(shown(client))


def test_everyone_sees_what_is_talked_about_reviewed_and_liked(client: Client) -> None:
    board = a_board(name="Kitchen")
    a_topic(board=board, title="Which grinder?")
    subject = a_subject("Hand grinder")
    a_review(subject, rating=5, body="Quiet and even.")
    for page in (shown(client), shown(logged_in(a_member()))):
        for words in ("Kitchen", "Which grinder?", "Hand grinder", "Quiet and even."):
            assert words in main_part(page)


def test_what_a_reader_may_not_see_is_not_on_the_front_page(client: Client) -> None:
    insider = a_member()
    a_topic(board=a_private_board(insider, name="Backroom"), by=insider, title="Between us")
    for reader in (client, logged_in(a_member())):
        assert "Backroom" not in shown(reader)
        assert "Between us" not in shown(reader)
    assert "Between us" in shown(logged_in(insider))


def test_the_rail_names_the_boards_that_the_reader_may_read(client: Client) -> None:
    insider = a_member()
    a_board(name="Kitchen", kind="idea")
    a_private_board(insider, name="Backroom")
    rails = [shown(each).split('<nav class="rail')[1].split("</nav>")[0] for each in (client, logged_in(insider))]
    assert ["Kitchen" in rail for rail in rails] == [True, True]
    assert ["Backroom" in rail for rail in rails] == [False, True]
    assert "mark-mustard" in rails[0]


def test_someone_ignored_is_not_heard_on_the_front_page() -> None:
    reader, loud = a_member(), a_member("loud")
    a_topic(by=loud, title="Loud words")
    a_review(by=loud, body="Loud review.")
    ignore(by=reader, member=loud)
    page = shown(logged_in(reader))
    assert "Loud words" not in page
    assert "Loud review." not in page


def test_each_subject_has_one_review_on_the_shelf_the_newest(client: Client) -> None:
    subject = a_subject()
    a_review(subject, body="The older one.")
    a_review(subject, body="The newer one.")
    page = shown(client)
    assert "The newer one." in page
    assert "The older one." not in page


def test_the_best_liked_come_first(client: Client) -> None:
    ratings(a_subject("Fair"), 3, 3, 4)
    ratings(a_subject("Fine"), 5, 5, 5)
    page = main_part(shown(client)).split('id="subjects"')[1]
    assert page.index("Fine") < page.index("Fair")


def test_a_member_hears_what_came_since_the_last_visit() -> None:
    client = logged_in(a_member(language="en"))
    assert "Since you were here" not in shown(client)  # the first visit has none before it
    session = client.session
    session["front_visits"] = [None, (clock.now() - dt.timedelta(hours=5)).isoformat()]
    session.save()
    old, new = a_topic(), a_topic()
    Topic.objects.filter(pk=old.pk).update(created_at=clock.now() - dt.timedelta(hours=6))
    a_review(body="Fresh.")
    page = main_part(shown(client))
    assert "1 new topic<" in page
    assert "1 new review<" in page
    assert str(new.pk) in page


def test_looking_twice_is_one_visit() -> None:
    client = logged_in(a_member(language="en"))
    session = client.session
    session["front_visits"] = [(clock.now() - dt.timedelta(days=2)).isoformat(), clock.now().isoformat()]
    session.save()
    a_topic()
    assert "1 new topic<" in shown(client)
    assert "1 new topic<" in shown(client)


@pytest.mark.parametrize(("hour", "part"), [(5, "morning"), (11, "day"), (18, "evening"), (23, "night"), (3, "night")])
def test_the_greeting_fits_the_hour(hour: int, part: str) -> None:
    assert part_of_day(hour) == part


def test_the_front_page_costs_the_same_with_little_and_with_much() -> None:
    client = logged_in(a_member())
    counted = []
    for more in (1, 7):
        for _ in range(more):
            a_topic(board=a_board())
            a_review(body="Words.")
        shown(client)  # what is remembered per session or process is read before
        with CaptureQueriesContext(connection) as queries:
            shown(client)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 20
