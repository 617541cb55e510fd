"""Pages of boards and topics: what is shown to whom, with how many queries."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.boards.editing import edit_post
from community.boards.models import Post, Topic
from community.boards.moving import merge_topics
from community.foundation.clock import shifted
from community.members.ignoring import ignore
from tests.factories.boards import a_board, a_category, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, logged_in
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def queries_of(client: Client, path: str) -> int:
    """The least of three: now and then the site's own facts are read anew."""

    def once() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return min(once() for _ in range(3))


def test_the_board_list_shows_readable_boards_with_their_last_voice() -> None:
    author = a_member(display_name="Ondal")
    board = a_board(name="Kitchen", category=a_category(name="Home"))
    a_topic(board=board, by=author, title="Sourdough")
    a_private_board(author, name="Secret garden")
    page = Client().get("/boards/").content.decode()
    assert "Kitchen" in page
    assert "Sourdough" in page
    assert "Ondal" in page
    assert "Home" in page
    assert "Secret garden" not in page
    assert "Secret garden" in logged_in(author).get("/boards/").content.decode()


def test_a_board_lists_its_topics_pinned_first() -> None:
    board = a_board()
    old, new = a_topic(board=board, title="Pinned one"), a_topic(board=board, title="Newer one")
    Topic.objects.filter(pk=old.pk).update(pinned=True)
    page = Client().get(f"/boards/{board.slug}/?order=new").content.decode()
    assert page.index("Pinned one") < page.index(new.title)
    assert page.count("Pinned one") == 1


def test_an_own_topics_only_board_shows_each_their_own() -> None:
    board, one, other, moderator = a_board(own_topics_only=True), a_member(), a_member(), a_member()
    mine, theirs = (
        a_topic(board=board, by=one, title="From one"),
        a_topic(board=board, by=other, title="From the other"),
    )
    page = logged_in(one).get(f"/boards/{board.slug}/").content.decode()
    assert (mine.title in page, theirs.title in page) == (True, False)
    assert logged_in(one).get(theirs.get_absolute_url()).status_code == 404
    let_moderate(moderator, board)
    page = logged_in(moderator).get(f"/boards/{board.slug}/").content.decode()
    assert (mine.title in page, theirs.title in page) == (True, True)


@pytest.mark.parametrize("query", ["order=sideways", "order=top&period=never", "cursor=%00", "cursor=W10"])
def test_a_list_refuses_what_is_none_of_its_parameters(query: str) -> None:
    assert Client().get(f"/boards/{a_board().slug}/?{query}").status_code == 400


def test_top_of_a_period_leaves_older_topics_out() -> None:
    board = a_board()
    old, new = a_topic(board=board, title="Long ago"), a_topic(board=board, title="Just now")
    Topic.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8), score=5)
    everything = Client().get(f"/boards/{board.slug}/?order=top").content.decode()
    week = Client().get(f"/boards/{board.slug}/?order=top&period=week").content.decode()
    assert everything.index("Long ago") < everything.index("Just now")
    assert ("Long ago" in week, new.title in week) == (False, True)


def test_the_last_poster_cell_names_nobody_whom_the_reader_ignores() -> None:
    reader, loud = a_member(), a_member(display_name="Loudmouth")
    topic = a_topic(title="Quiet please")
    a_post(topic, by=loud)
    ignore(by=reader, member=loud)
    page = logged_in(reader).get("/topics/?order=new").content.decode()
    assert ("Quiet please" in page, "Loudmouth" in page) == (True, False)
    assert "Loudmouth" not in logged_in(reader).get("/boards/").content.decode()
    assert "Loudmouth" not in logged_in(reader).get(topic.get_absolute_url()).content.decode()


def test_a_list_costs_the_same_at_one_row_and_at_twenty() -> None:
    board, reader = a_board(), logged_in(a_member())
    author = a_member(is_operator=True)
    a_topic(board=board, by=author, tags=["one"])
    few = [queries_of(reader, path) for path in (f"/boards/{board.slug}/", "/topics/", "/boards/", "/tags/")]
    for number in range(19):
        a_topic(board=board, by=author, tags=[f"tag-{number}", "one"])
    many = [queries_of(reader, path) for path in (f"/boards/{board.slug}/", "/topics/", "/boards/", "/tags/")]
    assert few == many
    assert max(many) <= 10


def test_a_topic_costs_the_same_with_twenty_posts_and_on_its_last_page() -> None:
    author, reader = a_member(is_operator=True), logged_in(a_member())
    topic = a_topic(by=author)
    path = topic.get_absolute_url()
    few = queries_of(reader, path)
    for _ in range(44):
        a_post(topic, by=author)
    assert queries_of(reader, path) == few
    assert queries_of(reader, f"{path}?page=3") == few
    assert few <= 10


def test_a_topic_has_numbered_pages_by_post_number() -> None:
    author = a_member(is_operator=True)
    topic = a_topic(by=author)
    for number in range(2, 46):
        a_post(topic, by=author, body=f"This is number {number}.")
    page = Client().get(f"{topic.get_absolute_url()}?page=2").content.decode()
    assert re.findall(r"This is number (\d+)\.</p>", page) == [str(number) for number in range(21, 41)]
    assert Client().get(f"{topic.get_absolute_url()}?page=4").status_code == 404
    assert Client().get(f"{topic.get_absolute_url()}?page=x").status_code == 404


def test_the_lasting_address_of_a_post_leads_to_its_place() -> None:
    author = a_member(is_operator=True)
    topic = a_topic(by=author)
    posts = [a_post(topic, by=author) for _ in range(21)]
    reply = Client().get(posts[-1].get_absolute_url())
    assert (reply.status_code, reply["Location"]) == (302, f"{topic.get_absolute_url()}?page=2#post-22")


def test_a_merged_topic_redirects_those_who_may_see_where_to() -> None:
    moderator = a_member()
    board = a_board(moderator=moderator)
    gone, kept = a_topic(board=board), a_topic(board=board)
    merge_topics(by=moderator, topic=gone, into=kept)
    reply = Client().get(gone.get_absolute_url())
    assert (reply.status_code, reply["Location"]) == (301, kept.get_absolute_url())
    board.rights.filter(audience="everyone").delete()
    assert logged_in(None).get(f"{gone.get_absolute_url()}?page=1").status_code == 404


def test_a_guest_sees_no_form_and_no_token() -> None:
    page = Client().get(a_topic().get_absolute_url())
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert not page.cookies


def test_a_topic_tells_machines_what_it_is() -> None:
    topic = a_topic(title="Which </script> oven?", body="I <b>wonder</b>.", board=a_board(kind="question"))
    a_post(topic, body="That one.")
    page = Client().get(topic.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    told = json.loads(found[1])
    assert told["@type"] == "QAPage"
    assert told["mainEntity"]["name"] == "Which </script> oven?"
    assert [answer["text"] for answer in told["mainEntity"]["suggestedAnswer"]] == ["That one."]
    assert '<link rel="canonical" href="http' in page
    assert 'property="og:title" content="Which &lt;/script&gt; oven?"' in page


def test_a_discussion_is_not_a_question_to_machines() -> None:
    page = Client().get(a_topic().get_absolute_url()).content.decode()
    assert '"@type": "DiscussionForumPosting"' in page
    assert "QAPage" not in page


def test_a_member_starts_a_topic_and_answers() -> None:
    board, author = a_board(), a_member()
    client = logged_in(author)
    form = client.get(f"/boards/{board.slug}/new/").context["form"]
    sent = {"title": "Rain", "body": "It rains.", "tags": "weather, #rain", "submission": form["submission"].value()}
    replies = [client.post(f"/boards/{board.slug}/new/", sent) for _ in range(2)]
    topic = Topic.objects.get()
    assert [reply["Location"] for reply in replies] == [topic.get_absolute_url()] * 2
    answered = client.post(f"/topics/{topic.pk}/reply/", {"body": "Still."})
    assert answered["Location"] == Post.objects.get(number=2).get_absolute_url()
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "#rain" in page
    assert "Still." in page


def test_what_cannot_be_taken_is_shown_again_with_the_reason() -> None:
    board, client = a_board(), logged_in(a_member())
    page = client.post(f"/boards/{board.slug}/new/", {"title": "Kept title", "body": " ", "tags": "a,b,c,d,e,f"})
    assert page.status_code == 400
    assert "Kept title" in page.content.decode()
    assert Topic.objects.count() == 0


def test_writing_needs_a_log_in() -> None:
    topic = a_topic()
    for path in (f"/boards/{topic.board.slug}/new/", f"/topics/{topic.pk}/edit/", f"/topics/{topic.pk}/remove/"):
        assert Client().get(path).status_code == 302
    assert Client().post(f"/topics/{topic.pk}/reply/", {"body": "Hi"}).status_code == 302
    assert Post.objects.count() == 1


def test_a_lost_edit_is_shown_beside_the_newer_text() -> None:
    author = a_member()
    post = a_post(by=author, body="First")
    edit_post(by=author, post=post, body="From one tab")
    page = logged_in(author).post(f"/posts/{post.pk}/edit/", {"body": "From the other tab", "version": "1"})
    text = page.content.decode()
    assert page.status_code == 412
    assert ("From one tab" in text, "From the other tab" in text) == (True, True)
    assert Post.objects.get(pk=post.pk).source == "From one tab"
    kept = logged_in(author).post(f"/posts/{post.pk}/edit/", {"body": "Both tabs", "version": "2"})
    assert kept.status_code == 302
    assert Post.objects.get(pk=post.pk).source == "Both tabs"


def test_strangers_neither_edit_nor_remove() -> None:
    post, stranger = a_post(), logged_in(a_member())
    assert stranger.post(f"/posts/{post.pk}/edit/", {"body": "x"}).status_code == 403
    assert stranger.post(f"/posts/{post.pk}/remove/", {}).status_code == 403
    assert stranger.post(f"/topics/{post.topic_id}/state/", {"locked": "on"}).status_code == 404
    post.refresh_from_db()
    assert (post.version, post.state, post.topic.locked) == (1, "published", False)


def test_the_history_shows_which_words_came_and_went() -> None:
    author = a_member()
    post = a_post(by=author, body="The old oven")
    with shifted(timedelta(minutes=6)):
        edit_post(by=author, post=post, body="The new oven")
    page = Client().get(f"/posts/{post.pk}/revisions/").content.decode()
    assert "<del>old</del><ins>new</ins>" in page


def test_a_removed_post_is_gone_for_others_and_marked_for_its_author() -> None:
    author, topic = a_member(), a_topic()
    post = a_post(topic, by=author, body="Regrettable")
    logged_in(author).post(f"/posts/{post.pk}/remove/", {"reason": "too hasty"})
    assert "Regrettable" not in Client().get(topic.get_absolute_url()).content.decode()
    assert Client().get(post.get_absolute_url()).status_code == 404
    assert "Regrettable" in logged_in(author).get(topic.get_absolute_url()).content.decode()
    assert logged_in(author).post(f"/posts/{post.pk}/restore/").status_code == 302
    assert Post.objects.get(pk=post.pk).state == "published"


def test_a_moderator_acts_by_the_pages() -> None:
    moderator, other = a_member(), a_board()
    board = a_board(moderator=moderator)
    let_moderate(moderator, other)
    client, topic = logged_in(moderator), a_topic(board=board)
    reply, target = a_post(topic, body="Elsewhere"), a_topic(board=board)
    assert client.post(f"/topics/{topic.pk}/state/", {"pinned": "on", "slow_seconds": "60"}).status_code == 302
    assert client.post(f"/topics/{topic.pk}/split/", {"title": "Apart", "posts": [str(reply.pk)]}).status_code == 302
    assert client.post(f"/topics/{topic.pk}/move/", {"board": str(other.pk)}).status_code == 302
    assert (
        client.post(f"/topics/{topic.pk}/merge/", {"into": f"http://x{target.get_absolute_url()}"}).status_code == 302
    )
    topic.refresh_from_db()
    assert (topic.merged_into, topic.board, topic.slow_seconds) == (target, other, 60)
    assert Topic.objects.get(title="Apart").post_count == 1


def test_the_preview_is_what_the_renderer_stores() -> None:
    client = logged_in(a_member())
    shown = client.post("/posts/preview/", {"body": "*So* <script>alert(1)</script>"}).content.decode()
    assert "<em>So</em> &lt;script&gt;" in shown
    assert "<script" not in shown


def test_mentions_are_suggested_from_the_topic_first() -> None:
    zoe, _amy = a_member("zoe"), a_member("amy")
    topic = a_topic(by=zoe)
    client = logged_in(a_member())
    found = client.get(f"/posts/mentions/?q=&topic={topic.pk}").json()["results"]
    assert [row["username"] for row in found] == ["zoe"]
    assert [row["username"] for row in client.get("/posts/mentions/?q=am").json()["results"]] == ["amy"]


def test_a_quote_leads_back_to_the_post() -> None:
    post = a_post(by=a_member("yuna"), body="Bread **first**.")
    text = logged_in(a_member()).get(f"/posts/{post.pk}/quote/").json()["markdown"]
    assert text == f"> @yuna [#2](/posts/{post.pk}/)\n>\n> Bread first.\n\n"


def test_word_of_mouth_is_one_row_seen_on_the_board_and_on_the_subjects_page() -> None:
    board, author, subject = a_board(kind="word_of_mouth"), a_member(), a_subject("Clay oven")
    client = logged_in(author)
    form = {
        "title": "Bakes well",
        "body": "Every day.",
        "subjects": "clay OVEN",
        "verdict": "recommend",
        "for_whom": "bakers",
    }
    assert client.post(f"/boards/{board.slug}/new/", form).status_code == 302
    topic = Topic.objects.get()
    page = client.get(topic.get_absolute_url()).content.decode()
    assert subject.get_absolute_url() in page
    assert "bakers" in page
    about = Client().get(subject.get_absolute_url()).content.decode()
    assert topic.get_absolute_url() in about
    assert (
        f"/boards/{board.slug}/new/?subjects={subject.slug}" in client.get(subject.get_absolute_url()).content.decode()
    )


def test_a_subject_that_is_not_known_is_asked_for_again() -> None:
    board = a_board()
    page = logged_in(a_member()).post(f"/boards/{board.slug}/new/", {"title": "T", "body": "B", "subjects": "nothing"})
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["subjects"])
    assert Topic.objects.count() == 0
