"""Leak: what a private board, a hidden post or a former right still tells (abuse_cases.md 1, 2, 4, 6)."""

import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from community.boards import arranging, feeds, moving, removing
from community.boards.editing import edit_post
from community.foundation import clock
from community.members import exporting
from community.members.models import DataExport
from community.moderation.flagging import flag
from community.notifications.models import Letter
from community.reading.bookmarking import bookmark
from community.reading.following import follow_topic
from community.reviews.removing import remove_review
from community.uploads.models import Upload
from tests.abuse.kit import API, LISTS, finds, letters_sent_to, places_of, rest, searches, text_of, told
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.polls import a_poll
from tests.factories.reviews import a_review
from tests.factories.subjects import a_steward, a_subject
from tests.factories.uploads import an_upload
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db
WORD = "gyeolmyeongja"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_secret_topic(author, reader):
    """A topic on a private board that says the word wherever a topic can."""
    board = a_private_board(author, reader, name=f"Board {WORD}", description=WORD)
    topic = a_topic(
        board=board, by=author, title=f"About {WORD}", body=f"It is {WORD}.", tags=[WORD], subjects=[a_subject("Kiln")]
    )
    a_poll(topic=topic, question=f"Why {WORD}?", options=(WORD, "No"))
    post = a_post(topic, by=author, body=f"{WORD} again, @{reader.username}")
    return topic, post


def test_01_a_private_word_is_found_at_no_address_by_those_outside(relay):
    author, reader, outsider = a_member("author"), a_member("reader"), a_member()
    topic, post = a_secret_topic(author, reader)
    link = a_topic(by=author, body=f"See /topics/{topic.pk}/ and /posts/{post.pk}/")
    relay()
    opening = topic.posts.get(number=1)
    paths = [*LISTS, *searches(WORD), *places_of(topic, opening, post), *places_of(link), f"/tags/{WORD}/"]
    paths += ["/subjects/", "/members/author/", f"{API}/members/author/", f"/feeds/tags/{WORD}.atom"]
    paths += [f"/subjects/{row.subject.slug}/{page}" for row in topic.topic_subjects.all() for page in ("", "related/")]
    asked = {path for path in paths if WORD in path.partition("?")[2] or WORD in path.partition("?")[0]}
    silent = [path for path in paths if path not in asked]
    for stranger in (None, outsider):
        assert finds(stranger, WORD, silent) == []
        assert [path for path in asked if _answers_something(stranger, path)] == []
    assert finds(reader, WORD, silent) != []
    assert [path for path in sorted(asked) if _answers_something(reader, path)] != []


def _answers_something(member, path: str) -> bool:
    """Whether the answer to a question with the word holds more of it than the question."""
    words = text_of(logged_in(member).get(path))
    return any(sign in words for sign in (f"About {WORD}", f"Board {WORD}", f"It is {WORD}", f'["{WORD}"]'))


def test_01_who_lost_the_right_finds_no_word_in_bookmarks_notices_letters_feeds_or_export(relay):
    author, reader = a_member("author"), a_member("reader")
    topic, post = a_secret_topic(author, reader)
    follow_topic(by=reader, topic=topic, level="watch")
    for target in (topic, post):
        bookmark(by=reader, target=target)
    a_post(topic, by=author, reply_to=a_post(topic, by=reader, body="I see."), body=f"Yes, {WORD}")
    relay()
    feed = f"/feeds/topics.atom?token={feeds.token_of(reader)}"
    waiting = Letter.objects.filter(member=reader, state="queued").count()
    assert waiting >= 1
    assert WORD in text_of(Client().get(feed))
    for right in topic.board.rights.filter(member=reader):
        arranging.withdraw(right=right)
    paths = [*LISTS, *places_of(topic, post), f"/feeds/topics/{topic.pk}.atom?token={feeds.token_of(reader)}"]
    assert finds(reader, WORD, paths) == []
    assert WORD not in letters_sent_to(reader)
    assert Letter.objects.filter(member=reader, state="withheld", why="not_visible").count() == waiting
    exporting.make_archive(export_id=exporting.ask_for_export(by=reader).pk)
    with default_storage.open(DataExport.objects.get().file) as file, zipfile.ZipFile(file) as archive:
        words = " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    assert "I see." in words
    assert WORD not in words


@pytest.mark.parametrize(
    "query",
    [
        "include=posts",
        "expand=author",
        "fields=author.email",
        "ordering=board__name",
        "order=-author__email",
        "order=state",
    ],
)
def test_01_no_parameter_reads_or_sorts_by_what_is_not_shown(query):
    a_topic()
    for path in ("topics", "boards", "subjects", "tags"):
        assert rest().get(f"{API}/{path}/?{query}").status_code == 400


def test_02_a_topic_moved_to_a_private_board_is_gone_for_guests_with_the_commit(
    relay, settings, django_capture_on_commit_callbacks
):
    settings.GUEST_PAGES_NEARBY = 64
    author, watcher, operator = a_member("author"), a_member("watcher"), an_operator()
    topic = a_topic(by=author, title=f"About {WORD}", body=f"It is {WORD}.", tags=["kilns"])
    post = a_post(topic, by=author, body=f"Look, @watcher: {WORD}")
    bookmark(by=watcher, target=topic)
    relay()
    paths = [*LISTS, f"/search/?q={WORD[:-2]}", *places_of(topic, post), "/tags/kilns/", "/feeds/tags/kilns.atom"]
    paths += ["/members/author/", f"/boards/{topic.board.slug}/"]
    assert len(finds(None, WORD, paths)) > 5  # and all those pages are kept for guests now
    private = a_private_board(author)
    with django_capture_on_commit_callbacks(execute=True):
        moving.move_topic(by=operator, topic=topic, board=private)
    assert finds(None, WORD, paths) == []
    assert finds(watcher, WORD, paths) == []
    assert WORD not in letters_sent_to(watcher)
    assert Letter.objects.get(member=watcher).why == "not_visible"


def test_02_a_board_closed_to_guests_is_gone_from_what_they_were_shown(django_capture_on_commit_callbacks):
    topic = a_topic(title=f"About {WORD}")
    paths = ["/topics/", f"/topics/{topic.pk}/", f"/boards/{topic.board.slug}/", "/sitemap-topics-1.xml"]
    assert finds(None, WORD, paths) != []
    with django_capture_on_commit_callbacks(execute=True):
        arranging.withdraw(right=topic.board.rights.get(audience="everyone"))
    assert finds(None, WORD, paths) == []


def a_talk(writer):
    """An open topic with a post that says the word, was edited, was quoted from and names somebody."""
    topic = a_topic(title="A talk", body="Of kilns.")
    post = a_post(topic, by=writer, body=f"{WORD} it is, @reader")
    with clock.shifted(timedelta(minutes=9)):
        edit_post(by=writer, post=post, body=f"{WORD} it is after all, @reader")
    return topic, post


@pytest.mark.parametrize("by_moderator", [True, False])
def test_04_a_post_taken_away_leaves_no_word_in_search_history_quote_notice_or_letter(relay, by_moderator):
    writer, reader = a_member("writer"), a_member("reader")
    topic, post = a_talk(writer)
    bookmark(by=reader, target=post)
    relay()
    paths = [*LISTS, *searches(WORD[:-2]), *places_of(topic, post), "/members/writer/"]
    assert len(finds(reader, WORD, paths)) > 5
    with clock.shifted(timedelta(minutes=10)):
        removing.remove_post(by=an_operator() if by_moderator else writer, post=post, reason="spam")
        relay()
    for stranger in (reader, a_member()):
        assert finds(stranger, WORD, paths) == []
    assert WORD not in letters_sent_to(reader)
    assert not Letter.objects.filter(member=reader, kind="mention", state="sent").exists()
    assert rest(reader).get(f"{API}/notifications/").json()["results"] == []


def test_04_a_hidden_topic_leaves_no_word_with_guests(relay, django_capture_on_commit_callbacks):
    topic = a_topic(title=f"On {WORD}", body=f"It is {WORD}.")
    paths = [*LISTS, *searches(WORD[:-2]), *places_of(topic, topic.posts.get())]
    assert len(finds(None, WORD, paths)) > 5
    with django_capture_on_commit_callbacks(execute=True):
        removing.hide(target=topic, by=an_operator(), reason="spam")
    relay()
    assert finds(None, WORD, paths) == []
    assert finds(a_member(), WORD, paths) == []


def test_04_a_removed_review_leaves_no_word_in_lists_search_or_summary(relay, django_capture_on_commit_callbacks):
    subject = a_subject("A kiln", slug="a-kiln")
    bad = a_review(subject, body=f"It burns {WORD} well. " * 3)
    for _number in range(3):
        a_review(subject, body="It burns wood well. It is warm.")
    relay()
    paths = ["/subjects/a-kiln/", "/subjects/a-kiln/reviews/", "/subjects/a-kiln/why/", "/subjects/a-kiln/ratings.csv"]
    paths += ["/", f"/search/?q={WORD[:-2]}", f"/reviews/{bad.pk}/", f"/reviews/{bad.pk}/history/"]
    paths += [f"{API}/subjects/a-kiln/reviews/", f"{API}/reviews/{bad.pk}/", f"{API}/reviews/{bad.pk}/revisions/"]
    assert len(finds(None, WORD, paths)) >= 4
    with django_capture_on_commit_callbacks(execute=True):
        remove_review(target=bad, by=an_operator(), reason="spam")
    relay()
    assert finds(None, WORD, paths) == []
    assert finds(a_member(), WORD, paths) == []


def test_06_a_picture_has_no_address_but_the_one_that_asks_who_may_see_it():
    owner, first, second = a_member(), an_upload(), an_upload()
    assert len(first.folder.removeprefix("uploads/")) >= 32
    assert first.folder != second.folder
    shown = an_upload(owner=owner)
    board = a_board()
    topic = a_topic(board=board, by=owner, body=f"![a kiln](upload:{shown.pk})")
    assert Client().get(f"/uploads/{shown.pk}/").status_code == 200
    for guess in (f"/media/{shown.path()}", f"/{shown.path()}", f"/static/{shown.path()}", f"/uploads/{shown.folder}/"):
        assert Client().get(guess).status_code == 404
    assert topic.posts.get().html.count(str(shown.pk)) >= 1


def test_06_a_picture_is_not_served_once_its_text_is_not_open_even_to_a_browser_that_kept_it():
    owner, operator = a_member(), an_operator()
    picture = an_upload(owner=owner)
    topic = a_topic(by=owner, body=f"![a kiln](upload:{picture.pk})")
    reply = Client().get(f"/uploads/{picture.pk}/")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "private, no-cache")
    kept = {"If-None-Match": reply.headers["ETag"]}
    assert Client(headers=kept).get(f"/uploads/{picture.pk}/").status_code == 304
    moving.move_topic(by=operator, topic=topic, board=a_private_board(owner))
    for client in (Client(), Client(headers=kept), logged_in(a_member())):
        for path in (f"/uploads/{picture.pk}/", f"/uploads/{picture.pk}/320/"):
            assert client.get(path).status_code == 404
    assert rest(a_member()).get(f"{API}/uploads/{picture.pk}/").status_code == 404
    assert logged_in(owner).get(f"/uploads/{picture.pk}/").status_code == 200


def test_06_naming_the_picture_of_another_opens_it_to_nobody():
    private, thief = an_upload(), a_member()
    board = a_board()
    body = {"board": board.slug, "title": "Mine", "body": f"![mine](upload:{private.pk})"}
    assert rest(thief).post(f"{API}/topics/", body).status_code == 201
    assert logged_in(thief).get(f"/uploads/{private.pk}/").status_code == 404
    assert told(rest(thief).get(f"{API}/uploads/{private.pk}/")).status == 404
    rest(thief).delete(f"{API}/uploads/{private.pk}/")
    assert Upload.objects.filter(pk=private.pk).exists()


def test_09_a_vendor_reads_neither_who_flagged_nor_how_to_reach_a_reviewer():
    owner, flagger = a_member(), a_member("flagger", email="flagger-word@example.org", display_name="Flagger Word")
    vendor, subject = a_vendor(owner, slug="lamps"), a_subject("Kiln")
    a_steward(subject, vendor.team)
    author = a_member("author", email="author-word@example.org")
    review = a_review(subject, by=author, rating=1, body="It cracked.")
    flag(by=flagger, kind="review", target_id=review.pk, reason="fake", note="I know better")
    desk = "/desk/community_reviews/review/"
    paths = [
        "/desk/",
        desk,
        f"{desk}{review.pk}/change/",
        f"{desk}{review.pk}/history/",
        f"{desk}?q=author-word",
        f"{desk}?author__email__startswith=author",
        "/vendors/lamps/",
        subject.get_absolute_url(),
        review.get_absolute_url(),
        f"{API}/vendors/lamps/",
        f"{API}/reviews/{review.pk}/",
        f"{API}/subjects/{subject.slug}/reviews/",
    ]
    asked = f"{desk}?q=author-word"
    for word in ("author-word@", "flagger", "Flagger Word", "I know better"):
        assert finds(owner, word, paths) == []
    assert review.pk.hex not in text_of(logged_in(owner).get(asked)).replace("-", "")
    assert logged_in(owner).get("/admin/community_moderation/case/").status_code == 302
