"""Writes a woven community by COPY, in one transaction: all of it stands there, or nothing."""

import datetime as dt
import multiprocessing
import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction

from community.boards import hotness
from community.boards.arranging import open_to_all, settle_board
from community.boards.models import Board, BoardCategory, Post, Topic
from community.foundation import markdown
from community.members import names
from community.members.models import Member
from config.corpus.weaving import Plan, WovenTopic, sizes_of, uuid7_at, weave

TOPICS_A_PART = 250
_KOREAN_NAMES = "나무 바다 하늘 노을 구름 이슬 새벽 마루 가람 누리 다온 라온 미르 보람 샛별 아라 여울 윤슬 은하 해솔"
Told = Callable[[int, int], None]


class AlreadyMade(Exception):
    """A corpus of this seed stands there."""


def make(*, boards: int, topics: int, posts: int, members: int, big_topic: int, seed: int, told: Told) -> None:
    """Make and store a corpus; `told(posts so far, all posts)` is called as it goes.

    Raises AlreadyMade, or ValueError for numbers that do not fit together.
    """
    if Board.objects.filter(slug=f"corpus-{seed}-1").exists():
        raise AlreadyMade
    sizes = sizes_of(topics=topics, posts=posts, big_topic=big_topic)
    ends_at = dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        plan = Plan(seed, ends_at, _boards(boards, seed), _members(members, seed, ends_at), sizes)
        with _without_search_indexes():
            _store(plan, told)
        _settle(seed)
    if connection.in_atomic_block:  # a test's
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE community_boards_post, community_boards_topic, community_members_member")


def _boards(count: int, seed: int) -> list[uuid.UUID]:
    category = BoardCategory.objects.create(slug=f"corpus-{seed}", name=f"Corpus {seed}", name_ko=f"만든 글 {seed}")
    made = []
    for number in range(1, count + 1):
        board = Board.objects.create(
            category=category,
            slug=f"corpus-{seed}-{number}",
            name=f"Corner {number}",
            name_ko=f"{number}번 골목",
            kind="question" if number % 5 == 0 else "discussion",
            position=number,
        )
        settle_board(board=open_to_all(board))
        made.append(board.pk)
    return made


def _members(count: int, seed: int, ends_at: dt.datetime) -> list[uuid.UUID]:
    generator = random.Random(f"members-{seed}")  # noqa: S311  (no secret)
    words = _KOREAN_NAMES.split()
    rows = []
    for number in range(1, count + 1):
        joined = ends_at - dt.timedelta(days=730 + generator.random() * 365)
        base = generator.choice(words) if number % 4 else "reader"
        member = Member(
            id=uuid7_at(joined, generator),
            username=f"{base}-{seed}-{_spelt(number)}",
            display_name=f"{generator.choice(words)} {generator.choice(words)}" if number % 3 else "",
            password=make_password(None),
            trust_level=generator.choice((1, 1, 2, 2, 3)),
            created_at=joined,
            joined_at=joined,
            last_seen_at=ends_at,
        )
        member.username_key, member.username_skeleton = names.key(member.username), names.skeleton(member.username)
        member.search = member.search_document()
        rows.append(member)
    Member.objects.bulk_create(rows, batch_size=1000)
    return [member.pk for member in rows]


def _spelt(number: int) -> str:
    """A number as syllables: digits look like letters, and two names must not look alike."""
    return "".join("가나다라마바사아자차"[int(digit)] for digit in str(number))


class Columns:
    """COPY into a model's table: what a row does not give is the model's default."""

    def __init__(self, model: type[models.Model], given: Iterable[str]) -> None:
        self.given = list(given)
        blank = model()
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        rest = [field for field in fields if field.attname not in self.given]
        self.rest = [field.get_db_prep_save(getattr(blank, field.attname), connection) for field in rest]
        columns = {field.attname: field.column for field in fields}
        self.names = [columns[name] for name in self.given] + [field.column for field in rest]
        self.table = model._meta.db_table

    def statement(self) -> str:
        quoted = ", ".join(f'"{name}"' for name in self.names)
        return f'COPY "{self.table}" ({quoted}) FROM STDIN'


_POST = ("id", "topic_id", "number", "author_id", "source", "html", "text", "renderer", "search", "created_at")
_TOPIC = ("id", "board_id", "author_id", "title", "search", "created_at", "bumped_at", "last_poster_id", "last_number", "post_count", "poster_count")  # fmt: skip


def _store(plan: Plan, told: Told) -> None:
    topics, posts = Columns(Topic, _TOPIC), Columns(Post, _POST)
    done, every = 0, sum(plan.sizes)
    for part in _parts(plan):
        with connection.cursor() as cursor, cursor.copy(topics.statement()) as copy:
            for topic in part:
                copy.write_row([*_topic_row(topic), *topics.rest])
        with connection.cursor() as cursor, cursor.copy(posts.statement()) as copy:
            for topic in part:
                for row in _post_rows(topic):
                    copy.write_row([*row, *posts.rest])
        done += sum(len(topic.posts) for topic in part)
        told(done, every)


def _topic_row(topic: WovenTopic) -> list[Any]:
    first, last, count = topic.posts[0], topic.posts[-1], len(topic.posts)
    people = len({post.author for post in topic.posts})
    return [topic.id, topic.board, first.author, topic.title, topic.search, first.at, last.at, last.author, count, count, people]  # fmt: skip


def _post_rows(topic: WovenTopic) -> Iterator[list[Any]]:
    for post in topic.posts:
        yield [post.id, topic.id, post.number, post.author, post.source, post.html, post.text, markdown.VERSION, post.search, post.at]  # fmt: skip


def _parts(plan: Plan) -> Iterator[list[WovenTopic]]:
    """The woven topics, in parts, made on all processors while the database takes in what is ready."""
    bounds = [
        (plan, start, min(start + TOPICS_A_PART, len(plan.sizes))) for start in range(0, len(plan.sizes), TOPICS_A_PART)
    ]
    if len(bounds) == 1:
        yield _part(bounds[0])
        return
    # Forked, so that they need not set up Django again; they never touch the connection that they inherit.
    context = multiprocessing.get_context("fork")
    with context.Pool(min(len(bounds), max(1, (multiprocessing.cpu_count() or 2)))) as pool:
        yield from pool.imap(_part, bounds)


def _part(bounds: tuple[Plan, int, int]) -> list[WovenTopic]:
    return list(weave(*bounds))


class _without_search_indexes:  # noqa: N801  (reads as a clause)
    """While the tables are empty, the search indexes are built once at the end instead of row by row."""

    def __enter__(self) -> None:
        self.definitions: list[str] = []
        if Post.objects.exists() or Topic.objects.exists():
            return
        with connection.cursor() as cursor:
            for name in ("post_search", "topic_search"):
                cursor.execute("SELECT pg_get_indexdef(to_regclass(%s))", [name])
                self.definitions.append(cursor.fetchone()[0])
                cursor.execute(f'DROP INDEX "{name}"')

    def __exit__(self, failed: type | None, *_rest: object) -> None:
        if failed is None and self.definitions:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an index is not built while keys wait to be checked
                cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
                for definition in self.definitions:
                    cursor.execute(definition)


def _settle(seed: int) -> None:
    """Counters of the boards, and what is hot."""
    boards = Board.objects.filter(slug__startswith=f"corpus-{seed}-")
    for board in boards:
        figures = Topic.objects.filter(board=board).aggregate(topics=models.Count("pk"), posts=models.Sum("post_count"))
        board.topic_count, board.post_count = figures["topics"], figures["posts"] or 0
        board.save(update_fields=["topic_count", "post_count"])
    hotness.refresh(Topic.objects.filter(board__in=boards))
