"""Ideas in the browser and over REST."""

import pytest
from django.test import Client

from community.boards import extras
from community.ideas.models import AnsweringTeam, IdeaAnswer, IdeaVote
from tests.factories.boards import a_private_board, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_team, an_operator, logged_in, with_token

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "Accept-Language": "en"}


def test_a_press_votes_and_another_takes_back():
    idea = an_idea()
    client, address = logged_in(a_member()), f"/topics/{idea.pk}/vote/"
    assert "you want this" in client.post(address, headers=HTMX).content.decode()
    assert IdeaVote.objects.count() == 1
    assert "I want this" in client.post(address, {"take": "1"}, headers=HTMX).content.decode()
    assert IdeaVote.objects.count() == 0


def test_a_guest_and_who_may_not_see_it_do_not_vote():
    author = a_member()
    private = an_idea(board=a_private_board(author, kind="idea"), by=author)
    assert logged_in(None).post(f"/topics/{an_idea().pk}/vote/").status_code == 302
    assert logged_in(a_member()).post(f"/topics/{private.pk}/vote/").status_code == 404
    assert not IdeaVote.objects.exists()


def test_a_team_answers_by_a_form_that_others_do_not_have():
    idea, speaker = an_idea(), a_member()
    AnsweringTeam.objects.create(board=idea.topic.board, team=a_team(speaker))
    address = f"/topics/{idea.pk}/idea-answer/"
    assert logged_in(a_member()).get(address).status_code == 404
    assert logged_in(speaker).get(address).status_code == 200
    refused = logged_in(speaker).post(address, {"status": "declined", "answer": ""}, headers={"Accept-Language": "en"})
    assert "the reason for it" in refused.content.decode()
    assert not IdeaAnswer.objects.exists()
    assert logged_in(speaker).post(address, {"status": "planned", "answer": "In spring."}).status_code == 302
    assert IdeaAnswer.objects.get().source == "In spring."


@pytest.mark.parametrize("rows", [1, 20])
def test_the_ideas_of_a_list_take_the_same_queries(rows, django_assert_num_queries):
    board = an_idea().topic.board
    topics = [an_idea(board=board).topic for _number in range(rows)]
    reader = a_member()
    with django_assert_num_queries(2):
        values = extras._extras["idea"].topic_values(topics, reader)
    assert len(values) == rows


def test_over_rest_votes_are_put_and_deleted():
    idea = an_idea(stage="design")
    client, address = Client(headers=with_token(a_member())), f"/api/v1/topics/{idea.pk}/votes/"
    for _time in range(2):
        answer = client.put(address)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["votes"], body["voted"], body["stage"], body["status"]) == (1, True, "design", "open")
    assert [client.delete(address).status_code for _time in range(2)] == [204, 204]
    assert client.put(f"/api/v1/topics/{a_topic().pk}/votes/").status_code == 404


def test_over_rest_a_decided_idea_is_409():
    idea = an_idea()
    logged_in(an_operator()).post(f"/topics/{idea.pk}/idea-answer/", {"status": "shipped", "answer": "Here it is."})
    answer = Client(headers=with_token(a_member())).put(f"/api/v1/topics/{idea.pk}/votes/")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "voting_over")


def test_over_rest_a_topic_carries_the_idea():
    idea = an_idea(stage="making")
    fields = Client().get(f"/api/v1/topics/{idea.pk}/").json()["fields"]
    assert (fields["stage"], fields["votes"]) == ("making", 0)
