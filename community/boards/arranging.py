"""What operators arrange: boards, and who may do what on them."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community.boards import rights
from community.boards.models import Board, BoardRight, Topic
from community.foundation import markdown
from community.foundation.guest_cache import forget_guests_pages
from community.foundation.problems import Refused
from community.members.models import Member

Audience, Verb = BoardRight.Audience, BoardRight.Verb


@transaction.atomic
def settle_board(*, board: Board) -> Board:
    """After a board or its rights were changed: render its customs, let its topics follow, know its moderators."""
    board.customs_html = markdown.render(board.customs).html if board.customs else ""
    board.save(update_fields=["customs_html"])
    Topic.objects.filter(board=board).exclude(own_only=board.own_topics_only).update(own_only=board.own_topics_only)
    rights.changed()
    forget_guests_pages()
    know_moderators()
    return board


@transaction.atomic
def grant(
    *,
    board: Board,
    verb: str,
    audience: str,
    level: int = 0,
    group: Group | None = None,
    member: Member | None = None,
) -> BoardRight:
    """Let an audience do something on a board; granted already, nothing changes but the level."""
    right, _made = BoardRight.objects.update_or_create(
        board=board, verb=verb, audience=audience, group=group, member=member, defaults={"level": level}
    )
    rights.changed()
    if verb == Verb.MODERATE:
        know_moderators()
    return right


@transaction.atomic
def withdraw(*, right: BoardRight) -> None:
    """Take a right back."""
    right.delete()
    rights.changed()
    forget_guests_pages()
    know_moderators()


def open_to_all(board: Board, *, post_level: int = 0) -> Board:
    """The usual rights: everyone reads, members answer, and those of a trust level start topics."""
    grant(board=board, verb=Verb.READ, audience=Audience.EVERYONE)
    grant(board=board, verb=Verb.REPLY, audience=Audience.MEMBERS)
    grant(board=board, verb=Verb.POST, audience=Audience.MEMBERS, level=post_level)
    return board


def know_moderators() -> int:
    """Let `is_moderator` be true of exactly those who moderate some board; gives how many changed."""
    moderating = BoardRight.objects.filter(verb=Verb.MODERATE)
    groups: Any = Member.groups.through.objects.filter(member=OuterRef("pk"), group__in=moderating.values("group"))
    levels = list(moderating.filter(audience=Audience.MEMBERS).values_list("level", flat=True))
    by_level = Q(trust_level__gte=min(levels)) if levels else Q(pk__in=[])
    true_of = Exists(moderating.filter(member=OuterRef("pk"))) | Exists(groups) | by_level
    changed = Member.objects.filter(is_moderator=False).filter(true_of).update(is_moderator=True)
    return changed + Member.objects.filter(is_moderator=True).exclude(true_of).update(is_moderator=False)


@transaction.atomic
def join_group(*, by: Member, member: Member, group: Group) -> None:
    """Put a member into a group, with all it may do on boards. Raises Refused for all but operators."""
    if not by.is_operator:
        raise Refused
    member.groups.add(group)
    _know_group()


@transaction.atomic
def leave_group(*, by: Member, member: Member, group: Group) -> None:
    """Take a member out of a group. Raises Refused for all but operators."""
    if not by.is_operator:
        raise Refused
    member.groups.remove(group)
    _know_group()


def _know_group() -> None:
    rights.changed()
    know_moderators()
