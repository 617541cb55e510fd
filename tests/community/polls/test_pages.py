"""Polls in the browser and over REST."""

import pytest
from django.test import Client

from community.polls.models import Ballot
from tests.factories.boards import a_private_board, a_topic
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.polls import a_poll

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "Accept-Language": "en"}


def ids_of(poll) -> list[str]:
    return [str(option.pk) for option in poll.options.all()]


def test_a_press_votes_and_shows_the_poll_anew():
    poll, member = a_poll(), a_member()
    tea = ids_of(poll)[0]
    answer = logged_in(member).post(f"/topics/{poll.topic_id}/poll/vote/", {"choice": tea}, headers=HTMX)
    assert answer.status_code == 200
    assert "Change my vote" in answer.content.decode()
    assert [str(key) for key in Ballot.objects.get(member=member).choices] == [tea]


def test_places_make_a_ranking_and_a_place_is_given_once():
    poll, member = a_poll(kind="ranked"), a_member()
    tea, coffee, water = ids_of(poll)
    address = f"/topics/{poll.topic_id}/poll/vote/"
    double = {f"place-{tea}": "1", f"place-{coffee}": "1"}
    refused = logged_in(member).post(address, double, headers=HTMX)
    assert "Give each place to one answer only." in refused.content.decode()
    assert not Ballot.objects.exists()
    logged_in(member).post(address, {f"place-{tea}": "", f"place-{coffee}": "2", f"place-{water}": "1"}, headers=HTMX)
    assert [str(key) for key in Ballot.objects.get().choices] == [water, coffee]


@pytest.mark.parametrize("place", ["9" * 5000, "²", "-1", "1\0"])
def test_a_place_that_is_no_small_number_counts_as_none(place):
    poll, member = a_poll(kind="ranked"), a_member()
    tea, coffee, _water = ids_of(poll)
    answers = {f"place-{tea}": place, f"place-{coffee}": "1"}
    answer = logged_in(member).post(f"/topics/{poll.topic_id}/poll/vote/", answers, headers=HTMX)
    assert answer.status_code == 200
    assert [str(key) for key in Ballot.objects.get().choices] == [coffee]


def test_nothing_chosen_is_told_and_nothing_written():
    poll = a_poll()
    answer = logged_in(a_member()).post(f"/topics/{poll.topic_id}/poll/vote/", headers=HTMX)
    assert "Choose from the answers of this poll" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_a_vote_is_taken_back_and_a_poll_closed_by_its_author():
    poll = a_poll()
    author = logged_in(poll.topic.author)
    author.post(f"/topics/{poll.topic_id}/poll/vote/", {"choice": ids_of(poll)[0]}, headers=HTMX)
    author.post(f"/topics/{poll.topic_id}/poll/withdrawal/", headers=HTMX)
    assert not Ballot.objects.exists()
    closed = author.post(f"/topics/{poll.topic_id}/poll/closing/", headers=HTMX)
    assert "closed" in closed.content.decode()
    late = logged_in(a_member()).post(f"/topics/{poll.topic_id}/poll/vote/", {"choice": ids_of(poll)[0]}, headers=HTMX)
    assert "This poll has closed." in late.content.decode()


def test_another_member_does_not_close_it():
    poll = a_poll()
    assert logged_in(a_member()).post(f"/topics/{poll.topic_id}/poll/closing/", headers=HTMX).status_code == 403


def test_a_private_poll_and_an_absent_one_are_not_there():
    author = a_member()
    private = a_poll(topic=a_topic(board=a_private_board(author), by=author)).topic
    for topic in (private, a_topic()):
        for client in (logged_in(None), logged_in(a_member())):
            assert client.get(f"/topics/{topic.pk}/poll/").status_code == 404
        assert logged_in(a_member()).post(f"/topics/{topic.pk}/poll/vote/").status_code == 404


def test_the_page_tells_the_rounds_and_the_voters():
    poll = a_poll(kind="ranked", voters_shown=True)
    member = a_member("haneul")
    tea, coffee, _water = ids_of(poll)
    logged_in(member).post(
        f"/topics/{poll.topic_id}/poll/vote/", {f"place-{tea}": "2", f"place-{coffee}": "1"}, headers=HTMX
    )
    page = logged_in(None).get(f"/topics/{poll.topic_id}/poll/", headers={"Accept-Language": "en"}).content.decode()
    assert "Round 1" in page
    assert "Coffee › Tea" in page
    assert "haneul" in page


def test_a_guest_is_shown_the_way_in_and_no_form_of_any_person():
    poll = a_poll()
    page = logged_in(None).get(f"/topics/{poll.topic_id}/poll/", headers={"Accept-Language": "en"}).content.decode()
    assert "Log in to vote" in page
    assert "csrfmiddlewaretoken" not in page


def a_client(member=None) -> Client:
    return Client(headers=with_token(member or a_member()))


def test_over_rest_a_vote_is_put_read_and_deleted():
    poll, member = a_poll(), a_member()
    tea, coffee, _water = ids_of(poll)
    client, address = a_client(member), f"/api/v1/topics/{poll.topic_id}/poll/votes/"
    for choice in (tea, coffee, coffee):
        answer = client.put(address, {"choices": [choice]}, content_type="application/json")
    body = answer.json()
    assert (answer.status_code, body["my_choices"], body["ballots"]) == (200, [coffee], 1)
    assert [option["votes"] for option in body["options"]] == [0, 1, 0]
    assert client.get(address).status_code == 403
    assert [client.delete(address).status_code for _time in range(2)] == [204, 204]


@pytest.mark.parametrize(
    ("choices", "code"),
    [(["x"], "invalid"), ([], "empty"), (["00000000-0000-0000-0000-000000000000"], "wrong_choices")],
)
def test_over_rest_wrong_choices_are_400(choices, code):
    address = f"/api/v1/topics/{a_poll().topic_id}/poll/votes/"
    answer = a_client().put(address, {"choices": choices}, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] in {code, "min_length"}


def test_over_rest_a_closed_poll_is_409():
    poll = a_poll()
    closed = a_client(poll.topic.author).post(f"/api/v1/topics/{poll.topic_id}/poll/closing/")
    assert (closed.status_code, closed.json()["closed"]) == (201, True)
    address = f"/api/v1/topics/{poll.topic_id}/poll/votes/"
    answer = a_client().put(address, {"choices": ids_of(poll)[:1]}, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "poll_closed")


def test_over_rest_a_topic_and_a_list_carry_the_poll():
    poll = a_poll()
    topic = Client().get(f"/api/v1/topics/{poll.topic_id}/").json()
    assert [option["text"] for option in topic["poll"]["options"]] == ["Tea", "Coffee", "Water"]
    listed = Client().get(f"/api/v1/boards/{poll.topic.board.slug}/topics/").json()["results"]
    assert [row["poll"]["id"] for row in listed] == [str(poll.pk)]
