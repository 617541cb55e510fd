"""Follow a topic or a board more or less closely, and who is to be told of what happens there."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from community.boards.models import Board, Post, Topic
from community.boards.rights import readable_board_ids
from community.foundation.problems import Invalid, NotThere
from community.members.models import Member
from community.reading.models import BoardFollow, Level, TopicFollow


class NoSuchLevel(Invalid):
    code = "invalid_choice"
    detail = _("Choose watch, track, normal or mute.")


@transaction.atomic
def follow_topic(*, by: Member, topic: Topic, level: str) -> TopicFollow:
    """`by` chooses how closely to follow `topic`. Raises NotThere or NoSuchLevel."""
    _known(level)
    if not Topic.objects.visible_to(by).filter(pk=topic.pk).exists():
        raise NotThere
    row, _made = TopicFollow.objects.update_or_create(
        member=by, topic=topic, defaults={"level": level, "automatic": False}
    )
    return row


@transaction.atomic
def follow_board(*, by: Member, board: Board, level: str) -> BoardFollow:
    """`by` chooses how closely to follow `board`. Raises NotThere or NoSuchLevel."""
    _known(level)
    if board.pk not in readable_board_ids(by):
        raise NotThere
    row, _made = BoardFollow.objects.update_or_create(member=by, board=board, defaults={"level": level})
    return row


def follow_what_one_wrote(*, post: Post, by: Member) -> None:
    """Who starts a topic watches it, who answers tracks it, unless they chose otherwise before. Whoever watches the
    board goes on watching: to answer is not to choose less."""
    watches = post.is_opening or board_level_of(by, post.topic.board_id) == Level.WATCH
    level = Level.WATCH if watches else Level.TRACK
    TopicFollow.objects.bulk_create(
        [TopicFollow(member=by, topic_id=post.topic_id, level=level, automatic=True)], ignore_conflicts=True
    )


def watchers_of(topic: Topic) -> QuerySet[Member]:
    """Who is to be told of every post in `topic`: those who watch it, and those who watch its board and did not choose
    less for it. What each of them may see is for the caller to ask."""
    chosen = TopicFollow.objects.filter(topic=topic)
    return Member.objects.filter(
        Q(pk__in=chosen.filter(level=Level.WATCH).values("member"))
        | Q(pk__in=BoardFollow.objects.filter(board=topic.board_id, level=Level.WATCH).values("member"))
        & ~Q(pk__in=chosen.exclude(level=Level.WATCH).values("member"))
    )


def watchers_of_board(board: Board) -> QuerySet[Member]:
    """Who is to be told of every new topic on `board`."""
    return Member.objects.filter(pk__in=BoardFollow.objects.filter(board=board, level=Level.WATCH).values("member"))


def has_muted(topic: Topic) -> QuerySet[Member]:
    """Who wants to hear nothing of `topic`, mentions included: muted it, or its board without choosing more for it."""
    chosen = TopicFollow.objects.filter(topic=topic)
    return Member.objects.filter(
        Q(pk__in=chosen.filter(level=Level.MUTE).values("member"))
        | Q(pk__in=BoardFollow.objects.filter(board=topic.board_id, level=Level.MUTE).values("member"))
        & ~Q(pk__in=chosen.exclude(level=Level.MUTE).values("member"))
    )


def level_of(member: Any, topic: Topic) -> str:
    """The level in force for one topic: its own, else its board's, else normal."""
    own = TopicFollow.objects.filter(member=member, topic=topic).values_list("level", flat=True).first()
    return own or board_level_of(member, topic.board_id)


def board_level_of(member: Any, board_id: Any) -> str:
    level = BoardFollow.objects.filter(member=member, board=board_id).values_list("level", flat=True).first()
    return level or Level.NORMAL


def _known(level: str) -> None:
    if level not in Level.values:
        raise NoSuchLevel(field="level")
