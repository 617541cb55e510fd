"""Reactions in the browser and over REST."""

import pytest
from django.test import Client

from community.boards import extras
from community.reactions.models import Reaction
from tests.factories.boards import a_post, a_private_board, a_topic
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.reactions import a_reaction

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_press_gives_and_another_takes_back():
    post, member = a_post(), a_member()
    client = logged_in(member)
    address = f"/posts/{post.pk}/reactions/like/"
    given = client.post(address, headers=HTMX)
    assert given.status_code == 200
    assert 'aria-pressed="true"' in given.content.decode()
    assert Reaction.objects.count() == 1
    taken = client.post(address, {"take": "1"}, headers=HTMX)
    assert 'aria-pressed="true"' not in taken.content.decode()
    assert Reaction.objects.count() == 0


def test_without_javascript_it_leads_back_to_the_post():
    post = a_post()
    answer = logged_in(a_member()).post(f"/posts/{post.pk}/reactions/like/")
    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())


def test_a_guest_is_asked_to_log_in_and_nothing_is_written():
    assert logged_in(None).post(f"/posts/{a_post().pk}/reactions/like/").status_code == 302
    assert not Reaction.objects.exists()


def test_a_private_post_reads_like_an_absent_one():
    author = a_member()
    post = a_post(a_topic(board=a_private_board(author), by=author), by=author)
    for client in (logged_in(None), logged_in(a_member())):
        assert client.get(f"/posts/{post.pk}/reactions/").status_code == 404
    assert logged_in(a_member()).post(f"/posts/{post.pk}/reactions/like/").status_code == 404


def test_who_reacted_is_listed_by_kind():
    post, one, two = a_post(), a_member("minji"), a_member("haneul")
    a_reaction(post=post, by=one)
    a_reaction(post=post, by=two, kind="agree")
    page = logged_in(None).get(f"/posts/{post.pk}/reactions/?kind=agree").content.decode()
    assert "haneul" in page
    assert "minji" not in page


def test_the_empty_list_invites():
    page = logged_in(None).get(f"/posts/{a_post().pk}/reactions/", headers={"Accept-Language": "en"})
    assert "No reactions yet" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_what_stands_under_the_posts_of_a_page_takes_two_queries(rows, django_assert_num_queries):
    topic, reader = a_topic(), a_member()
    posts = [a_post(topic) for _number in range(rows)]
    a_reaction(post=posts[0], by=reader)
    with django_assert_num_queries(2):
        parts = extras.post_parts(posts, reader)
    assert len(parts) == rows


def a_client(member) -> Client:
    return Client(headers=with_token(member))


def test_over_rest_a_reaction_is_put_and_deleted():
    post, member = a_post(), a_member()
    a_reaction(post=post)
    address = f"/api/v1/posts/{post.pk}/reactions/like/"
    client = a_client(member)
    for _time in range(2):
        answer = client.put(address)
        assert answer.status_code == 200
        assert answer.json()["counts"]["like"] == 2
        assert answer.json()["mine"] == ["like"]
    assert [client.delete(address).status_code for _time in range(2)] == [204, 204]
    listed = client.get(f"/api/v1/posts/{post.pk}/reactions/").json()["results"]
    assert [row["kind"] for row in listed] == ["like"]


@pytest.mark.parametrize(("kind", "status"), [("hate", 404), ("like", 403)])
def test_over_rest_the_unknown_is_404_and_one_s_own_403(kind, status):
    post = a_post()
    answer = a_client(post.author).put(f"/api/v1/posts/{post.pk}/reactions/{kind}/")
    assert answer.status_code == status
    assert not Reaction.objects.exists()
