"""Who may read a topic: `Topic.objects.visible_to` turned round, for whoever has something to tell many members."""

from django.db.models import Q, QuerySet

from community.boards.models import Topic
from community.boards.models.topics import State
from community.boards.rights import holders
from community.members.models import Ignoring, Member


def readers_of(topic: Topic) -> QuerySet[Member]:
    """The active members to whom `topic` is visible, in one query however many they are."""
    members = Member.objects.filter(is_active=True)
    if topic.state == State.MERGED:
        return members.none()
    concerned = Q(pk=topic.author_id) | holders("moderate", topic.board_id)
    if topic.state == State.PUBLISHED and not topic.own_only:
        ignoring = Ignoring.objects.filter(ignored=topic.author_id).values("member")
        concerned |= ~Q(pk__in=ignoring)
    return members.filter(holders("read", topic.board_id) & concerned)
