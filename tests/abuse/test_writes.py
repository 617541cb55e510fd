"""Write: fields that nobody offered, threads that are closed, boards of others, second sends (abuse_cases.md 10–14, 16–18, 20)."""

import uuid
from datetime import timedelta

import pytest

from community.boards.models import Post, Revision, Topic
from community.boards.removing import remove_post
from community.foundation import clock
from community.ideas.models import Idea
from community.members import trust
from community.members.leaving import ask_for_erasure
from community.members.models import Member
from community.moderation.models import Case
from community.notifications.models import Notice
from community.reactions.models import Reaction
from community.reviews.models import Review
from tests.abuse.kit import API, Told, rest, told
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, logged_in
from tests.factories.moderation import a_case
from tests.factories.polls import a_poll
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject
from tests.rest.calls import all_calls
from tests.rest.schema import operations

pytestmark = pytest.mark.django_db
COVETED = (
    "is_operator",
    "is_moderator",
    "trust_level",
    "author",
    "author_id",
    "number",
    "state_by",
    "verified",
    "score_sum",
)
WITH_BODY = sorted(name for name, (_path, _method, operation) in operations().items() if "requestBody" in operation)


@pytest.mark.parametrize("operation_id", WITH_BODY)
def test_10_no_operation_takes_a_field_that_it_does_not_document(operation_id):
    path, method, _operation = operations()[operation_id]
    call = all_calls()[operation_id]()
    if not isinstance(call.body, dict):  # a file, tried by tests/community/uploads
        return
    client = rest(call.by)
    for name in COVETED:
        key = {"Idempotency-Key": name}  # some refuse to run without one
        reply = getattr(client, method)(path.format(**call.kwargs), {**call.body, name: 1}, headers=key)
        assert (name, told(reply)) == (name, Told(400, "unknown_field"))


def test_10_extra_fields_of_a_form_are_not_taken():
    member, other, board = a_member("mina"), a_member(), a_board()
    client = logged_in(member)
    coveted = {"author": str(other.pk), "author_id": str(other.pk), "pinned": "on", "locked": "on", "score": "99"}
    coveted |= {"hot": "99", "state": "hidden", "number": "7", "created_at": "2001-01-01", "board": a_board().pk}
    form = {"title": "Rain", "body": "It rains.", "submission": str(uuid.uuid4()), **coveted}
    assert client.post(f"/boards/{board.slug}/new/", form).status_code == 302
    topic = Topic.objects.get()
    assert (topic.author, topic.board, topic.pinned, topic.locked) == (member, board, False, False)
    assert (topic.score, topic.state, topic.created_at.year > 2001) == (0, "published", True)
    assert client.post(f"/topics/{topic.pk}/reply/", {"body": "And again.", **coveted}).status_code == 302
    post = topic.posts.get(number=2)
    assert (post.author, post.state) == (member, "published")
    me = {"display_name": "Mina", "is_operator": "on", "is_staff": "on", "is_moderator": "on", "trust_level": "4"}
    client.post("/settings/", {**me, "bio": "", "language": "en", "time_zone": ""})
    member.refresh_from_db()
    assert (member.is_operator, member.is_moderator, member.trust_level) == (False, False, 1)


def test_10_nobody_vouches_for_their_own_review():
    subject = a_subject(slug="kiln")
    form = {"rating": "5", "body": "It burns.", "verified": "on", "verified_at": "2026-01-01", "helpful_count": "99"}
    form |= {"incentive": "", "incentive_by_vendor": "off", "judged": "on", "helpfulness": "1"}
    assert logged_in(a_member()).post("/subjects/kiln/reviews/new/", form).status_code == 302
    review = Review.objects.get(subject=subject)
    assert (review.helpful_count, review.judged) == (0, False)
    assert rest(a_member()).get(f"{API}/reviews/{review.pk}/").json()["verified"] is False


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ({"locked": True}, Told(409, "topic_locked")),
        ({"state": "hidden"}, Told(404, "not_found")),
        ({"state": "removed"}, Told(404, "not_found")),
    ],
)
def test_11_no_reply_reaches_a_closed_topic(state, refusal):
    topic, member = a_topic(), a_member()
    Topic.objects.filter(pk=topic.pk).update(**state)
    assert told(rest(member).post(f"{API}/topics/{topic.pk}/posts/", {"body": "Still."})) == refusal
    assert logged_in(member).post(f"/topics/{topic.pk}/reply/", {"body": "Still."}).status_code == refusal.status
    assert Post.objects.filter(topic=topic).count() == 1


def test_11_no_reply_reaches_a_merged_topic_or_one_without_an_opening_post():
    author, member = a_member(), a_member()
    into, merged, bare = a_topic(), a_topic(), a_topic()
    Topic.objects.filter(pk=merged.pk).update(state="merged", merged_into=into)
    assert told(rest(member).post(f"{API}/topics/{merged.pk}/posts/", {"body": "Still."})) == Told(404, "not_found")
    bare.locked = True
    bare.save(update_fields=["locked"])
    Post.objects.filter(topic=bare).delete()  # the rules of a topic hang on no opening post
    assert told(rest(member).post(f"{API}/topics/{bare.pk}/posts/", {"body": "Still."})) == Told(409, "topic_locked")
    own_only = a_topic(board=a_board(own_topics_only=True), by=author)
    Post.objects.filter(topic=own_only).delete()
    assert told(rest(member).post(f"{API}/topics/{own_only.pk}/posts/", {"body": "Hi."})) == Told(404, "not_found")


def test_11_a_reply_answers_no_post_of_another_topic_and_none_that_is_hidden():
    member, topic = a_member(), a_topic()
    private = a_post(a_topic(board=a_private_board(owner := a_member()), by=owner), by=owner)
    hidden = a_post(topic)
    Post.objects.filter(pk=hidden.pk).update(state="hidden")
    for other in (a_post(), private, hidden):
        reply = rest(member).post(f"{API}/topics/{topic.pk}/posts/", {"body": "So.", "reply_to": str(other.pk)})
        assert told(reply) == Told(400, "does_not_exist")
    assert not Post.objects.filter(author=member).exists()


def test_12_who_moderates_one_board_takes_no_topic_to_or_from_another():
    moderator = a_member()
    mine, other = a_board(moderator=moderator), a_board()
    private = a_private_board(a_member())
    here, there = a_topic(board=mine), a_topic(board=other)
    post = a_post(there)
    client = rest(moderator)
    no_right, absent = Told(403, "permission_denied"), Told(400, "does_not_exist")
    assert told(client.patch(f"{API}/topics/{here.pk}/state/", {"board": other.slug})) == no_right
    assert told(client.patch(f"{API}/topics/{here.pk}/state/", {"board": private.slug})) == absent
    assert told(client.patch(f"{API}/topics/{there.pk}/state/", {"board": mine.slug})) == no_right
    assert told(client.post(f"{API}/topics/{here.pk}/merge/", {"into": str(there.pk)})) == no_right
    assert told(client.post(f"{API}/topics/{there.pk}/merge/", {"into": str(here.pk)})) == no_right
    assert told(client.post(f"{API}/topics/{there.pk}/split/", {"posts": [str(post.pk)], "title": "Mine"})) == no_right
    foreign = client.post(f"{API}/topics/{here.pk}/split/", {"posts": [str(post.pk)], "title": "Mine"})
    assert told(foreign) == Told(400, "nothing_to_move")
    browser = logged_in(moderator)
    assert browser.post(f"/topics/{here.pk}/move/", {"board": str(other.pk)}).status_code in {400, 403}
    assert browser.post(f"/topics/{there.pk}/move/", {"board": str(mine.pk)}).status_code == 403
    assert browser.post(f"/topics/{here.pk}/merge/", {"into": f"/topics/{there.pk}/"}).status_code == 403
    assert set(Topic.objects.values_list("pk", "board", "state")) == {
        (here.pk, mine.pk, "published"),
        (there.pk, other.pk, "published"),
    }


def test_13_an_edit_after_the_grace_by_rest_leaves_what_it_said_and_a_mark():
    author, reader = a_member(), a_member()
    post = a_post(by=author, body="I promise a refund.")
    client, address = rest(author), f"{API}/posts/{post.pk}/"
    with clock.shifted(timedelta(minutes=4)):
        assert client.patch(address, {"body": "I promise a full refund."}).json()["revision_count"] == 0
    with clock.shifted(timedelta(minutes=6)):
        assert client.patch(address, {"body": "I promise nothing."}).status_code == 200
    shown = rest(reader).get(address).json()
    assert (shown["revision_count"], shown["edited_at"] is not None) == (1, True)
    told_before = rest(reader).get(f"{address}revisions/").json()["results"]
    assert [row["body"] for row in told_before] == ["I promise a full refund."]
    assert told(client.patch(address, {"body": "So.", "edited_at": None})) == Told(400, "unknown_field")


@pytest.mark.parametrize("state", [{"locked": True}, {"state": "hidden"}])
def test_13_what_is_closed_is_not_edited_by_its_author(state):
    author = a_member()
    topic = a_topic(by=author)
    post = a_post(topic, by=author, body="Old.")
    Topic.objects.filter(pk=topic.pk).update(**state)
    wanted = Told(409, "topic_locked" if "locked" in state else "topic_gone")
    assert told(rest(author).patch(f"{API}/posts/{post.pk}/", {"body": "New."})) == wanted
    assert told(rest(author).patch(f"{API}/topics/{topic.pk}/", {"title": "New."})) == wanted
    assert Post.objects.get(pk=post.pk).source == "Old."
    assert not Revision.objects.exists()


def test_13_nobody_edits_what_another_wrote():
    post, stranger = a_post(body="Old."), a_member()
    refused = Told(403, "permission_denied")
    assert told(rest(stranger).patch(f"{API}/posts/{post.pk}/", {"body": "New."})) == refused
    assert told(rest(stranger).patch(f"{API}/topics/{post.topic_id}/", {"title": "New."})) == refused
    assert told(rest(stranger).delete(f"{API}/posts/{post.pk}/")) == refused
    assert logged_in(stranger).post(f"/posts/{post.pk}/edit/", {"body": "New."}).status_code == 403
    assert Post.objects.get(pk=post.pk).source == "Old."


def test_14_a_form_or_a_keyed_request_sent_twice_is_one_post():
    member, topic = a_member(), a_topic()
    form = {"body": "Once.", "submission": str(uuid.uuid4())}
    replies = [logged_in(member).post(f"/topics/{topic.pk}/reply/", form) for _time in range(2)]
    assert replies[0].headers["Location"] == replies[1].headers["Location"]
    keyed = [
        rest(member).post(f"{API}/topics/{topic.pk}/posts/", {"body": "Twice?"}, headers={"Idempotency-Key": "k"})
        for _time in range(2)
    ]
    assert [reply.status_code for reply in keyed] == [201, 201]
    assert keyed[0].json() == keyed[1].json()
    assert list(Post.objects.filter(topic=topic, number__gt=1).values_list("source", flat=True)) == ["Once.", "Twice?"]


def test_14_the_key_of_another_gives_neither_their_reply_nor_their_post():
    member, thief, topic = a_member(), a_member(), a_topic()
    key, path = {"Idempotency-Key": "guessed"}, f"{API}/topics/{topic.pk}/posts/"
    first = rest(member).post(path, {"body": "Mine."}, headers=key).json()
    second = rest(thief).post(path, {"body": "Mine."}, headers=key).json()
    assert first["id"] != second["id"]
    form = {"body": "Theirs.", "submission": str(uuid.uuid4())}
    logged_in(member).post(f"/topics/{topic.pk}/reply/", form)
    logged_in(thief).post(f"/topics/{topic.pk}/reply/", form)
    assert Post.objects.filter(topic=topic, source="Theirs.", author=thief).count() == 1
    reused = rest(member).post(path, {"body": "Another."}, headers=key)
    assert told(reused).status == 422


def test_15_nobody_votes_twice_or_for_oneself(django_assert_max_num_queries):
    author, fan = a_member(), a_member()
    idea = an_idea()
    for _time in range(3):
        assert rest(fan).put(f"{API}/topics/{idea.pk}/votes/").status_code == 200
        logged_in(fan).post(f"/topics/{idea.pk}/vote/")
        rest(fan).put(f"{API}/topics/{idea.pk}/votes/")
    idea.refresh_from_db()
    assert (idea.vote_count, idea.votes.count()) == (1, 1)
    post = a_post(by=author)
    assert told(rest(author).put(f"{API}/posts/{post.pk}/reactions/like/")) == Told(403, "own_post")
    review = a_review(by=author)
    assert told(rest(author).put(f"{API}/reviews/{review.pk}/helpful/", {"helpful": True})).status == 403
    for _time in range(2):
        rest(fan).put(f"{API}/reviews/{review.pk}/helpful/", {"helpful": True})
        rest(fan).put(f"{API}/posts/{post.pk}/reactions/like/")
    review.refresh_from_db()
    post.refresh_from_db()
    assert (review.helpful_count, post.reaction_count) == (1, 1)


def test_16_nobody_reacts_to_or_votes_on_what_they_cannot_see():
    owner, stranger = a_member(), a_member()
    private = a_topic(board=a_private_board(owner), by=owner)
    idea = an_idea(board=a_private_board(owner, kind="idea"), by=owner)
    poll = a_poll(topic=private)
    hidden = a_post()
    Post.objects.filter(pk=hidden.pk).update(state="hidden")
    client, absent = rest(stranger), Told(404, "not_found")
    for post in (private.posts.get(), hidden):
        assert told(client.put(f"{API}/posts/{post.pk}/reactions/like/")) == absent
        assert told(client.get(f"{API}/posts/{post.pk}/reactions/")) == absent
        assert logged_in(stranger).post(f"/posts/{post.pk}/reactions/like/").status_code == 404
    assert told(client.put(f"{API}/topics/{idea.pk}/votes/")) == absent
    choice = {"choices": [str(poll.options.first().pk)]}
    assert told(client.put(f"{API}/topics/{private.pk}/poll/votes/", choice)) == absent
    assert not Reaction.objects.exists()
    assert (Idea.objects.get().vote_count, poll.ballots.count()) == (0, 0)


def test_17_accepting_ones_own_answer_earns_nothing(relay):
    asker = a_member()
    topic = a_topic(board=a_board(kind="question"), by=asker)
    answer = a_post(topic, by=asker)
    relay()
    before = trust.measure([asker.pk])[asker.pk]
    assert rest(asker).put(f"{API}/topics/{topic.pk}/answer/", {"post": str(answer.pk)}).status_code == 200
    relay()
    assert trust.measure([asker.pk])[asker.pk] == before
    assert not Notice.objects.exists()
    stranger = rest(a_member()).put(f"{API}/topics/{topic.pk}/answer/", {"post": str(answer.pk)})
    assert told(stranger) == Told(403, "permission_denied")


def test_17_a_closed_poll_takes_no_vote_no_change_and_no_second_closing():
    author, voter, late = a_member(), a_member(), a_member()
    poll = a_poll(by=author)
    first, second = poll.options.order_by("pk")[:2]
    address, closed = f"{API}/topics/{poll.topic_id}/poll/", Told(409, "poll_closed")
    assert rest(voter).put(f"{address}votes/", {"choices": [str(first.pk)]}).status_code == 200
    assert told(rest(voter).post(f"{address}closing/")) == Told(403, "permission_denied")
    assert rest(author).post(f"{address}closing/").status_code == 201
    for member in (voter, late, author):
        assert told(rest(member).put(f"{address}votes/", {"choices": [str(second.pk)]})) == closed
    assert told(rest(voter).delete(f"{address}votes/")) == closed
    assert told(rest(author).post(f"{address}closing/")) == closed
    assert [option.votes for option in poll.options.order_by("pk")[:2]] == [1, 0]


def test_20_spam_that_its_author_takes_away_stays_with_the_moderators():
    spammer, moderator = a_member(), a_member()
    board = a_board(moderator=moderator)
    post = a_post(a_topic(board=board), by=spammer, body="Buy cheap kilns at kilns.example")
    case = a_case(post)
    assert rest(spammer).patch(f"{API}/posts/{post.pk}/", {"body": "Hello."}).status_code == 200
    assert rest(spammer).delete(f"{API}/posts/{post.pk}/").status_code == 204
    [row] = rest(moderator).get(f"{API}/moderation/queue/").json()["results"]
    assert row["id"] == str(case.pk)
    assert "Buy cheap kilns" in logged_in(moderator).get(f"/moderation/cases/{case.pk}/").content.decode()
    decision = {"outcome": "hidden", "reason": "Spam."}
    assert rest(moderator).post(f"{API}/moderation/queue/{case.pk}/decision/", decision).status_code == 201
    assert told(rest(spammer).post(f"{API}/posts/{post.pk}/restore/", {})) == Told(403, "permission_denied")
    assert Post.objects.get(pk=post.pk).state == "hidden"


def test_20_leaving_does_not_take_spam_out_of_the_queue(relay):
    spammer, moderator = a_member(), a_member()
    post = a_post(a_topic(board=a_board(moderator=moderator)), by=spammer, body="Buy cheap kilns")
    case = a_case(post)
    remove_post(by=spammer, post=post)
    ask_for_erasure(by=spammer)
    while relay():
        pass
    assert Member.objects.get(pk=spammer.pk).erased_at is not None
    assert Case.objects.get(pk=case.pk).state == "open"
    assert "Buy cheap kilns" in logged_in(moderator).get(f"/moderation/cases/{case.pk}/").content.decode()
