"""Texts change by their authors and moderators, leave revisions, and never overwrite each other unseen."""

from datetime import timedelta

import pytest

from community.boards import stating
from community.boards.editing import edit_post, edit_topic, hide_revision
from community.boards.errors import NotYours, TopicLocked
from community.boards.models import Post, Revision, TagUse
from community.boards.removing import remove_post
from community.foundation.clock import shifted
from community.foundation.problems import Invalid, NotThere, Stale
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def test_an_edit_keeps_what_was_said_before() -> None:
    author = a_member()
    post = a_post(by=author, body="First")
    with shifted(timedelta(minutes=6)):
        edited = edit_post(by=author, post=post, body="Second", reason="clearer")
    assert (edited.source, edited.html, edited.version, edited.revision_count) == ("Second", "<p>Second</p>", 2, 1)
    kept = Revision.objects.get(post=post)
    assert (kept.number, kept.source, kept.reason, kept.edited_by) == (1, "First", "clearer", author)


def test_a_slip_mended_at_once_leaves_no_revision() -> None:
    author = a_member()
    edited = edit_post(by=author, post=a_post(by=author, body="Frist"), body="First")
    assert (edited.version, edited.revision_count, edited.edited_at) == (2, 0, None)
    assert Revision.objects.count() == 0


def test_the_later_of_two_edits_is_told() -> None:
    author = a_member()
    post = a_post(by=author, body="First")
    edit_post(by=author, post=post, body="From one tab", expected=1)
    with pytest.raises(Stale):
        edit_post(by=author, post=post, body="From the other tab", expected=1)
    assert Post.objects.get(pk=post.pk).source == "From one tab"


def test_others_may_not_edit_but_moderators_may_and_it_shows() -> None:
    topic, moderator = a_topic(), a_member()
    post = a_post(topic, body="Mine")
    with pytest.raises(NotYours):
        edit_post(by=a_member(), post=post, body="Yours")
    let_moderate(moderator, topic.board)
    edited = edit_post(by=moderator, post=post, body="Ours", reason="removed a telephone number")
    assert (edited.source, edited.author, edited.revision_count) == ("Ours", post.author, 1)


def test_a_moderator_of_another_board_may_not_edit_here() -> None:
    moderator = a_member()
    let_moderate(moderator, a_board())
    with pytest.raises(NotYours):
        edit_post(by=moderator, post=a_post(), body="Yours")
    hidden = a_post(a_topic(board=a_private_board(owner := a_member()), by=owner), by=owner)
    with pytest.raises(NotThere):
        edit_post(by=moderator, post=hidden, body="Yours")


def test_a_locked_topic_cannot_be_rewritten() -> None:
    author, moderator = a_member(), a_member()
    topic = a_topic(by=author)
    let_moderate(moderator, topic.board)
    stating.set_state(by=moderator, topic=topic, locked=True)
    with pytest.raises(TopicLocked):
        edit_topic(by=author, topic=topic, title="Another")


def test_a_topic_changes_its_title_text_and_tags() -> None:
    author = a_member()
    topic = a_topic(by=author, title="Old", body="Old text", tags=["one", "two"])
    with shifted(timedelta(minutes=6)):
        edit_topic(by=author, topic=topic, title="New", body="New text", tags=["two", "three"])
    topic.refresh_from_db()
    opening = topic.posts.get()
    assert (topic.title, opening.source) == ("New", "New text")
    assert sorted(topic.topic_tags.values_list("tag__slug", flat=True)) == ["three", "two"]
    uses = dict(TagUse.objects.values_list("tag__slug", "topic_count"))
    assert uses == {"one": 0, "two": 1, "three": 1}
    assert Revision.objects.get().title == "Old"


def test_an_opening_post_stays_findable_by_its_title() -> None:
    author = a_member()
    topic = a_topic(by=author, title="Zucchini", body="Water")
    edit_post(by=author, post=topic.posts.get(), body="Sun")
    assert "zucchini" in Post.objects.get().search


def test_a_post_cannot_be_emptied() -> None:
    author = a_member()
    post = a_post(by=author)
    with pytest.raises(Invalid):
        edit_post(by=author, post=post, body="  ")
    assert Post.objects.get(pk=post.pk).version == 1


def test_revisions_of_a_removed_post_are_for_moderators() -> None:
    author, moderator = a_member(), a_member()
    post = a_post(by=author, body="First")
    let_moderate(moderator, post.topic.board)
    with shifted(timedelta(minutes=6)):
        edit_post(by=author, post=post, body="Second")
    reader = a_member()
    assert Revision.objects.visible_to(reader).count() == 1
    remove_post(by=author, post=post)
    assert Revision.objects.visible_to(reader).count() == 0
    assert Revision.objects.visible_to(moderator).count() == 1


def test_a_moderator_hides_a_revision() -> None:
    author, moderator = a_member(), a_member()
    post = a_post(by=author, body="First")
    let_moderate(moderator, post.topic.board)
    with shifted(timedelta(minutes=6)):
        edit_post(by=author, post=post, body="Second")
    revision = Revision.objects.get()
    with pytest.raises(NotYours):
        hide_revision(by=author, revision=revision, hidden=True)
    hide_revision(by=moderator, revision=revision, hidden=True)
    assert Revision.objects.visible_to(a_member()).count() == 0
