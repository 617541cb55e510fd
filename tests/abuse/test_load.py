"""What would cost the machine too much, and parts of it that are away (abuse cases 35 and 36)."""

import datetime as dt
import time

import pytest
import redis
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.boards.models import Board, Post, Topic
from community.foundation import clock, guest_cache, limits
from community.ideas.answering import answer_idea
from community.ideas.models import IdeaVote
from community.members import allowances
from community.members.models import Member
from community.notifications import announcing, noticing
from community.notifications.models import Letter, Notice
from community.outbox import tasks as outbox_tasks
from community.outbox.models import Delivery
from community.polls.models import Option, Poll
from config.celery import app
from tests.factories.boards import a_board, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, an_operator, logged_in, with_token
from tests.factories.notifications import an_announcement

NOWHERE = "redis://127.0.0.1:9/0"  # the discard port: nothing listens there


def api(member: Member) -> Client:
    return Client(headers=with_token(member))


def queries_of(path: str, client: Client | None = None) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        reply = (client or Client()).get(path)
    assert reply.status_code == 200, path
    return [query["sql"] for query in captured.captured_queries]


# 35 ─ shapes of load


@pytest.mark.django_db
def test_35_many_different_addresses_of_one_page_stay_bounded(settings) -> None:
    """Each costs the same few queries, leaves no row, and keeps nothing for longer than a few seconds."""
    settings.GUEST_PAGES_NEARBY = 8
    board = a_topic().board
    counts = [len(queries_of(f"{board.get_absolute_url()}?utm={number}")) for number in range(40)]
    assert max(counts) <= 10
    assert len(guest_cache._near) <= 8
    client = redis.Redis.from_url(settings.REDIS_URL)
    kept = list(client.scan_iter("cache*guest:*"))
    assert len(kept) <= 40
    for_ever = -1
    assert all(for_ever < left <= guest_cache.SECONDS for left in map(client.ttl, kept) if left != -2)  # -2: gone since


@pytest.mark.django_db
def test_35_a_scraper_of_the_search_is_slowed_and_a_member_is_not() -> None:
    if (second := time.time() % 60) > 50:  # what is counted a minute is counted anew when the clock's minute begins
        time.sleep(60.1 - second)
    guest = Client()
    answers = [guest.get("/search/", {"q": f"word{number}"}).status_code for number in range(31)]
    assert answers == [200] * 30 + [429]
    refused = guest.get("/api/v1/search/", {"q": "more"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (429, "throttled")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert logged_in(a_member()).get("/search/", {"q": "word"}).status_code == 200


STRANGE = ["abc", "-1", "0", "1.5", "1e9", "99999999999999999999", "٣", "", "1 OR 1=1", "１"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", STRANGE)
def test_35_a_page_that_is_no_number_is_a_404_and_never_an_error(page: str) -> None:
    topic = a_topic()
    assert Client().get(topic.get_absolute_url(), {"page": page}).status_code == 404
    assert Client().get("/boards/", {"page": page}).status_code == 200  # not one of its parameters
    assert Client().get("/api/v1/boards/", {"page": page}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["abc", "e30", "W10", "WzAsMV0", "\x00", "x" * 5000])
@pytest.mark.parametrize("path", ["/topics/", "/tags/", "/api/v1/topics/", "/api/v1/tags/", "/search/?q=rain"])
def test_35_a_made_up_cursor_is_a_400(path: str, cursor: str) -> None:
    a_topic(title="Rain", tags=["one"])
    assert Client().get(path, {"cursor": cursor, **({"q": "rain"} if "q=" in path else {})}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["0", "-1", "101", "1000000000", "0000019999", "x", "１０"])
def test_35_a_page_is_never_larger_than_a_hundred(size: str) -> None:
    assert Client().get("/api/v1/topics/", {"page_size": size}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["title", "-author__email", "html", "score;drop", "\x00"])
def test_35_no_list_is_ordered_by_what_has_no_index(order: str) -> None:
    assert Client().get("/topics/", {"order": order}).status_code == 400
    assert Client().get("/api/v1/topics/", {"order": order}).status_code == 400
    assert Client().get("/api/v1/subjects/", {"order": order}).status_code == 400


def many_topics(board: Board, number: int) -> None:
    """Rows as bulk imports make them; each is bumped at a moment of its own."""
    moment = clock.now()
    by = a_member()
    Topic.objects.bulk_create(
        Topic(board=board, author=by, title=f"T{n}", bumped_at=moment - dt.timedelta(minutes=n), last_poster=by)
        for n in range(number)
    )


@pytest.mark.django_db
def test_35_the_deepest_page_of_a_list_is_asked_by_its_key() -> None:
    board = a_board()
    many_topics(board, 130)
    client, cursor, seen, shapes = Client(), None, [], set()
    while True:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            reply = client.get(
                f"/api/v1/boards/{board.slug}/topics/",
                {"order": "new", "page_size": 20, **({"cursor": cursor} if cursor else {})},
            )
        found = reply.json()
        seen += [row["title"] for row in found["results"]]
        shapes.add(len(captured.captured_queries))
        assert not [query["sql"] for query in captured.captured_queries if " OFFSET " in query["sql"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert seen == [f"T{n}" for n in range(130)]
    assert len(shapes) == 1


@pytest.mark.django_db
def test_35_the_last_page_of_a_long_topic_costs_what_the_first_costs() -> None:
    topic = a_topic()
    by = a_member()
    Post.objects.bulk_create(
        Post(topic=topic, author=by, number=n, source="x", html="<p>x</p>", text="x") for n in range(2, 1002)
    )
    Topic.objects.filter(pk=topic.pk).update(post_count=1001, last_number=1001)
    queries_of(topic.get_absolute_url())  # what is the same for every page is cached by now
    pages = {page: queries_of(f"{topic.get_absolute_url()}?page={page}&fresh") for page in (1, 2, 51)}
    assert len({len(queries) for queries in pages.values()}) == 1
    assert not [sql for queries in pages.values() for sql in queries if " OFFSET " in sql]
    assert Client().get(topic.get_absolute_url(), {"page": 52}).status_code == 404


@pytest.mark.django_db
def test_35_a_thousand_mentions_reach_nobody() -> None:
    names = [f"name{number}" for number in range(60)]
    for name in names:
        a_member(name, email=f"{name}@example.org") if name != "name10" else None
    author, board = a_member(), a_board()
    body = " ".join(f"@{names[number % 60]}" for number in range(1_000))
    reply = api(author).post(
        "/api/v1/topics/", {"board": board.slug, "title": "All", "body": body}, content_type="application/json"
    )
    assert (reply.status_code, Topic.objects.count(), Notice.objects.count()) == (429, 0, 0)
    few = " ".join(f"@{name}" for name in names[:5])
    reply = api(author).post(
        "/api/v1/topics/", {"board": board.slug, "title": "Few", "body": few}, content_type="application/json"
    )
    assert reply.status_code == 201
    assert len(Post.objects.get().mentions) == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "options",
    [
        [f"o{number}" for number in range(21)],
        ["x" * 121, "y"],
        ["same", "same"],
        [str(n) for n in range(100_000)],
        ["one"],
    ],
    ids=["21", "long", "same", "100,000", "one"],
)
def test_35_a_poll_has_as_many_answers_as_a_page_can_show(options: list[str]) -> None:
    member, board = a_member(), a_board()
    sent = {"board": board.slug, "title": "Tea?", "body": "Or coffee?", "poll": {"options": options}}
    reply = api(member).post("/api/v1/topics/", sent, content_type="application/json")
    assert reply.status_code == 400
    form = {"title": "Tea?", "body": "Or coffee?", "poll-options": "\n".join(options), "options": "\n".join(options)}
    assert logged_in(member).post(f"/boards/{board.slug}/new/", form).status_code == 400
    assert (Topic.objects.count(), Poll.objects.count(), Option.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [10**9, -1, 10**30, "1e9", 1.5])
def test_35_a_number_of_choices_is_never_taken_as_a_size(number: object) -> None:
    sent = {"board": a_board().slug, "title": "Tea?", "body": "Or coffee?"}
    poll = {"options": ["a", "b"], "kind": "multiple", "most_choices": number}
    reply = api(a_member()).post("/api/v1/topics/", {**sent, "poll": poll}, content_type="application/json")
    assert (reply.status_code, Topic.objects.count()) == (400, 0)


@pytest.mark.django_db
def test_35_everyone_is_told_in_portions_by_the_worker(monkeypatch, relay) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 10)
    monkeypatch.setattr(noticing, "AT_ONCE", 10)
    for _number in range(34):
        a_member()
    announcement = an_announcement(made=False)
    announcing.announce(by=announcement.by, announcement_id=announcement.pk)
    assert Notice.objects.count() == 0, "whoever announces waits for nobody"
    told = []
    while Delivery.objects.filter(state=Delivery.State.PENDING, topic="announcement.made").exists():
        before = Notice.objects.count()
        assert outbox_tasks.relay_due(most=1) == 1
        told.append(Notice.objects.count() - before)
    assert max(told) <= 10
    assert sum(told) == Member.objects.filter(is_active=True).count() == 35


@pytest.mark.django_db
def test_35_ten_times_the_voters_are_told_in_ten_times_the_batches_not_queries_each(monkeypatch, relay) -> None:
    monkeypatch.setattr(noticing, "AT_ONCE", 20)
    counts = []
    for crowd in (20, 40):
        idea = an_idea()
        IdeaVote.objects.bulk_create(
            IdeaVote(idea_id=idea.pk, member=a_member(), created_at=clock.now()) for _number in range(crowd)
        )
        relay()
        answer_idea(by=an_operator(), topic_id=idea.pk, status="planned", answer="Soon.")
        with CaptureQueriesContext(connection) as captured:
            relay()
        counts.append(len(captured.captured_queries))
        assert Notice.objects.filter(kind="idea", target_id=idea.pk).count() >= crowd
    assert counts[1] <= counts[0] + 20


# 36 ─ Valkey or the worker is away


@pytest.fixture
def without_valkey(settings, monkeypatch) -> None:
    """Cache, limits and broker at a port where nothing listens."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}
    monkeypatch.setattr(limits, "_client", redis.Redis.from_url(NOWHERE, socket_connect_timeout=0.5))
    monkeypatch.setattr(app.conf, "broker_write_url", NOWHERE)  # first: what it is put back to is asked of broker_url
    monkeypatch.setattr(app.conf, "broker_url", NOWHERE)
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with pytest.raises(redis.RedisError):
        limits._client.ping()


@pytest.mark.django_db
def test_36_without_valkey_everyone_reads(without_valkey) -> None:
    topic = a_topic(title="Rain", body="It rains.")
    paths = [
        "/",
        "/boards/",
        "/topics/",
        topic.get_absolute_url(),
        "/search/?q=rain",
        "/api/v1/topics/",
        "/feeds/topics.atom",
    ]
    for client in (Client(), logged_in(a_member())):
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert b"Rain" in Client().get("/search/?q=rain").content


@pytest.mark.django_db
def test_36_without_valkey_members_log_in_and_write_and_the_notice_comes_later(
    without_valkey, django_capture_on_commit_callbacks
) -> None:
    asker = a_member("mina")
    topic = a_topic(by=asker)
    writer = a_member("sora", password="courtyard-morning-7")
    outbox_tasks.relay_due()
    browser = Client()
    assert browser.post("/accounts/login/", {"login": "sora", "password": "courtyard-morning-7"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        sent = browser.post(f"/topics/{topic.pk}/reply/", {"body": "By page.", "reply_to": str(topic.posts.get().pk)})
        written = api(writer).post(
            f"/api/v1/topics/{topic.pk}/posts/",
            {"body": "By app."},
            content_type="application/json",
            headers={"Idempotency-Key": "one"},
        )
    assert (sent.status_code, written.status_code) == (302, 201)
    assert topic.posts.count() == 3
    assert Notice.objects.count() == 0
    assert outbox_tasks.relay_by_clock(None)["tried"] > 0
    assert Notice.objects.filter(member=asker, kind="reply").count() == 1
    assert Letter.objects.filter(member=asker).count() == 1
    assert logged_in(asker).get("/notifications/").status_code == 200


@pytest.mark.django_db
def test_36_what_a_refused_act_would_have_told_is_never_told(without_valkey) -> None:
    topic = a_topic()
    Topic.objects.filter(pk=topic.pk).update(locked=True)
    waiting = Delivery.objects.count()
    reply = api(a_member()).post(f"/api/v1/topics/{topic.pk}/posts/", {"body": "x"}, content_type="application/json")
    assert reply.status_code in {403, 409}
    assert Delivery.objects.count() == waiting


@pytest.mark.django_db
def test_36_the_limits_that_must_hold_hold_without_valkey(without_valkey) -> None:
    member, topic = a_member(), a_topic()
    client = api(member)
    most = allowances.LIMITS["post"].minute
    statuses = [
        client.post(
            f"/api/v1/topics/{topic.pk}/posts/", {"body": f"n{number}"}, content_type="application/json"
        ).status_code
        for number in range(most + 1)
    ]
    assert statuses == [201] * most + [429]


@pytest.mark.django_db
def test_36_health_says_which_part_is_away(without_valkey) -> None:
    reply = Client().get("/health/")
    assert (reply.status_code, reply.json()["status"], reply.json()["parts"]["cache"]) == (200, "limping", "down")
    assert "127.0.0.1" not in reply.content.decode()
