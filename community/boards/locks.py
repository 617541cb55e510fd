"""The rows that acts hold while they change a conversation, always in this order: topics by id, then posts by id.

Counters of boards and tags are changed with F() at the end of an act, boards first, so that they are held briefly.
"""

import uuid
from typing import Any

from django.db import connection

from community.boards.errors import TopicGone
from community.boards.models import Post, Topic
from community.boards.models.topics import State
from community.foundation.problems import NotThere


def topic(by: Any, topic_id: uuid.UUID) -> Topic:
    """The topic, held and read anew, if `by` may see it. Raises NotThere if not.

    Nobody waits for a row that is hidden from them: the time would tell that it is there. PostgreSQL asks the condition
    again of a row that changed while its lock was waited for.
    """
    return topics(by, topic_id)[0]


def topics(by: Any, *topic_ids: uuid.UUID) -> list[Topic]:
    """The same for several at once, given back in the order asked for."""
    rows = Topic.objects.visible_to(by).filter(pk__in=topic_ids).order_by("pk").select_for_update()
    held = {row.pk: row for row in rows}
    if set(topic_ids) - set(held):
        raise NotThere
    return [held[topic_id] for topic_id in topic_ids]


def post(by: Any, post_id: uuid.UUID) -> Post:
    """The post with its topic, both held and read anew, if `by` may see it. Raises NotThere if not."""
    topic_id = Post.objects.visible_to(by).filter(pk=post_id).values_list("topic_id", flat=True).first()
    if topic_id is None:
        raise NotThere
    parent = topic(by, topic_id)
    held = Post.objects.visible_to(by).filter(pk=post_id, topic=parent).select_for_update(of=("self",)).first()
    if held is None:
        raise NotThere
    held.topic = parent
    return held


def submission(by: Any, key: uuid.UUID | None) -> Post | None:
    """The post that this member's form made before, if it was sent already; rivals with the same key wait in line."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"post:{by.pk}:{key}"])
    return Post.objects.select_related("topic__board").filter(author=by, submission=key).first()


def require_open(held: Topic) -> None:
    """Raises TopicGone unless the topic is published."""
    if held.state != State.PUBLISHED:
        raise TopicGone
