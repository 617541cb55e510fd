"""The kinds that the apps below make searchable."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.boards.models import Post, Topic
from community.members.ignoring import ignored_ids
from community.members.models import Member
from community.reviews.models import Review
from community.search.sources import Source, register
from community.subjects.models import Subject


def register_all() -> None:
    for source in (_topics(), _posts(), _subjects(), _reviews(), _members()):
        register(source)


def _author(name: str) -> Q:
    return Q(author__username__iexact=name)


def _topics() -> Source:
    return Source(
        kind="topic",
        title_of_kind=_("Topics"),
        rows=lambda member: Topic.objects.visible_to(member).filter(state="published"),
        joined=lambda rows: rows.select_related("board", "author"),
        title=lambda topic: topic.title,
        text=lambda topic: "",
        url=lambda topic: topic.get_absolute_url(),
        meta=lambda topic: {"board": topic.board, "author": topic.author, "at": topic.bumped_at, "posts": topic.post_count},
        filters={
            "in": lambda slug: Q(board__slug=slug),
            "by": _author,
            "tag": lambda tag: Q(topic_tags__tag__slug=tag.lower()),
        },
        better=("-hot", "-id"),
    )  # fmt: skip


def _posts() -> Source:
    return Source(
        kind="post",
        title_of_kind=_("Posts"),
        rows=lambda member: Post.objects.visible_to(member).filter(state="published", topic__state="published"),
        joined=lambda rows: rows.select_related("topic__board", "author"),
        title=lambda post: post.topic.title,
        text=lambda post: post.text,
        url=lambda post: post.get_absolute_url(),
        meta=lambda post: {"board": post.topic.board, "author": post.author, "at": post.created_at},
        filters={
            "in": lambda slug: Q(topic__board__slug=slug),
            "by": _author,
            "tag": lambda tag: Q(topic__topic_tags__tag__slug=tag.lower()),
        },
        # The opening post holds its topic's title too: found by it, the topic itself is shown.
        twin_of="topic",
        twins=lambda rows, query: rows.exclude(number=1, topic__search=query),
    )


def _subjects() -> Source:
    return Source(
        kind="subject",
        title_of_kind=_("Things"),
        rows=lambda member: Subject.objects.visible_to(member).filter(hidden_at=None),
        joined=lambda rows: rows.select_related("category"),
        title=lambda subject: subject.name,
        text=lambda subject: subject.summary,
        url=lambda subject: subject.get_absolute_url(),
        meta=lambda subject: {"category": subject.category, "score": subject.score if subject.rating_count else None},
        better=("-rating_count", "-id"),
    )


def _reviews() -> Source:
    return Source(
        kind="review",
        title_of_kind=_("Reviews"),
        rows=lambda member: Review.objects.visible_to(member).filter(
            removed_at=None, has_words=True, subject__hidden_at=None
        ),
        joined=lambda rows: rows.select_related("subject", "author"),
        title=lambda review: review.subject.name,
        text=lambda review: review.source,
        url=lambda review: review.get_absolute_url(),
        meta=lambda review: {"author": review.author, "rating": review.rating, "at": review.published_at},
        filters={"by": _author},
        since="published_at",
    )


def _members() -> Source:
    return Source(
        kind="member",
        title_of_kind=_("People"),
        rows=lambda member: Member.objects.visible_to(member).exclude(pk__in=ignored_ids(member)),
        joined=lambda rows: rows,
        title=lambda member: member.shown_name,
        text=lambda member: member.bio,
        url=lambda member: member.get_absolute_url(),
        meta=lambda member: {"username": member.username},
        filters={},
        better=("-last_seen_at", "-id"),
    )
