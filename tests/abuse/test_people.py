"""Who is ignored, who moderates elsewhere, who left (abuse_cases.md 7, 8, 44)."""

import re

import pytest

from community.boards.models import Post
from community.members.ignoring import ignore
from community.members.leaving import ask_for_erasure
from community.moderation.models import Decision
from community.notifications.models import Letter, Notice
from community.reviews.models import Review
from community.subjects.models import Subject
from tests.abuse.kit import API, Told, finds, letters_sent_to, rest, text_of, told, undone
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, a_team, logged_in
from tests.factories.moderation import a_case
from tests.factories.reviews import a_review, ratings
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db
FLEETING = re.compile(
    r'value="[A-Za-z0-9]{64}"|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}|\d\d:\d\d(:\d\d)?(\.\d+)?|"hot":[\d.]+|tone-\w+(?=" aria-hidden)'
)


def reach(pest, victim, topic, post) -> list[tuple[int, str]]:
    """Every way in which a member reaches another; what each answered, without ids and the pest's own name."""
    browser, client = logged_in(pest), rest(pest)
    replies = [
        browser.get(f"/members/{victim.username}/"),
        browser.get(f"/posts/mentions/?q={victim.username[:4]}&topic={topic.pk}"),
        client.get(f"{API}/members/{victim.username}/"),
        client.get(f"{API}/search/?q={victim.username}&kind=member"),
        client.put(f"{API}/members/{victim.username}/follow/"),
        client.put(f"{API}/posts/{post.pk}/reactions/like/"),
        browser.get(f"/posts/{post.pk}/quote/"),
        client.post(f"{API}/topics/{topic.pk}/posts/", {"body": f"@{victim.username} hey", "reply_to": str(post.pk)}),
        client.post(f"{API}/topics/", {"board": topic.board.slug, "title": "You", "body": f"@{victim.username} hey"}),
        client.get(f"{API}/topics/{topic.pk}/"),
        client.get(f"{API}/posts/{post.pk}/"),
    ]
    return [
        (reply.status_code, FLEETING.sub("…", reply.content.decode().replace(pest.username, "…"))) for reply in replies
    ]


def test_07_who_is_ignored_reaches_nobody_by_mention_reply_reaction_or_follow(relay):
    victim, pest, friend = a_member("victim"), a_member("pest"), a_member("friend")
    topic = a_topic(by=victim, title="A kiln")
    post = a_post(topic, by=victim)
    ignore(by=victim, member=pest)
    assert all(status < 400 for status, _body in reach(pest, victim, topic, post))
    relay()
    assert not Notice.objects.filter(member=victim).exists()
    assert not Letter.objects.filter(member=victim).exists()
    paths = [
        "/topics/",
        f"/topics/{topic.pk}/",
        "/notifications/",
        "/search/?q=hey",
        "/members/mine/followers/",
        "/unread/",
    ]
    paths += [f"{API}/topics/{topic.pk}/posts/", f"{API}/topics/?order=new", f"{API}/posts/{post.pk}/reactions/", "/"]
    assert finds(victim, "pest", paths) == []
    reach(friend, victim, topic, post)
    relay()
    kinds = set(Notice.objects.filter(member=victim, by=friend).values_list("kind", flat=True))
    assert kinds == {"reply", "mention", "reaction", "follow"}


def test_07_who_is_ignored_gets_the_same_answers_as_who_is_not():
    victim, pest, friend = a_member("victim"), a_member("pest"), a_member("paul")
    topic = a_topic(by=victim, title="A kiln")
    post = a_post(topic, by=victim, body="It burns.")
    ignore(by=victim, member=pest)
    heard, ignored = (undone(lambda member=member: reach(member, victim, topic, post)) for member in (friend, pest))
    assert ignored == heard
    assert "victim" in heard[1][1]


def test_07_a_mention_after_the_letter_was_queued_is_withheld_when_its_reader_ignores_by_then(relay):
    victim, pest = a_member("victim"), a_member("pest")
    topic = a_topic(by=victim)
    a_post(topic, by=pest, body="@victim you")
    relay()
    assert Letter.objects.filter(member=victim, state="queued").count() == 1
    ignore(by=victim, member=pest)
    assert "pest" not in letters_sent_to(victim)
    assert Letter.objects.get(member=victim).state == "withheld"


def test_08_a_moderator_of_one_board_neither_reads_nor_acts_on_another():
    moderator, author, reporter = a_member(), a_member(), a_member("reporter")
    mine, other = a_board(moderator=moderator), a_board()
    private = a_private_board(author, reporter)
    open_post, secret = (
        a_post(a_topic(board=other)),
        a_post(a_topic(board=private, by=author), by=author, body="Canary"),
    )
    own_case = a_case(a_post(a_topic(board=mine)))
    cases = [a_case(open_post, by=reporter, note="canary"), a_case(secret, by=reporter, note="canary")]
    client, browser = rest(moderator), logged_in(moderator)
    assert [row["id"] for row in client.get(f"{API}/moderation/queue/").json()["results"]] == [str(own_case.pk)]
    decision = {"outcome": "hidden", "reason": "Mine."}
    for case in cases:
        assert told(client.post(f"{API}/moderation/queue/{case.pk}/decision/", decision)) == Told(404, "not_found")
        assert browser.get(f"/moderation/cases/{case.pk}/").status_code == 404
        for act in ("claim", "sanction"):
            assert browser.post(f"/moderation/cases/{case.pk}/{act}/", {}).status_code in {403, 404}
    assert finds(moderator, "reporter", ["/moderation/", "/moderation/log/", f"{API}/moderation/queue/"]) == []
    assert told(client.delete(f"{API}/posts/{open_post.pk}/")) == Told(403, "permission_denied")
    assert told(client.delete(f"{API}/posts/{secret.pk}/")) == Told(404, "not_found")
    state = {"pinned": True, "locked": True}
    assert told(client.patch(f"{API}/topics/{open_post.topic_id}/state/", state)) == Told(403, "permission_denied")
    assert told(client.patch(f"{API}/topics/{secret.topic_id}/state/", state)) == Told(404, "not_found")
    sanction = {"member": author.username, "kind": "warning", "reason": "Mine."}
    assert client.post(f"{API}/moderation/sanctions/", sanction).status_code == 403
    assert client.get(f"{API}/moderation/sanctions/").json()["results"] == []
    assert not Decision.objects.exists()
    assert set(Post.objects.values_list("state", flat=True)) == {"published"}


def test_08_a_moderator_does_not_judge_what_was_flagged_of_their_own_and_learns_no_reporter():
    moderator, reporter = a_member(), a_member("reporter")
    board = a_board(moderator=moderator)
    case = a_case(a_post(a_topic(board=board), by=moderator), by=reporter, note="reporter said so")
    paths = [
        "/moderation/",
        f"/moderation/cases/{case.pk}/",
        "/moderation/flags/",
        "/notifications/",
        "/moderation/log/",
    ]
    paths += [f"{API}/moderation/queue/", f"{API}/moderation/log/", f"{API}/notifications/"]
    assert finds(moderator, "reporter", paths) == []
    decision = {"outcome": "kept", "reason": "Mine."}
    reply = rest(moderator).post(f"{API}/moderation/queue/{case.pk}/decision/", decision)
    assert told(reply) == Told(404, "not_found")


def test_08_the_author_learns_the_reason_but_not_who_flagged(relay):
    moderator, author = a_member(), a_member()
    reporter = a_member("reporter", display_name="The Reporter")
    case = a_case(a_post(a_topic(board=a_board(moderator=moderator)), by=author), by=reporter, note="I saw it")
    decision = {"outcome": "hidden", "reason": "Off topic."}
    assert rest(moderator).post(f"{API}/moderation/queue/{case.pk}/decision/", decision).status_code == 201
    relay()
    statement = logged_in(author).get(f"/moderation/decisions/{Decision.objects.get().pk}/")
    assert "Off topic." in text_of(statement)
    words = text_of(statement) + letters_sent_to(author) + text_of(logged_in(author).get("/notifications/"))
    assert "eporter" not in words
    assert "I saw it" not in words


def test_44_who_left_leaves_a_rating_that_counts_and_a_review_without_a_name(relay):
    leaver = a_member("leaver", display_name="Lee Leaver")
    subject = a_subject(slug="kiln")
    review = a_review(subject, by=leaver, rating=2, body="It cracked.")
    ratings(subject, 5, 4)
    a_steward(subject, maker := a_team(a_member("maker"), slug="makers"))
    path = f"{API}/reviews/{review.pk}/reply/"
    assert rest(maker.memberships.get().member).put(path, {"body": "Sorry to hear."}).status_code in {200, 201}
    before = Subject.objects.get(pk=subject.pk)
    ask_for_erasure(by=leaver)
    while relay():
        pass
    kept = Review.objects.get(pk=review.pk)
    after = Subject.objects.get(pk=subject.pk)
    assert (kept.author.erased_at is not None, kept.author_name, kept.author.email) == (True, "", None)
    assert (kept.rating, kept.source) == (2, "It cracked.")
    assert (after.rating_count, after.score) == (before.rating_count, before.score)
    assert after.rating_count == 3
    paths = ["/subjects/kiln/", "/subjects/kiln/reviews/", f"/reviews/{review.pk}/", f"/reviews/{review.pk}/history/"]
    paths += [
        f"{API}/subjects/kiln/reviews/",
        f"{API}/reviews/{review.pk}/",
        "/search/?q=cracked",
        "/subjects/kiln/ratings.csv",
    ]
    for word in ("leaver", "Leaver", str(leaver.pk)):
        assert finds(None, word, paths) == []
    assert logged_in(None).get("/members/leaver/").status_code == 404
