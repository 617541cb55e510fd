"""Pages of reading: the bell of what is new, what is kept, and how closely one follows."""

from datetime import timedelta

import pytest

from community.foundation import clock
from community.reading.bookmarking import bookmark
from community.reading.following import follow_board, level_of
from community.reading.models import Bookmark, Level, Reading
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    with clock.shifted(timedelta(days=-3)):
        return a_member(language="en")


def test_the_list_of_what_is_new_empties_with_one_press(reader):
    topic, client = a_topic(title="A new well"), logged_in(reader)
    a_post(topic=topic)
    assert "A new well" in client.get("/unread/").content.decode()
    assert f"{topic.get_absolute_url()}?page=1#post-1" in client.get("/unread/").content.decode()
    assert "2 new" in client.get(f"/boards/{topic.board.slug}/?order=unread").content.decode()
    assert client.post("/unread/read/").status_code == 302
    assert "A new well" not in client.get("/unread/").content.decode()
    assert "A new well" not in client.get(f"/boards/{topic.board.slug}/?order=unread").content.decode()


def test_unread_costs_the_same_at_one_row_and_at_twenty(reader, django_assert_max_num_queries):
    board, client = a_board(), logged_in(reader)
    a_topic(board=board)
    client.get("/unread/")
    with django_assert_max_num_queries(60) as one:
        client.get("/unread/")
    for _nth in range(19):
        a_topic(board=board)
    with django_assert_max_num_queries(len(one.captured_queries)):
        page = client.get("/unread/").content.decode()
    assert page.count("topic-row-title") == page.count("You have not opened it yet.") == 20


def test_a_row_of_what_is_new_is_that_of_the_boards_and_says_why_it_is_there(reader):
    topic, client = a_topic(title="A new well", tags=["wells"]), logged_in(reader)
    follow_board(by=reader, board=topic.board, level=Level.WATCH)
    client.post(f"/topics/{topic.pk}/read/", {"post_number": "1"})
    a_post(topic=topic)
    page = client.get("/unread/").content.decode()
    assert "1 post is new since you read up to number 1. You watch its board." in page
    assert "#wells" in page


def test_reading_is_marked_while_posts_come_into_view(reader):
    topic, client = a_topic(), logged_in(reader)
    a_post(topic=topic)
    assert client.post(f"/topics/{topic.pk}/read/", {"post_number": "2"}).status_code == 204
    assert Reading.objects.get(member=reader).number == 2
    for wrong in ("", "-1", "x", "9" * 12):
        assert client.post(f"/topics/{topic.pk}/read/", {"post_number": wrong}).status_code == 400


def test_a_level_is_chosen_on_the_topic_and_on_the_board(reader):
    topic, client = a_topic(), logged_in(reader)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "Follow this topic" in page
    assert f'action="/topics/{topic.pk}/follow/"' in page
    assert 'value="normal" selected' in page
    assert f"/bookmarks/post/{topic.posts.get().pk}/" in page
    answer = client.post(f"/topics/{topic.pk}/follow/", {"level": "mute"}, headers={"HX-Request": "true"})
    assert 'value="mute" selected' in answer.content.decode()
    assert level_of(reader, topic) == Level.MUTE
    assert client.post(f"/boards/{topic.board.slug}/follow/", {"level": "track"}).status_code == 302
    assert 'value="track" selected' in client.get(f"/boards/{topic.board.slug}/follow/").content.decode()
    assert client.post(f"/topics/{topic.pk}/follow/", {"level": "stalk"}).status_code == 400


def test_the_badge_counts_what_is_followed(reader):
    topic, client = a_topic(), logged_in(reader)
    follow_board(by=reader, board=topic.board, level=Level.TRACK)
    assert "1 topic with something new" in client.get("/unread/").content.decode()


def test_a_bookmark_is_kept_changed_and_taken_out(reader):
    topic, client = a_topic(title="A well"), logged_in(reader)
    address = f"/bookmarks/topic/{topic.pk}/"
    assert "A well" in client.get(address).content.decode()
    assert client.post(address, {"note": "deep", "when": "1"}).status_code == 302
    row = Bookmark.objects.get()
    assert (row.note, row.remind_at.tzinfo is not None, row.remind_at > clock.now()) == ("deep", True, True)
    page = client.get("/bookmarks/").content.decode()
    assert "A well" in page
    assert "deep" in page
    assert client.post(address, {"note": "x", "when": "own", "remind_at": "2001-01-01T10:00"}).status_code == 200
    assert client.post(address, {"when": "own"}).status_code == 200
    assert Bookmark.objects.get().note == "deep"
    assert client.post(f"{address}remove/", {"next": "https://evil.example/"}).headers["Location"] == "/bookmarks/"
    assert not Bookmark.objects.exists()


def test_another_member_sees_none_of_it(reader):
    author = a_member()
    topic = a_topic(board=a_private_board(author), by=author, title="Hidden well")
    bookmark(by=author, target=topic, note="canary")
    client = logged_in(reader)
    assert "canary" not in client.get("/bookmarks/").content.decode()
    for address in (f"/bookmarks/topic/{topic.pk}/", f"/topics/{topic.pk}/why/", f"/boards/{topic.board.slug}/follow/"):
        assert client.get(address).status_code == 404
    for address in (f"/topics/{topic.pk}/read/", f"/topics/{topic.pk}/follow/", f"/boards/{topic.board.slug}/read/"):
        assert client.post(address, {"post_number": 1, "level": "watch"}).status_code == 404


def test_guests_are_asked_to_log_in():
    topic = a_topic()
    for address in ("/unread/", "/bookmarks/", f"/bookmarks/topic/{topic.pk}/", f"/topics/{topic.pk}/why/"):
        assert logged_in(None).get(address).status_code == 302


def test_why_a_topic_stands_there_is_told_on_request(reader):
    topic, client = a_topic(), logged_in(reader)
    page = client.get(f"/topics/{topic.pk}/why/?order=unread", headers={"HX-Request": "true"}).content.decode()
    assert "You have not opened it yet." in page
    assert "Hot " in client.get(f"/topics/{topic.pk}/why/?order=hot").content.decode()
