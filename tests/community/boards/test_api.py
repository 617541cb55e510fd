"""Boards over REST: the same rules, lost updates, and nothing that a client sends is a fault of ours."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.boards.models import Post, Topic
from community.boards.moving import merge_topics
from community.foundation.clock import shifted
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, with_token
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def client_of(member, scopes: str = "read write") -> Client:
    return Client(headers=with_token(member, scopes))


def send(client: Client, method: str, path: str, body=None, **headers):
    data = json.dumps(body) if body is not None else ""
    return getattr(client, method)(f"/api/v1{path}", data, content_type="application/json", headers=headers or None)


def test_a_topic_is_started_and_answered() -> None:
    board, member = a_board(), a_member()
    client = client_of(member)
    made = send(
        client, "post", "/topics/", {"board": board.slug, "title": "Rain", "body": "It rains.", "tags": ["Wet"]}
    )
    topic = made.json()
    assert made.status_code == 201
    assert (topic["author"], topic["tags"], topic["post_count"], topic["body"]) == (
        member.username,
        ["wet"],
        1,
        "It rains.",
    )
    reply = send(client, "post", f"/topics/{topic['id']}/posts/", {"body": "Still."})
    assert (reply.status_code, reply.json()["number"]) == (201, 2)
    listed = Client().get(f"/api/v1/boards/{board.slug}/topics/").json()["results"]
    assert [(row["title"], row["last_poster"]) for row in listed] == [("Rain", member.username)]


def test_the_same_key_and_body_make_one_post() -> None:
    topic, client = a_topic(), client_of(a_member())
    headers = {"Idempotency-Key": "one"}
    replies = [send(client, "post", f"/topics/{topic.pk}/posts/", {"body": "Once"}, **headers) for _ in range(2)]
    assert replies[0].json()["id"] == replies[1].json()["id"]
    assert Post.objects.filter(topic=topic).count() == 2


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"title": "T", "body": "B"}, "board"),
        ({"board": "nowhere", "title": "T", "body": "B"}, "board"),
        ({"board": "b", "title": "", "body": "B"}, "title"),
        ({"board": "b", "title": "T", "body": "\u200b"}, "body"),
        ({"board": "b", "title": "T", "body": "B", "author": "someone"}, "author"),
        ({"board": "b", "title": "T", "body": "B", "pinned": True}, "pinned"),
        ({"board": "b", "title": "T", "body": "B", "tags": "one"}, "tags"),
        ({"board": "b", "title": "T", "body": "B", "subjects": ["none"]}, "subjects"),
        ({"board": "b", "title": "T", "body": "B", "fields": {"verdict": "recommend"}}, "verdict"),
    ],
)
def test_a_wrong_body_is_refused_by_field(body: dict, attr: str) -> None:
    a_board(slug="b")
    refused = send(client_of(a_member()), "post", "/topics/", body)
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, attr)
    assert Topic.objects.count() == 0


@pytest.mark.parametrize(
    "sent", ['"text"', "[1]", "{", '{"body": "\\ud800"}', '{"body": {"a": 1}}', '{"body": "a\\u0000b"}']
)
def test_nothing_that_is_sent_is_a_fault_of_ours(sent: str) -> None:
    topic, client = a_topic(), client_of(a_member())
    reply = client.post(f"/api/v1/topics/{topic.pk}/posts/", sent, content_type="application/json")
    assert reply.status_code in (201, 400)


def test_a_lost_update_is_412() -> None:
    author = a_member()
    post = a_post(by=author, body="First")
    client = client_of(author)
    tag = client.get(f"/api/v1/posts/{post.pk}/")["ETag"]
    assert send(client, "patch", f"/posts/{post.pk}/", {"body": "Second"}, **{"If-Match": tag}).status_code == 200
    stale = send(client, "patch", f"/posts/{post.pk}/", {"body": "Third"}, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (412, "stale")
    assert Post.objects.get(pk=post.pk).source == "Second"
    assert send(client, "patch", f"/posts/{post.pk}/", {"body": "Third"}).json()["body"] == "Third"


def test_a_lost_update_of_a_topic_is_412() -> None:
    author = a_member()
    topic = a_topic(by=author)
    client = client_of(author)
    tag = client.get(f"/api/v1/topics/{topic.pk}/")["ETag"]
    assert send(client, "patch", f"/topics/{topic.pk}/", {"title": "New"}, **{"If-Match": tag}).status_code == 200
    assert send(client, "patch", f"/topics/{topic.pk}/", {"title": "X"}, **{"If-Match": tag}).status_code == 412


def test_hidden_and_absent_answer_alike() -> None:
    owner, stranger = a_member(), client_of(a_member())
    topic = a_topic(board=a_private_board(owner), by=owner)
    for path in (f"/topics/{topic.pk}/", f"/posts/{topic.posts.get().pk}/", f"/boards/{topic.board.slug}/"):
        absent = path.replace(str(path.split("/")[2]), "01890000-0000-7000-8000-000000000000")
        here, there = stranger.get(f"/api/v1{path}"), stranger.get(f"/api/v1{absent}")
        assert (here.status_code, here.content) == (404, there.content)
    made = send(stranger, "post", f"/topics/{topic.pk}/posts/", {"body": "Hi"})
    assert made.status_code == 404
    asked = send(stranger, "post", "/topics/", {"board": topic.board.slug, "title": "T", "body": "B"})
    absent = send(stranger, "post", "/topics/", {"board": "nowhere", "title": "T", "body": "B"})
    assert (asked.status_code, asked.content) == (400, absent.content)


def test_a_token_without_read_sees_what_a_guest_sees() -> None:
    owner = a_member()
    topic = a_topic(board=a_private_board(owner), by=owner)
    assert client_of(owner, "write").get(f"/api/v1/topics/{topic.pk}/").status_code == 404
    assert client_of(owner, "read").get(f"/api/v1/topics/{topic.pk}/").status_code == 200
    assert send(client_of(owner, "read"), "post", f"/topics/{topic.pk}/posts/", {"body": "Hi"}).status_code == 403


def test_moderators_acts_are_theirs_alone() -> None:
    topic, stranger = a_topic(), client_of(a_member())
    other = a_topic()
    assert send(stranger, "patch", f"/topics/{topic.pk}/state/", {"locked": True}).status_code == 403
    assert send(stranger, "post", f"/topics/{topic.pk}/merge/", {"into": str(other.pk)}).status_code == 403
    assert (
        send(
            stranger, "post", f"/topics/{topic.pk}/split/", {"posts": [str(a_post(topic).pk)], "title": "X"}
        ).status_code
        == 403
    )
    assert send(stranger, "patch", f"/topics/{topic.pk}/", {"title": "Mine"}).status_code == 403
    assert send(stranger, "delete", f"/topics/{topic.pk}/").status_code == 403
    topic.refresh_from_db()
    assert (topic.locked, topic.state, topic.merged_into) == (False, "published", None)


def test_deleting_again_succeeds() -> None:
    author = a_member()
    post = a_post(by=author)
    client = client_of(author)
    assert [send(client, "delete", f"/posts/{post.pk}/").status_code for _ in range(2)] == [204, 204]


def test_a_merged_topic_leads_to_the_other() -> None:
    moderator = a_member()
    board = a_board(moderator=moderator)
    gone, kept = a_topic(board=board), a_topic(board=board)
    merge_topics(by=moderator, topic=gone, into=kept)
    reply = Client().get(f"/api/v1/topics/{gone.pk}/")
    assert (reply.status_code, reply["Location"]) == (301, f"/api/v1/topics/{kept.pk}/")


def test_an_own_topics_only_board_tells_no_counts() -> None:
    board = a_board(own_topics_only=True)
    a_topic(board=board)
    shown = client_of(a_member()).get(f"/api/v1/boards/{board.slug}/").json()
    assert (shown["topic_count"], shown["post_count"], shown["rights"]) == (None, None, ["read", "reply", "post"])


def test_word_of_mouth_carries_its_verdict_and_can_be_changed() -> None:
    author, subject, other = a_member(), a_subject(), a_subject()
    topic = a_topic(
        board=a_board(kind="word_of_mouth"), by=author, subjects=[subject], verdict="recommend", for_whom="bakers"
    )
    client = client_of(author)
    shown = client.get(f"/api/v1/topics/{topic.pk}/").json()
    assert (shown["subjects"], shown["fields"]["verdict"], shown["fields"]["for_whom"]) == (
        [subject.slug],
        "recommend",
        "bakers",
    )
    body = {"subjects": [other.slug], "fields": {"verdict": "avoid"}}
    changed = send(client, "patch", f"/topics/{topic.pk}/", body).json()
    assert (changed["subjects"], changed["fields"]["verdict"], changed["fields"]["for_whom"]) == (
        [other.slug],
        "avoid",
        "bakers",
    )


def test_pages_of_posts_neither_lose_nor_double_any() -> None:
    author = a_member(is_operator=True)
    topic = a_topic(by=author)
    for _ in range(24):
        a_post(topic, by=author)
    first = Client().get(f"/api/v1/topics/{topic.pk}/posts/?page_size=10").json()
    a_post(topic, by=author)
    rest = Client().get(f"/api/v1/topics/{topic.pk}/posts/?page_size=100&cursor={first['next']}").json()
    numbers = [post["number"] for post in [*first["results"], *rest["results"]]]
    assert numbers == list(range(1, 27))


def test_lists_cost_the_same_at_one_row_and_at_twenty() -> None:
    board, author = a_board(), a_member(is_operator=True)
    topic = a_topic(board=board, by=author, tags=["one"])
    paths = [f"/api/v1/boards/{board.slug}/topics/", f"/api/v1/topics/{topic.pk}/posts/", "/api/v1/tags/"]

    def cost() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                assert Client().get(path).status_code == 200
            counts.append(len(captured))
        return counts

    few = cost()
    for number in range(19):
        a_topic(board=board, by=author, tags=[f"tag-{number}"])
        a_post(topic, by=author)
    assert cost() == few


def test_revisions_are_listed() -> None:
    author = a_member()
    post = a_post(by=author, body="First")
    with shifted(timedelta(minutes=6)):
        send(client_of(author), "patch", f"/posts/{post.pk}/", {"body": "Second", "reason": "clearer"})
    rows = Client().get(f"/api/v1/posts/{post.pk}/revisions/").json()["results"]
    assert [(row["number"], row["body"], row["reason"]) for row in rows] == [(1, "First", "clearer")]
