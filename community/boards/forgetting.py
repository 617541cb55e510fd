"""Keep the counts of topics true when one who wrote in them leaves for good."""

from django.db.models import F

from community.boards import hotness
from community.boards.models import Post, Topic
from community.boards.models.topics import State
from community.members.models import Member


def forget_author(*, member: Member) -> None:
    """Called while the member is erased, before the posts lose their author: one person less in each topic."""
    posts = Post.objects.filter(author=member, state=State.PUBLISHED)
    topics = list(posts.order_by().values_list("topic", flat=True).distinct())
    Topic.objects.filter(pk__in=topics).update(poster_count=F("poster_count") - 1)
    hotness.refresh(Topic.objects.filter(pk__in=topics))
