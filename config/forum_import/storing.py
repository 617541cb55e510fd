"""Stores checked lines: a batch is one transaction, and a line that stands there already changes only what differs."""

import random
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from community.boards import counting, writing
from community.boards.arranging import open_to_all, settle_board
from community.boards.models import Board, Post, Topic
from community.foundation.problems import Problem
from community.members.models import Member
from community.members.naming import ensure_free
from config.corpus.weaving import uuid7_at
from config.forum_import.checking import Entry, Refusal


@dataclass
class Outcome:
    """What became of the lines of a batch; `refused` are (line, reason)."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


class Store:
    """One import: remembers which key of the file is which row. `source` sets the keys of different files apart."""

    def __init__(self, source: str, *, match_members: bool = False) -> None:
        self.source, self.match_members = source, match_members
        self.members: dict[str, uuid.UUID] = {}
        self.boards: dict[str, uuid.UUID] = {}
        self.chance = random.SystemRandom()

    def store(self, entries: list[Entry]) -> Outcome:
        """The lines of one batch, in their order."""
        outcome = Outcome()
        with transaction.atomic():
            self.touched: dict[uuid.UUID, Topic] = {}
            for entry in entries:
                try:
                    with transaction.atomic():
                        what = getattr(self, f"_{entry.type}")(entry)
                    setattr(outcome, what, getattr(outcome, what) + 1)
                except (Refusal, Problem) as refusal:
                    outcome.refused.append((entry.number, str(getattr(refusal, "detail", refusal))))
            for topic in self.touched.values():
                counting.resettle(topic)
        return outcome

    def _named(self, entry: Entry) -> str:
        return f"{self.source}:{entry.key}"

    def _member(self, entry: Entry) -> str:
        values = entry.values
        known = Member.objects.named(values["username"]).first()
        if known is not None:
            if known.email and not self.match_members:
                raise Refusal("a member of that name has an account here; --match-members takes them for the same")
            self.members[entry.key] = known.pk
            return "unchanged"
        ensure_free(values["username"])
        member = Member(id=uuid7_at(values["joined_at"], self.chance), created_at=values["joined_at"], **values)
        member.set_unusable_password()
        member.save()
        self.members[entry.key] = member.pk
        return "imported"

    def _board(self, entry: Entry) -> str:
        values = dict(entry.values)
        is_open = values.pop("open")
        known = Board.objects.filter(slug=values["slug"]).first()
        if known is None:
            known = Board.objects.create(**values)
            settle_board(board=open_to_all(known) if is_open else known)
            self.boards[entry.key] = known.pk
            return "imported"
        self.boards[entry.key] = known.pk
        return "unchanged"

    def _topic(self, entry: Entry) -> str:
        values, name = entry.values, self._named(entry)
        board, author = self._board_of(values["board"]), self._author_of(values["author"])
        known = Topic.objects.select_for_update(of=("self",)).filter(imported_as=name).first()
        if known is not None:
            return self._changed_topic(known, values)
        moment = values["created_at"]
        topic = Topic.objects.create(
            id=uuid7_at(moment, self.chance),
            board=board,
            author_id=author,
            title=values["title"],
            own_only=board.own_topics_only,
            pinned=values["pinned"],
            locked=values["locked"],
            created_at=moment,
            bumped_at=moment,
            last_poster_id=author,
            last_number=1,
            search=writing.title_document(values["title"]),
            imported_as=name,
        )
        self._write(Post(topic=topic, number=1, author_id=author), values, f"{name}/opening", title=values["title"])
        if values["tags"]:
            writing.set_tags(topic, values["tags"])
        counting.topic_appeared(topic)
        self.touched[topic.pk] = topic
        return "imported"

    def _changed_topic(self, topic: Topic, values: dict[str, Any]) -> str:
        opening = Post.objects.get(topic=topic, number=1)
        if topic.title == values["title"] and opening.source == values["body"]:
            return "unchanged"
        topic.title, topic.search = values["title"], writing.title_document(values["title"])
        topic.save(update_fields=["title", "search"])
        writing.write(opening, values["body"], title=values["title"])
        opening.save(update_fields=writing.WRITTEN_FIELDS)
        return "updated"

    def _post(self, entry: Entry) -> str:
        values, name = entry.values, self._named(entry)
        author = self._author_of(values["author"])
        known = Post.objects.select_for_update(of=("self",)).filter(imported_as=name).first()
        if known is not None:
            if known.source == values["body"]:
                return "unchanged"
            writing.write(known, values["body"])
            known.save(update_fields=writing.WRITTEN_FIELDS)
            return "updated"
        topic = self._topic_of(values["topic"])
        answered = self._post_of(topic, values["reply_to"]) if values["reply_to"] else None
        topic.last_number += 1
        Topic.objects.filter(pk=topic.pk).update(last_number=F("last_number") + 1)
        post = Post(topic=topic, number=topic.last_number, author_id=author, reply_to=answered)
        self._write(post, values, name)
        self.touched[topic.pk] = topic
        return "imported"

    def _write(self, post: Post, values: dict[str, Any], name: str, *, title: str | None = None) -> None:
        post.id, post.created_at = uuid7_at(values["created_at"], self.chance), values["created_at"]
        post.imported_as = name
        writing.write(post, values["body"], title=title)
        post.save(force_insert=True)

    def _author_of(self, key: str) -> uuid.UUID | None:
        """None stands for a former member."""
        if key and key not in self.members:
            raise Refusal(f"no member “{key}” stands above this line")
        return self.members[key] if key else None

    def _board_of(self, key: str) -> Board:
        if key not in self.boards:
            raise Refusal(f"no board “{key}” stands above this line")
        return Board.objects.get(pk=self.boards[key])

    def _topic_of(self, key: str) -> Topic:
        rows = Topic.objects.select_for_update(of=("self",)).filter(imported_as=f"{self.source}:{key}")
        topic = rows.first()
        if topic is None:
            raise Refusal(f"no topic “{key}” stands above this line")
        return self.touched.get(topic.pk, topic)

    def _post_of(self, topic: Topic, key: str) -> Post:
        post = Post.objects.filter(topic=topic, imported_as=f"{self.source}:{key}").first()
        if post is None:
            raise Refusal(f"no post “{key}” stands above this line in its topic")
        return post
