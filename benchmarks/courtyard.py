"""The figures of the courtyard (docs/specification.md, 1.60 to 1.64), on a corpus of 200,000 posts and two web processes.

Every page is compared with its floor: an empty view behind the same middleware that returns as many bytes, asked for by
the same client in the same run, in turns, so that a slow machine is slow for both.
"""

import itertools
import time
import uuid
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import client, letters, place, words
from benchmarks.against import NotAsExpected, compared, run_parts
from benchmarks.client import get, load
from benchmarks.figures import Figures, median, percentile
from benchmarks.place import CSRF, Place
from community.boards.listing import OWN_ORDERS, topics_for
from community.boards.models import Board, Post, Topic
from community.boards.publishing import publish_post
from community.foundation.paging import cursor_after
from community.members.models import Member
from community.reviews.publishing import publish_review
from community.subjects.models import Category, Subject, SubjectKind

READERS = 40  # members whose sessions are used in turn
WRITERS = 600  # each writes one post: how many one member may write in a while is limited


def run(*, small: bool = False) -> Figures:
    figures = Figures()
    took = place.prepare(small=small)
    figures.add("1.54", "corpus made (0: it was there)", took, "s", goal=180, at_least=False)
    members = list(Member.objects.filter(is_active=True, trust_level__gte=2).order_by("pk")[: READERS + WRITERS])
    cookies = [place.cookie_of(member) for member in members]
    readers, writers = cookies[:READERS], cookies[READERS:]
    with place.site() as site:
        parts = {
            "1.60 guests": lambda: guests(figures, site),
            "1.60 freshness": lambda: freshness(figures, site, members[0]),
            "1.61 members": lambda: reading(figures, site, members[0], readers),
            "1.61 depth": lambda: depths(figures, site, readers),
            "1.62 search": lambda: searching(figures, site, readers),
            "1.64 crowd": lambda: crowd(figures, site, readers),
            "1.63 writing": lambda: writing(figures, site, writers),
        }
        run_parts(figures, parts)
        figures.add("1.63", "largest web process", site.largest_web_process(), "MB", goal=200, at_least=False)
    with place.worker() as worker:
        time.sleep(20)  # what the posts of before bring about
        figures.add("1.63", "largest worker process", place.largest_process(worker), "MB", goal=220, at_least=False)
    figures.add("1.63", "digest letters a second", letters.digests_a_second(), "", goal=200)
    return figures


def usual_topic() -> Topic:
    """One of nearly twenty posts, which fit one page."""
    return Topic.objects.filter(post_count__range=(12, 18)).order_by("-bumped_at").first() or Topic.objects.first()


def full_topic() -> Topic:
    """One whose posts fill one page."""
    return Topic.objects.filter(post_count=20).order_by("-bumped_at").first() or usual_topic()


def big_topic() -> Topic:
    return Topic.objects.order_by("-post_count").first()


def a_subject() -> Subject:
    """One with twenty reviews; made by the acts, because the corpus has none."""
    found = Subject.objects.filter(slug="bench-subject").first()
    if found is None:
        category = Category.objects.first() or Category.objects.create(slug="bench", name="Bench", name_ko="재기")
        found = Subject.objects.create(
            slug="bench-subject", name="Bench subject", category=category, kind=SubjectKind.PRODUCT
        )
        found.refresh_from_db()
        for number, member in enumerate(Member.objects.order_by("pk")[:20]):
            publish_review(by=member, subject=found, rating=1 + number % 5, source=f"써 보니 좋았어요. {number}")
    return found


def guests(figures: Figures, site: Place) -> None:
    """Pages as guests get them, against the floor; none of them holds a CSRF token."""
    pages = {
        "board list": "/boards/",
        "topic": usual_topic().get_absolute_url(),
        "subject": f"/subjects/{a_subject().slug}/",
    }
    tokens = 0
    for name, path in pages.items():
        asked = [get(path)]
        first = load(site.port, asked, seconds=1)
        tokens += b"csrfmiddlewaretoken" in first.last_body
        floor = [get(f"/bench/floor/{len(first.last_body)}/")]
        ratio, rate = compared(site, asked, floor)
        figures.add("1.60", f"guests' {name}, share of the floor", ratio, "", goal=0.6, note=f"{rate:,.0f} a second")
    figures.add("1.60", "guests' pages with a CSRF token", tokens, "", goal=0, at_least=False)


def freshness(figures: Figures, site: Place, member: Member) -> None:
    """How long a guest who reloads sees a topic without the post that was just written."""
    topic = usual_topic()
    path, word = topic.get_absolute_url(), f"fresh{uuid.uuid4().hex[:8]}"
    load(site.port, [get(path)], seconds=0.2, connections=1)
    publish_post(by=member, topic=topic, body=f"Here it is: {word}")
    age = client.until(lambda: word.encode() in answer(site, path), seconds=20)
    figures.add(
        "1.60", "a guest's page is at most this old", age, "s", goal=5.5, at_least=False, note="looked every 0.1 s"
    )
    own, nobodys = answer(site, path, place.cookie_of(member)), answer(site, path)
    name = member.username.encode()
    if name not in _frame(own):
        raise NotAsExpected("a member's page does not name the member: nothing can be told of a guest's")
    figures.add("1.60", "members named in a guest's frame", float(name in _frame(nobodys)), "", goal=0, at_least=False)


def answer(site: Place, path: str, cookie: str = "") -> bytes:
    """The body of one page."""
    return load(site.port, [get(path, cookie=cookie)], most=1, connections=1, seconds=10).last_body


def _frame(page: bytes) -> bytes:
    """What stands before the main part: where whoever is logged in is named."""
    return page.split(b"<main", 1)[0]


def reading(figures: Figures, site: Place, member: Member, cookies: list[str]) -> None:
    """The topic list and a topic as members get them, and how many queries they ask."""
    pages = {"topic list": "/topics/?order=new", "topic": usual_topic().get_absolute_url()}
    own = Client(headers={"host": "127.0.0.1"})
    own.force_login(member)
    for name, path in pages.items():
        asked = [get(path, cookie=cookie) for cookie in cookies]
        size = len(load(site.port, asked, seconds=0.5).last_body)
        floor = [get(f"/bench/member-floor/{size}/", cookie=cookie) for cookie in cookies]
        ratio, rate = compared(site, asked, floor)
        figures.add("1.61", f"members' {name}, share of the floor", ratio, "", goal=0.2, note=f"{rate:,.0f} a second")
        own.get(path)
        with CaptureQueriesContext(connection) as queries:
            own.get(path)
        figures.add("1.61", f"members' {name}, queries", len(queries), "", goal=10, at_least=False)


def depths(figures: Figures, site: Place, cookies: list[str]) -> None:
    """The last page of all topics against the first, and a topic of a thousand posts against one of twenty."""
    order = OWN_ORDERS["new"]
    oldest = topics_for(Member.objects.first(), order=order).order_by("bumped_at", "id")[20]
    last = f"/topics/?order=new&cursor={cursor_after(oldest, order.by)}"
    usual, big = full_topic(), big_topic()
    pairs = {
        "last page of all topics against the first": ("/topics/?order=new", last),
        f"topic of {big.post_count} posts against one of {usual.post_count}": (
            usual.get_absolute_url(),
            big.get_absolute_url(),
        ),
    }
    for name, (plain, deep) in pairs.items():
        share = slower(site, plain, deep, cookies)
        figures.add("1.61", name, share, "times", goal=1.3, at_least=False)


def slower(site: Place, plain: str, deep: str, cookies: list[str]) -> float:
    """How many times longer `deep` takes than `plain`: medians, one request at a time, in turns."""
    taken: dict[str, list[float]] = {plain: [], deep: []}
    for _ in range(5):
        for path, times in taken.items():
            times += load(site.port, [get(path, cookie=each) for each in cookies[:10]], most=10, connections=1).times
    return median(taken[deep]) / median(taken[plain])


def searching(figures: Figures, site: Place, cookies: list[str]) -> None:
    """Korean words as members search for them: a common one, a rare one of two syllables, and one that is nowhere."""
    found: dict[str, float] = {}
    turns = itertools.cycle(cookies)
    for kind, word in words.korean().items():
        asked = [get(f"/search/?q={quote(word)}", cookie=next(turns)) for _ in range(25)]
        result = load(site.port, asked, most=len(asked), connections=1, seconds=60)
        if result.count(200) != len(asked):
            figures.missing("1.62", f"search for a {kind} word", f"answers were {result.statuses}")
            return
        found[kind] = median(result.times) * 1000
        figures.add("1.62", f"search for a {kind} word ({word})", found[kind], "ms", goal=100, at_least=False)
    spread = max(found.values()) / min(found.values())
    figures.add("1.62", "slowest of these against the fastest", spread, "times", goal=3, at_least=False)


def crowd(figures: Figures, site: Place, cookies: list[str]) -> None:
    """What fifty distinct guest pages a second do to members' 95th percentile."""
    ids = itertools.cycle(list(Topic.objects.order_by("-created_at").values_list("pk", flat=True)[:6000]))
    strangers = (get(f"/topics/{topic}/?visit={number}") for number, topic in enumerate(ids))
    listed = get("/topics/?order=new", cookie=cookies[0])
    mine: Callable[[], Iterable[bytes]] = lambda: itertools.repeat(listed)  # noqa: E731
    client.steady(site.port, mine(), seconds=3, each_second=20)
    alone, crowded, made, asked = [], [], 0, 0
    for _ in range(2):
        alone += client.steady(site.port, mine(), seconds=10, each_second=20).times
        own, guests = client.together(site.port, first=mine(), rate=20, beside=strangers, beside_rate=50)
        crowded += own.times
        made, asked = made + guests.count(200), asked + len(guests.times)
    if made < asked * 0.95:
        raise NotAsExpected(f"only {made} of {asked} guests got their page")
    before, after = percentile(alone, 0.95) * 1000, percentile(crowded, 0.95) * 1000
    note = f"{before:.0f} ms alone, {after:.0f} ms in the crowd; {made} of {asked} guests got their page"
    figures.add("1.64", "members' 95th percentile beside 50 guest pages a second", after / before, "times", goal=1.2, at_least=False, note=note)  # fmt: skip


def writing(figures: Figures, site: Place, cookies: list[str]) -> None:
    """Posts over HTTP against an empty POST of a member; what follows from a post waits in the outbox."""
    topics = list(Topic.objects.filter(locked=False).exclude(board__in=own_boards()).order_by("-bumped_at")[:200])
    form = urlencode({"csrfmiddlewaretoken": CSRF, "body": "좋은 글 잘 읽었어요. 저도 한번 해 볼게요."}).encode()
    asked = [
        client.post(f"/topics/{topics[number % len(topics)].pk}/reply/", form, cookie=cookie)
        for number, cookie in enumerate(cookies)
    ]
    before = Post.objects.count()
    wrote = load(site.port, asked, most=len(asked), seconds=60)
    stored = Post.objects.count() - before
    if stored < len(asked) * 0.95:
        figures.missing("1.63", "posts a second, share of an empty POST", f"{stored} stored, answers {wrote.statuses}")
        return
    empty = load(site.port, [client.post("/bench/post-floor/", form, cookie=cookie) for cookie in cookies], seconds=3)
    figures.add("1.63", "posts a second, share of an empty POST", wrote.rate / empty.rate, "", goal=0.1, note=f"{wrote.rate:,.0f} a second")  # fmt: skip
    simple = place.pgbench()
    if simple:
        figures.add("1.63", "posts a second, share of pgbench's simple updates", wrote.rate / simple)


def own_boards() -> Iterable[uuid.UUID]:
    return Board.objects.filter(own_topics_only=True).values_list("pk", flat=True)
