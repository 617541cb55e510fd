"""The search page, its suggestions and clicks, for guests and members, in the browser and over REST."""

import re

import pytest
from django.test import Client

from community.search.snippets import snippet
from community.touchpoints.models import Touchpoint
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


def test_the_page_shows_finds_with_marks_and_writes_the_search_down():
    topic = a_topic(title="<b>우물</b> 이야기", body="깊은 우물에 &amp; 두레박")
    page = logged_in(None).get("/search/", {"q": "우물"}).content.decode()
    assert "&lt;b&gt;<mark>우물</mark>&lt;/b&gt;" in page
    assert topic.get_absolute_url() in page
    search = Touchpoint.objects.get()
    assert (search.words, search.results, search.member, search.channel) == ("우물", 1, None, "web")
    assert str(search.pk) in page


def test_a_further_page_and_an_empty_box_are_no_searches():
    for _nth in range(25):
        a_topic(title="우물")
    client = logged_in(None)
    page = client.get("/search/", {"q": "우물", "kind": "topic"}).content.decode()
    cursor = re.search(r"cursor=([\w-]+)", page)[1]
    following = client.get("/search/", {"q": "우물", "kind": "topic", "cursor": cursor}).content.decode()
    assert following.count("<li data-kind") == 5
    assert client.get("/search/").status_code == 200
    assert Touchpoint.objects.count() == 1


def test_a_search_without_a_find_is_written_down_and_invites_further():
    page = logged_in(None).get("/search/", {"q": "뷁쉙", "kind": "topic"})
    assert page.status_code == 200
    assert Touchpoint.objects.get().results == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"q": "책" * 201}, 413),
        ({"q": "책 after:x"}, 400),
        ({"q": "책", "kind": "letter"}, 400),
        ({"q": "책", "cursor": "x"}, 400),
    ],
)
def test_what_cannot_be_asked_is_refused_and_not_written_down(query, status):
    assert logged_in(None).get("/search/", query).status_code == status
    assert Client().get("/api/v1/search/", query).status_code == status
    assert not Touchpoint.objects.exists()


def test_guests_search_thirty_times_a_minute_and_members_on():
    guest, member = logged_in(None), logged_in(a_member())
    answers = [guest.get("/search/", {"q": "책"}).status_code for _nth in range(31)]
    assert answers == [200] * 30 + [429]
    limited = Client().get("/api/v1/search/", {"q": "책"})
    assert (limited.status_code, "Retry-After" in limited.headers) == (429, True)
    assert member.get("/search/", {"q": "책"}).status_code == 200


def test_opening_a_find_is_written_down_once():
    topic, client = a_topic(title="우물"), logged_in(a_member())
    client.get("/search/", {"q": "우물"})
    search = Touchpoint.objects.get()
    sent = {"search": str(search.pk), "kind": "topic", "id": str(topic.pk), "place": "1"}
    assert [client.post("/search/clicks/", sent).status_code for _nth in range(2)] == [204, 204]
    click = Touchpoint.objects.get(kind="click")
    assert (click.follows, click.target_id, click.place) == (search.pk, topic.pk, 1)
    assert client.post("/search/clicks/", {**sent, "search": "x"}).status_code == 404


def test_a_click_on_what_one_may_not_see_is_not_written_down():
    author = a_member()
    topic = a_topic(board=a_private_board(author), by=author)
    client = logged_in(a_member())
    client.get("/search/", {"q": "우물"})
    sent = {"search": str(Touchpoint.objects.get().pk), "kind": "topic", "id": str(topic.pk)}
    assert client.post("/search/clicks/", sent).status_code == 404
    assert Touchpoint.objects.count() == 1


@pytest.mark.parametrize("typed", ["우", "욿", "우무", "ㅇㅁ", "우물 ㅊ"])
def test_titles_are_suggested_as_they_are_typed(typed):
    a_topic(title="우물 청소")
    secret = a_member()
    a_topic(title="우물 청소 비밀", board=a_private_board(secret), by=secret)
    page = logged_in(None).get("/search/suggestions/", {"q": typed}, headers={"HX-Request": "true"}).content.decode()
    if typed == "욿":  # no letter of 우물
        assert "우물 청소" not in page
        return
    assert "우물 청소" in page
    assert "비밀" not in page


def test_rest_finds_by_kind_with_marks():
    board = a_board(slug="talk")
    topic = a_topic(title="우물", board=board, body="깊은 우물에서")
    answer = Client().get("/api/v1/search/", {"q": "우물에서", "kind": "post"}).json()
    (result,) = answer["results"]
    assert (answer["next"], answer["previous"]) == (None, None)
    assert result == {
        "kind": "post",
        "id": str(topic.posts.get().pk),
        "title": "우물",
        "snippet": "깊은 우물에서",
        "marks": [[3, 7]],
        "url": topic.posts.get().get_absolute_url(),
    }


def test_a_snippet_is_cut_around_the_first_find():
    cut = snippet("가나다 " * 100 + "우물 <b>" + " 라마바" * 100, ("우물",))
    assert cut.text.startswith("…")
    assert cut.text.endswith("…")
    assert len(cut.text) <= 162
    assert "<mark>우물</mark> &lt;b&gt;" in cut.html
    assert [cut.text[start:end] for start, end in cut.marks] == ["우물"]
    assert snippet("짧다", ()).pieces == (("짧다", False),)
