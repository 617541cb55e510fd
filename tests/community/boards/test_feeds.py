"""Feeds, private ones by token, and the sitemap: what machines are told, and what they are not."""

from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from community.boards.feeds import token_of
from community.boards.removing import remove_post
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, logged_in
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def titles(reply) -> list[str]:
    root = ElementTree.fromstring(reply.content)
    return [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]


def test_a_board_feeds_its_topics_newest_first() -> None:
    board = a_board()
    a_topic(board=board, title="Older & wiser", body="<b>No</b> *mark-up*")
    a_topic(board=board, title="Newer")
    reply = Client().get(f"/feeds/boards/{board.slug}.atom")
    assert reply["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(reply) == ["Newer", "Older & wiser"]
    content = [node.text for node in ElementTree.fromstring(reply.content).iter(f"{ATOM}content")]
    assert content[1] == "<p>&lt;b&gt;No&lt;/b&gt; <em>mark-up</em></p>"


def test_a_topic_feeds_its_published_posts() -> None:
    author, topic = a_member(), a_topic(title="Rain")
    a_post(topic)
    gone = a_post(topic, by=author)
    remove_post(by=author, post=gone)
    assert titles(Client().get(f"/feeds/topics/{topic.pk}.atom")) == ["Rain #2", "Rain #1"]
    token = token_of(author)
    assert titles(Client().get(f"/feeds/topics/{topic.pk}.atom?token={token}")) == ["Rain #2", "Rain #1"]


def test_a_tag_feeds_what_guests_may_read() -> None:
    owner = a_member()
    a_topic(title="Open", tags=["bread"])
    a_topic(board=a_private_board(owner), by=owner, title="Secret", tags=["bread"])
    assert titles(Client().get("/feeds/tags/bread.atom")) == ["Open"]
    assert titles(Client().get(f"/feeds/tags/bread.atom?token={token_of(owner)}")) == ["Secret", "Open"]


def test_a_private_feed_opens_by_token_until_the_password_changes() -> None:
    owner = a_member(password="courtyard-morning-8")
    board = a_private_board(owner)
    a_topic(board=board, by=owner, title="Secret")
    path = f"/feeds/boards/{board.slug}.atom"
    token = token_of(owner)
    assert Client().get(path).status_code == 404
    assert titles(Client().get(f"{path}?token={token}")) == ["Secret"]
    assert quote(token) in logged_in(owner).get("/feeds/").content.decode()
    owner.set_password("courtyard-evening-9")
    owner.save()
    assert Client().get(f"{path}?token={token}&again").status_code == 404


def test_wrong_tokens_are_counted_by_address() -> None:
    path = f"/feeds/boards/{a_board().slug}.atom"
    answers = [Client().get(f"{path}?token=wrong{number}").status_code for number in range(22)]
    assert answers == [404] * 20 + [429] * 2
    assert Client().get(path).status_code == 200


def test_the_sitemap_lists_what_guests_may_open() -> None:
    owner, subject = a_member(), a_subject()
    open_topic, secret = a_topic(), a_topic(board=a_private_board(owner), by=owner)
    own = a_topic(board=a_board(own_topics_only=True))
    index = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    parts = [node.text or "" for node in index.iter(f"{MAP}loc")]
    listed = " ".join(Client().get("/" + part.split("/", 3)[3]).content.decode() for part in parts)
    assert open_topic.get_absolute_url() in listed
    assert open_topic.board.get_absolute_url() in listed
    assert subject.get_absolute_url() in listed
    assert secret.get_absolute_url() not in listed
    assert own.get_absolute_url() not in listed
    assert Client().get("/sitemap-topics-1.xml").status_code == 404
    assert Client().get("/sitemap-secrets-24300.xml").status_code == 404


def test_a_page_names_its_feed_and_its_one_address() -> None:
    topic = a_topic()
    page = Client().get(f"{topic.board.get_absolute_url()}?order=top").content.decode()
    assert (
        f'<link rel="alternate" type="application/atom+xml" href="http://localhost:8000/feeds/boards/{topic.board.slug}.atom">'
        in page
    )
    assert f'<link rel="canonical" href="http://localhost:8000{topic.board.get_absolute_url()}">' in page
