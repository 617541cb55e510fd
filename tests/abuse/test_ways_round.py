"""Ways round the limits and round what was taken away (abuse cases 4, 6, 15, 19, 31)."""

import datetime as dt
from typing import Any

import pytest

from community.boards.editing import edit_post, edit_topic, hide_revision
from community.boards.models import Post, Revision
from community.boards.publishing import publish_post, publish_topic
from community.boards.removing import remove_post, remove_topic, restore_post, restore_topic
from community.boards.stating import set_state
from community.complaints.responding import respond
from community.complaints.settling import settle
from community.foundation import clock
from community.ideas.answering import answer_idea
from community.ideas.models import AnsweringTeam
from community.members import trust
from community.members.errors import AllowanceSpent, Silenced, Suspended
from community.members.models import Member
from community.members.teaming import describe
from community.notifications.models import Notice
from community.reactions.reacting import react, unreact
from community.reviews.editing import edit_review
from community.reviews.publishing import publish_review
from community.reviews.removing import remove_review, restore_review
from tests.factories.boards import a_board, a_post, a_topic, let_moderate
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_team, logged_in
from tests.factories.subjects import a_subject
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
SEVEN_LINKS = " ".join(f"https://casino-{number}.example/" for number in range(7))  # six a day are for the new


def quotes(*posts: Post) -> str:
    return "\n".join(f"> [#{post.number}](/posts/{post.pk}/)\n>\n> said\n" for post in posts)


@pytest.mark.parametrize("edited", [False, True])
def test_19_who_is_new_quotes_no_more_members_than_they_may_mention(edited: bool, relay) -> None:
    topic, new = a_topic(), a_member(trust_level=0)
    said = [a_post(topic) for _number in range(11)]
    post = publish_post(by=new, topic=topic, body="Hello") if edited else None

    def say(body: str) -> Post:
        if post is not None:
            return edit_post(by=new, post=post, body=body)
        return publish_post(by=new, topic=topic, body=body)

    with pytest.raises(AllowanceSpent):
        say(quotes(*said))
    relay()
    assert not Notice.objects.filter(kind="quote").exists()
    say(quotes(*said[:10]))
    relay()
    assert Notice.objects.filter(kind="quote").count() == 10


def test_19_a_quote_that_names_its_author_counts_once() -> None:
    topic, new = a_topic(), a_member(trust_level=0)
    said = [a_post(topic) for _number in range(10)]
    body = "\n".join(f"> @{post.author.username} [#{post.number}](/posts/{post.pk}/)\n>\n> said\n" for post in said)
    assert publish_post(by=new, topic=topic, body=body).number == 12


def test_19_who_is_new_puts_no_more_links_into_a_text_by_changing_it() -> None:
    board, new = a_board(), a_member(trust_level=0)
    topic = publish_topic(by=new, board=board, title="Hello", body="I am new.")
    reply = publish_post(by=new, topic=topic, body="And this.")
    with pytest.raises(AllowanceSpent):
        edit_post(by=new, post=reply, body=SEVEN_LINKS)
    with pytest.raises(AllowanceSpent):
        edit_topic(by=new, topic=topic, body=SEVEN_LINKS)
    five = " ".join(SEVEN_LINKS.split()[:5])
    edit_post(by=new, post=reply, body=five)
    edit_post(by=new, post=reply, body=f"{five} and the same again, which costs nothing: {five}")
    with pytest.raises(AllowanceSpent):
        edit_post(by=new, post=reply, body=SEVEN_LINKS)


def test_19_who_is_new_puts_no_more_links_into_reviews_than_into_posts() -> None:
    new = a_member(trust_level=0)
    with pytest.raises(AllowanceSpent):
        publish_review(by=new, subject=a_subject(), rating=5, source=SEVEN_LINKS)
    review = publish_review(by=new, subject=a_subject(), rating=5, source="Good.")
    with pytest.raises(AllowanceSpent):
        edit_review(by=new, review=review, source=SEVEN_LINKS)
    edit_review(by=new, review=review, source="Good: https://tea.example/")


def test_15_a_reaction_given_and_taken_back_over_and_over_earns_no_trust(relay) -> None:
    post, friend = a_post(), a_member()

    def thanked() -> tuple[int, int]:
        relay()
        found = trust.measure([post.author_id, friend.pk])
        return (
            found.get(post.author_id, trust.Measured()).thanked,
            found.get(friend.pk, trust.Measured()).thanks,
        )

    for _time in range(3):
        react(by=friend, post_id=post.pk, kind="like")
        react(by=friend, post_id=post.pk, kind="thanks")
        assert thanked() == (1, 1), "one for a post and a member, whatever kinds they give"
        unreact(by=friend, post_id=post.pk, kind="like")
        assert thanked() == (1, 1)
        unreact(by=friend, post_id=post.pk, kind="thanks")
        unreact(by=friend, post_id=post.pk, kind="thanks")
        assert thanked() == (0, 0)
    react(by=friend, post_id=post.pk, kind="like")
    react(by=a_member(), post_id=post.pk, kind="like")
    assert thanked() == (2, 1)


def sanctioned(member: Member, **until: Any) -> Member:
    Member.objects.filter(pk=member.pk).update(**until)
    return Member.objects.get(pk=member.pk)


@pytest.mark.parametrize(("column", "refusal"), [("silenced_until", Silenced), ("suspended_until", Suspended)])
def test_11_who_lost_their_voice_brings_nothing_back_that_they_took_away(column: str, refusal: type) -> None:
    author = a_member()
    topic, review = a_topic(by=author), publish_review(by=author, subject=a_subject(), rating=1, source="Bad.")
    post = a_post(a_topic(), by=author)
    remove_topic(by=author, topic=topic)
    remove_post(by=author, post=post)
    remove_review(by=author, target=review)
    author = sanctioned(author, **{column: clock.now() + dt.timedelta(days=3)})
    for act, name, what in (
        (restore_topic, "topic", topic), (restore_post, "post", post), (restore_review, "target", review),
    ):  # fmt: skip
        with pytest.raises(refusal):
            act(by=author, **{name: what})
    page = logged_in(author).get(post.topic.get_absolute_url()).content.decode()
    assert f"/posts/{post.pk}/restore/" not in page


def test_11_who_lost_their_voice_speaks_for_no_team_and_reopens_no_complaint() -> None:
    speaker, author = a_member(), a_member()
    team = a_team(speaker, slug="dure", name="Dure")
    board = a_board(kind="idea")
    AnsweringTeam.objects.create(board=board, team=team)
    idea, complaint = an_idea(board=board), a_complaint(by=author, team=team)
    respond(by=speaker, topic_id=complaint.pk, status="answered", answer="Mended.")
    until = clock.now() + dt.timedelta(days=3)
    speaker, author = sanctioned(speaker, silenced_until=until), sanctioned(author, silenced_until=until)
    for act in (
        lambda: answer_idea(by=speaker, topic_id=idea.pk, status="planned", answer="Buy at casino.example"),
        lambda: respond(by=speaker, topic_id=complaint.pk, status="answered", answer="Buy at casino.example"),
        lambda: settle(by=author, topic_id=complaint.pk, confirmed=False, why="Buy at casino.example"),
        lambda: describe(by=speaker, team=team, name="Casino", about="Buy at casino.example"),
    ):
        with pytest.raises(Silenced):
            act()
    team.refresh_from_db()
    assert team.name == "Dure"


def test_11_nobody_but_moderators_brings_back_into_a_locked_topic() -> None:
    author, moderator, board = a_member(), a_member(), a_board()
    let_moderate(moderator, board)
    topic = a_topic(board=board)
    post = a_post(topic, by=author)
    remove_post(by=author, post=post)
    set_state(by=moderator, topic=topic, locked=True)
    answer = logged_in(author).post(f"/posts/{post.pk}/restore/")
    post.refresh_from_db()
    assert (answer.status_code, post.state) == (409, "removed")
    restore_post(by=moderator, post=post)


def picture_in(author: Member) -> tuple[Any, str]:
    upload = an_upload(owner=author)
    return upload, f"![me](/uploads/{upload.pk}/)"


def seen(upload: Any) -> bool:
    return logged_in(a_member()).get(upload.get_absolute_url()).status_code == 200


def test_06_a_picture_that_was_sent_by_mistake_is_gone_with_its_correction() -> None:
    author, topic = a_member(), a_topic()
    upload, shown = picture_in(author)
    post = publish_post(by=author, topic=topic, body=shown)
    assert seen(upload)
    edit_post(by=author, post=post, body="Sorry, the wrong one.")
    assert not Revision.objects.exists()
    assert not seen(upload)
    assert logged_in(author).get(upload.get_absolute_url()).status_code == 200


def test_04_a_picture_of_a_hidden_revision_is_hidden_with_it() -> None:
    author, moderator, board = a_member(), a_member(), a_board()
    let_moderate(moderator, board)
    upload, shown = picture_in(author)
    post = publish_post(by=author, topic=a_topic(board=board), body=shown)
    with clock.shifted(dt.timedelta(hours=1)):
        edit_post(by=author, post=post, body="Mended.")
    assert seen(upload), "the history shows it"
    revision = Revision.objects.get()
    hide_revision(by=moderator, revision=revision, hidden=True)
    assert not seen(upload)
    hide_revision(by=moderator, revision=revision, hidden=False)
    assert seen(upload)


def test_06_a_photo_taken_out_of_a_review_is_seen_no_longer() -> None:
    author = a_member()
    upload, kept = an_upload(owner=author), an_upload(owner=author)
    review = publish_review(by=author, subject=a_subject(), rating=5, source="See", photos=[upload.pk, kept.pk])
    assert seen(upload)
    edit_review(by=author, review=review, photos=[kept.pk])
    assert (seen(upload), seen(kept)) == (False, True)
