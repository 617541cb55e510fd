"""Jobs of search: texts written by an older renderer or analyser, and rows that have no search column yet."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.boards.models import Post, Topic
from community.boards.writing import WRITTEN_FIELDS, title_document, write
from community.foundation import markdown
from community.jobs.registry import Progress, job
from community.members.models import Member

BATCH = 200


def stale_posts() -> QuerySet[Post]:
    return Post.objects.exclude(renderer=markdown.VERSION)


def renew_post(post: Post) -> None:
    """Render and analyse again; who edits at the same moment goes first."""
    held = Post.objects.select_for_update(of=("self",), skip_locked=True).select_related("topic").filter(pk=post.pk)
    if fresh := held.first():
        write(fresh, fresh.source, title=fresh.topic.title if fresh.is_opening else None)
        fresh.save(update_fields=WRITTEN_FIELDS)


def renew_topic(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk, title=topic.title).update(search=title_document(topic.title))


def renew_member(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(search=member.search_document())


KINDS: tuple[tuple[Callable[[], QuerySet[Any]], Callable[[Any], None]], ...] = (
    (stale_posts, renew_post),
    (lambda: Topic.objects.filter(search=None), renew_topic),
    (lambda: Member.objects.filter(search=None), renew_member),
)


@job(name="search.renew", title=_("Render and index older texts again"), every=900)
def renew(progress: Progress) -> dict[str, int]:
    """Every text of an older version, in batches by id, so that a text that cannot be renewed stops nothing."""
    renewed = 0
    for stale, renew_one in KINDS:
        last = None
        while True:
            rows = stale().order_by("pk")
            batch = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
            if not batch:
                break
            for row in batch:
                with transaction.atomic():
                    renew_one(row)
            last = batch[-1].pk
            renewed += len(batch)
            progress.tell(renewed)
    return {"renewed": renewed}
