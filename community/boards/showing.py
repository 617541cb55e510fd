"""One page of a topic as a member sees it: the posts of a range of numbers, and what may be done with each."""

import functools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from community.boards import extras, listing, rights
from community.boards.models import Post, Topic, TopicSubject
from community.boards.models.posts import PAGE
from community.boards.models.topics import State, signed
from community.foundation import prepared
from community.foundation.clock import how_long_ago
from community.foundation.problems import NotThere
from community.members.standing import has_voice
from community.subjects.models import Subject

TICKS = 24
_SPEAKS_OF = Exists(TopicSubject.objects.filter(topic=OuterRef("pk")))


class MovedTo(Exception):
    """The topic was merged; `topic` is where its posts stand now."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        super().__init__(str(topic.pk))


@dataclass(frozen=True)
class PostShown:
    """A post with what the reader may do with it and what the apps above add."""

    post: Post
    is_answer: bool
    is_own: bool
    may_edit: bool
    may_remove: bool
    may_restore: bool
    may_accept: bool
    may_flag: bool
    parts: Sequence[tuple[str, dict[str, Any]]]

    @property
    def acts(self) -> bool:
        """Whether the reader may do anything with it but answer."""
        return self.may_edit or self.may_remove or self.may_restore or self.may_accept or self.may_flag

    @property
    def looks(self) -> tuple[Any, ...]:
        """All that stands above the text: heads of the same looks are drawn once (`{% drawn %}`)."""
        post, author, answered = self.post, self.post.author, self.post.reply_to
        return (
            (post.pk, post.number, post.state, post.state_reason, bool(post.revision_count), self.is_answer),
            (author.pk, author.username, author.shown_name, author.picture) if author else (),
            (answered.pk, answered.number) if answered else (),
            (post.created_at, how_long_ago(post.created_at)),
        )

    @property
    def foot(self) -> tuple[Any, ...] | None:
        """The same for all that stands below the text; None if an app above does not say what its part shows."""
        post = self.post
        parts = extras.looks_of(self.parts)
        allowed = (self.may_edit, self.may_remove, self.may_restore, self.may_accept, self.may_flag)
        return parts and (post.pk, post.topic_id, post.number, self.is_answer, self.is_own, allowed, parts)


@dataclass(frozen=True)
class TopicShown:
    """A page of a topic."""

    topic: Topic
    tone: str
    posts: list[PostShown]
    number: int
    pages: int
    panels: Sequence[tuple[str, dict[str, Any]]]
    sides: Sequence[tuple[str, dict[str, Any]]]
    subjects: Sequence[TopicSubject]
    ticks: Sequence[tuple[int, Any]]
    may_reply: bool
    may_moderate: bool
    may_edit: bool
    why_not: str

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def near(self) -> list[int]:
        """The numbers of pages to offer: first, last and those around; 0 stands for a gap."""
        wanted = sorted({1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)})
        offered: list[int] = []
        for page in wanted:
            if offered and page > offered[-1] + 1:
                offered.append(0)
            offered.append(page)
        return offered

    @property
    def opening(self) -> PostShown | None:
        return self.posts[0] if self.posts and self.posts[0].post.is_opening else None


def topic_for(member: Any, topic_id: uuid.UUID) -> Any:
    """The topic, if `member` may see it. Raises NotThere, or MovedTo if it was merged into one that they may see."""
    key = rights.outlook(member, "topic")
    topic = prepared.first(key, functools.partial(_visible_topic, member), by=signed(member), topic_id=topic_id)
    if topic is not None:
        return topic
    target = Topic.objects.visible_to(member).filter(absorbed=topic_id).first()
    if target is None:
        raise NotThere
    raise MovedTo(target)


def _visible_topic(member: Any, topic_id: uuid.UUID) -> Any:
    topics = extras.with_panels(listing.with_tags(Topic.objects.visible_to(member).with_row()))
    topics = topics.select_related(None).select_related("board", "author")
    return topics.annotate(speaks_of=_SPEAKS_OF).filter(pk=topic_id)


def _posts_on_page(member: Any, number: int, topic_id: uuid.UUID) -> Any:
    posts = Post.objects.filter(topic=topic_id).visible_to(member).with_people().on_page(number)
    return posts[:PAGE]  # there are no more; said so, PostgreSQL looks up twenty authors instead of reading all members


def topic_page(member: Any, topic_id: uuid.UUID, number: int = 1) -> TopicShown:
    """Page `number` of a topic. Raises NotThere, also for a page beyond the last; MovedTo."""
    topic = topic_for(member, topic_id)
    pages = pages_of(topic)
    if not 1 <= number <= pages:
        raise NotThere
    key = rights.outlook(member, "posts", number)
    build = functools.partial(_posts_on_page, member, number)
    posts = prepared.rows(key, build, by=signed(member), topic_id=topic.pk)
    for post in posts:
        post.topic = topic
    may_moderate = rights.may(member, "moderate", topic.board_id)
    refusal = why_not_reply(member, topic)
    return TopicShown(
        topic=topic,
        tone=listing.TONES[topic.board.kind],
        posts=posts_shown(posts, topic, member),
        number=number,
        pages=pages,
        panels=extras.panels(topic, member),
        sides=extras.panels(topic, member, place="side"),
        subjects=subjects_of(topic, member) if topic.speaks_of else [],
        ticks=_ticks(topic, pages),
        may_reply=not refusal,
        may_moderate=may_moderate,
        may_edit=may_moderate or _own_and_open(member, topic),
        why_not=refusal,
    )


def subjects_of(topic: Topic, member: Any) -> list[TopicSubject]:
    """The subjects that the topic speaks of and `member` may see, the one with the verdict first."""
    seen = Subject.objects.visible_to(member)
    return list(topic.topic_subjects.filter(subject__in=seen).select_related("subject").order_by("pk"))


def pages_of(topic: Topic) -> int:
    return max(1, -(-topic.last_number // PAGE))


def posts_shown(posts: Sequence[Post], topic: Topic, member: Any) -> list[PostShown]:
    """The posts with what `member` may do; a constant number of queries."""
    moderates = rights.may(member, "moderate", topic.board_id)
    own_open = topic.is_published and not topic.locked and has_voice(member)
    asker = (moderates or (member.is_authenticated and topic.author_id == member.pk)) and topic.is_question
    parts = extras.post_parts(list(posts), member)
    return [
        PostShown(
            post=post,
            is_answer=topic.answer_id == post.pk,
            is_own=member.is_authenticated and post.author_id == member.pk,
            may_edit=moderates or (own_open and post.author_id == member.pk and post.is_published),
            may_remove=post.is_published and (moderates or (has_voice(member) and post.author_id == member.pk)),
            may_restore=not post.is_opening and _restorable(post, topic, member, moderates),
            may_accept=bool(asker and topic.is_published and post.is_published and not post.is_opening),
            may_flag=bool(member.is_authenticated and post.author_id != member.pk and post.is_published),
            parts=parts[post.pk],
        )
        for post in posts
    ]


def why_not_reply(member: Any, topic: Topic) -> str:
    """The name of the reason why `member` cannot answer here; empty if they can."""
    if not member.is_authenticated:
        return "guest"
    if not topic.is_published:
        return topic.state
    if not rights.may(member, "reply", topic.board_id):
        return "no_right"
    if not has_voice(member):
        return "no_voice"
    if topic.locked and not rights.may(member, "moderate", topic.board_id):
        return "locked"
    return ""


def _own_and_open(member: Any, topic: Topic) -> bool:
    own = member.is_authenticated and topic.author_id == member.pk
    return bool(own and topic.is_published and not topic.locked and has_voice(member))


def _restorable(post: Post, topic: Topic, member: Any, moderates: bool) -> bool:
    if post.is_published:
        return False
    own = has_voice(member) and post.author_id == member.pk and post.state == State.REMOVED
    return moderates or (own and not topic.locked)


def _ticks(topic: Topic, pages: int) -> list[tuple[int, Any]]:
    """(page, time of its first post) for the scrubber of a long topic, at most 24 of them."""
    if pages < 4:
        return []
    step = -(-pages // TICKS)
    firsts = [(page - 1) * PAGE + 1 for page in range(1, pages + 1, step)]
    rows = Post.objects.filter(topic=topic, number__in=firsts, state=State.PUBLISHED).order_by("number")
    return [((number - 1) // PAGE + 1, at) for number, at in rows.values_list("number", "created_at")]
