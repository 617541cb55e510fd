"""Who watches a topic or a board, or follows a member, is told of what is new there, once a post."""

import pytest

from community.boards.editing import edit_post
from community.boards.quoting import quotation
from community.boards.removing import remove_post
from community.members.following import follow
from community.members.ignoring import ignore
from community.members.models import Member
from community.notifications import watching
from community.notifications.listing import page_of_notices, unread_count
from community.notifications.models import Happening, Letter, Notice
from community.notifications.preferences import change_settings
from community.outbox.models import Delivery
from community.reading.following import follow_board, follow_topic
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


def lines(member: Member) -> list[str]:
    return [shown.text for shown in page_of_notices(member, cursor=None)]


def watching_board(board, *, level: str = "watch") -> Member:
    member = a_member()
    follow_board(by=member, board=board, level=level)
    return member


def test_a_watched_topics_posts_are_one_line_that_counts_people(relay) -> None:
    topic, watcher = a_topic(title="Umbrellas"), a_member()
    follow_topic(by=watcher, topic=topic, level="watch")
    a_post(topic, by=a_member(display_name="Nari"))
    a_post(topic, by=a_member(display_name="Bora"))
    relay()

    assert lines(watcher) == ["Bora and 1 other wrote in “Umbrellas”"]
    assert lines(topic.author) == ["Bora and 1 other wrote in “Umbrellas”"]
    assert Letter.objects.filter(member=watcher).count() == 0, "letters at once are off until they are wished for"


@pytest.mark.parametrize(("level", "told"), [("watch", 1), ("track", 0), ("normal", 0), ("mute", 0)])
def test_only_who_watches_is_told(relay, level: str, told: int) -> None:
    board, topic = a_board(), a_topic()
    of_board, of_topic = watching_board(board, level=level), a_member()
    follow_topic(by=of_topic, topic=topic, level=level)
    a_topic(board=board)
    a_post(topic)
    relay()

    assert [(row.kind, row.member) for row in Notice.objects.filter(member=of_board)] == [("topic", of_board)][:told]
    assert [(row.kind, row.member) for row in Notice.objects.filter(member=of_topic)] == [("post", of_topic)][:told]


def test_a_new_topic_on_a_watched_board_is_told_and_then_its_posts(relay) -> None:
    board = a_board()
    watcher = watching_board(board)
    topic = a_topic(board=board, by=a_member(display_name="Nari"), title="Umbrellas")
    relay()
    assert lines(watcher) == ["Nari opened “Umbrellas”"]

    a_post(topic, by=a_member(display_name="Bora"))
    relay()
    assert lines(watcher) == ["Bora wrote in “Umbrellas”", "Nari opened “Umbrellas”"]


def test_one_post_is_one_notice_to_a_member_whatever_it_is_to_them(relay) -> None:
    board = a_board()
    dami, nari = a_member("dami"), a_member(display_name="Nari")
    follow_board(by=dami, board=board, level="watch")
    follow(by=dami, member=nari)
    topic = a_topic(board=board, by=dami, title="Umbrellas")
    opening = topic.posts.get()
    follow_topic(by=dami, topic=topic, level="watch")
    answer = a_post(topic, by=nari, body=f"{quotation(opening)}@dami, this one.", reply_to=opening)
    relay()
    edit_post(by=nari, post=answer, body="@dami, or that one.")
    relay()
    assert lines(dami) == ["Nari replied to you in “Umbrellas”"]

    a_topic(board=board, by=nari, title="For @dami", body="@dami, look.")
    relay()
    assert lines(dami) == ["Nari mentioned you in “For @dami”", "Nari replied to you in “Umbrellas”"]


def test_the_quoted_member_is_told_of_the_quote(relay) -> None:
    topic, dami, nari = a_topic(title="Umbrellas"), a_member("dami"), a_member(display_name="Nari")
    said = a_post(topic, by=dami)
    a_post(topic, by=nari, body=f"{quotation(said)}Quite so.")
    relay()

    assert lines(dami) == ["Nari quoted you in “Umbrellas”"]


def test_followers_are_told_of_new_topics_and_not_of_replies(relay) -> None:
    nari, follower = a_member(display_name="Nari"), a_member()
    follow(by=follower, member=nari)
    a_topic(by=nari, title="Umbrellas")
    a_post(a_topic(), by=nari)
    relay()

    assert lines(follower) == ["Nari, whom you follow, opened “Umbrellas”"]


def test_a_muted_topic_or_board_is_silent_even_for_mentions_and_quotes(relay) -> None:
    board = a_board()
    topic = a_topic(board=board)
    of_topic, of_board = a_member("dami"), a_member("bora")
    said = a_post(topic, by=of_topic)
    follow_topic(by=of_topic, topic=topic, level="mute")
    follow_board(by=of_board, board=board, level="mute")
    follow(by=of_board, member=topic.author)
    a_post(topic, body=f"{quotation(said)}@dami and @bora, look.", reply_to=said)
    a_topic(board=board, by=topic.author, body="@bora, look.")
    relay()

    assert Notice.objects.filter(member__in=[of_topic, of_board]).count() == 0


def test_a_muted_board_still_tells_of_a_topic_watched_in_it(relay) -> None:
    topic, member = a_topic(title="Umbrellas"), a_member()
    follow_board(by=member, board=topic.board, level="mute")
    follow_topic(by=member, topic=topic, level="watch")
    a_post(topic, by=a_member(display_name="Nari"))
    relay()

    assert lines(member) == ["Nari wrote in “Umbrellas”"]


def test_the_author_and_who_ignores_them_are_not_told(relay) -> None:
    board = a_board()
    ignoring, nari = watching_board(board), a_member()
    follow_board(by=nari, board=board, level="watch")
    ignore(by=ignoring, member=nari)
    a_post(a_topic(board=board, by=nari), by=nari)
    relay()

    assert Notice.objects.count() == 0


def test_who_ignores_the_topics_author_hears_nothing_of_others_in_it(relay) -> None:
    topic, watcher = a_topic(), a_member()
    follow_topic(by=watcher, topic=topic, level="watch")
    ignore(by=watcher, member=topic.author)
    a_post(topic)
    relay()

    assert Notice.objects.filter(member=watcher).count() == 0


def test_who_may_no_longer_read_the_board_is_not_told(relay) -> None:
    author, watcher = a_member(), a_member()
    board = a_private_board(author, watcher)
    follow_board(by=watcher, board=board, level="watch")
    board.rights.filter(member=watcher).delete()
    a_topic(board=board, by=author, title="Canary", body=f"@{watcher.username} must not know.")
    relay()

    assert Notice.objects.count() == 0


def test_on_a_board_of_own_topics_watchers_hear_only_of_their_own(relay) -> None:
    board = a_board(own_topics_only=True)
    watching_board(board)
    a_topic(board=board)
    relay()

    assert Notice.objects.count() == 0


def test_a_post_removed_before_its_event_came_is_not_told_and_one_removed_later_is_taken_back(relay) -> None:
    topic, author = a_topic(), a_member()
    early, late = a_post(topic, by=author), a_post(topic, by=author)
    remove_post(by=author, post=early)
    relay()
    assert Happening.objects.filter(notice__member=topic.author).count() == 1

    remove_post(by=author, post=late)
    relay()
    assert unread_count(topic.author) == 0


def test_the_same_event_delivered_twice_tells_once(relay) -> None:
    topic = a_topic()
    a_post(topic)
    relay()
    Delivery.objects.filter(topic="post.published").update(state="pending", done_at=None)
    relay()

    assert (Notice.objects.get().count, Happening.objects.count()) == (1, 1)


def test_many_watchers_are_told_portion_by_portion(relay, monkeypatch) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 2)
    board, author = a_board(), a_member()
    watchers = [watching_board(board) for _ in range(5)]
    follow(by=watchers[0], member=author)
    followers = [a_member() for _ in range(3)]
    for follower in followers:
        follow(by=follower, member=author)
    a_topic(board=board, by=author)
    relay()

    told = Notice.objects.exclude(kind="follow").values_list("member", "kind")
    assert sorted(told) == sorted([(one.pk, "topic") for one in watchers] + [(one.pk, "authored") for one in followers])
    assert Delivery.objects.filter(topic="watchers.waiting", state="done").count() == 5


def test_forty_watchers_cost_as_many_queries_as_two(relay, django_assert_max_num_queries) -> None:
    topic = a_topic()
    for _ in range(40):
        follow_topic(by=a_member(), topic=topic, level="watch")
    post = a_post(topic)
    with django_assert_max_num_queries(16):
        assert watching.tell_portion(post_id=post.pk) == 41


def test_switched_off_for_watched_topics_a_reply_is_still_told(relay) -> None:
    topic = a_topic()
    off = {"post": {"page": False, "letter": False, "digest": False}}
    change_settings(by=topic.author, switches=off, quiet_from=None, quiet_until=None, rhythm="weekly")
    a_post(topic)
    a_post(topic, reply_to=topic.posts.get(number=1))
    relay()

    assert list(Notice.objects.values_list("kind", flat=True)) == ["reply"]
