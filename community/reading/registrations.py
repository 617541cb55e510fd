"""What this app adds to topics and posts, and puts into the frame."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from community.boards import extras
from community.boards.models import Post, Topic
from community.foundation import fragments
from community.members.models import Member
from community.reading import lists
from community.reading.following import follow_what_one_wrote
from community.reading.marking import remember
from community.reading.models import Level


class StandingReply(serializers.Serializer):
    """How a topic stands with the one who asks; null for guests."""

    level = serializers.ChoiceField(Level.choices)
    read_number = serializers.IntegerField()
    unread = serializers.IntegerField()
    bookmarked = serializers.BooleanField()


def register_all() -> None:
    extras.register(
        extras.TopicExtra(
            name="reading",
            style="css/community/reading.css",
            on_post=read_and_follow,
            side=follow_panel,
            topic_extras=row_marks,
            row_template="community/reading/marks/_row.html",
            post_extras=post_marks,
            post_template="community/reading/marks/_post.html",
            topic_values=topic_values,
            topic_field=StandingReply(allow_null=True),
        )
    )
    extras.register_order(extras.Order("unread", _("Unread"), lists.unread, ("-bumped_at",)))
    fragments.fill("top", "community/reading/unread/_badge.html", unread_badge, remembered=True)


def read_and_follow(*, post: Post, by: Member) -> None:
    """One's own post is read, and everything above it was seen while writing."""
    remember(member_id=by.pk, topic_id=post.topic_id, number=post.number)
    follow_what_one_wrote(post=post, by=by)


def follow_panel(topic: Topic, member: Any) -> tuple[str, dict[str, Any]] | None:
    standing = lists.standings([topic], member).get(topic.pk)
    if standing is None:
        return None
    return "community/reading/marks/_follow.html", {
        "topic": topic,
        "standing": standing,
        "levels": Level.choices,
        "looks": (topic.pk, topic.last_number, standing),
    }


def row_marks(topics: Any, member: Any) -> dict[UUID, dict[str, Any]]:
    rows = {topic.pk: topic for topic in topics}
    return {
        pk: {"topic": rows[pk], "standing": standing, "looks": (pk, standing)}
        for pk, standing in lists.standings(rows.values(), member).items()
        if standing.unread or standing.reasons
    }


def post_marks(posts: Any, member: Any) -> dict[UUID, dict[str, Any]]:
    if not getattr(member, "is_authenticated", False):
        return {}
    rows = list(posts)
    kept = lists.kept_ids(member, "post", [post.pk for post in rows])
    return {post.pk: {"post": post, "kept": post.pk in kept, "looks": post.pk in kept} for post in rows}


def topic_values(topics: Any, member: Any) -> dict[UUID, Any]:
    rows = list(topics)
    standings = lists.standings(rows, member)
    return {topic.pk: _value(standings.get(topic.pk)) for topic in rows}


def _value(standing: lists.Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "level": standing.level,
        "read_number": standing.read_number,
        "unread": standing.unread,
        "bookmarked": standing.kept,
    }


def unread_badge(request: HttpRequest, about: Any) -> dict[str, Any] | None:
    if not request.user.is_authenticated:
        return None
    return {"unread": lists.unread_badge(request.user), "most": lists.BADGE_MOST}
