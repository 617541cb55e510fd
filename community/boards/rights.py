"""Who may do what on which board, answered by one query per request.

The rights of a member are read once and kept on the member's instance (a guest's too: each request has its own), so
that every list of the request filters by the same literal set of board ids. They are not kept any longer on purpose:
whoever loses a right loses it with the next request (docs/decisions: rights are read once a request).
"""

import functools
import uuid
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from community.boards.errors import MayNotOnBoard
from community.foundation.problems import NotThere
from community.members.ignoring import ignored_ids, remember_ignored

VERBS = ("read", "reply", "post", "moderate")
IGNORED = "ignored"
_KEPT_AS = "_board_rights"
_NOBODY = {"member": None, "level": None}
_changes = 0  # of rights by this process; what was kept before the last one is read again


@dataclass(frozen=True)
class Rights:
    """The ids of the boards on which each verb is allowed. Whoever may do anything on a board may read it."""

    read: frozenset[uuid.UUID]
    reply: frozenset[uuid.UUID]
    post: frozenset[uuid.UUID]
    moderate: frozenset[uuid.UUID]


def rights_of(member: Any) -> Rights:
    """The rights of a member, or of a guest (`AnonymousUser` or None)."""
    if member is None:
        return _read(None)
    seen, kept = getattr(member, _KEPT_AS, (None, None))
    if kept is None or seen != _changes:
        kept = _read(member)
        setattr(member, _KEPT_AS, (_changes, kept))
    return kept


def changed() -> None:
    """Rights were changed in this process: read them again when next asked."""
    global _changes
    _changes += 1


def outlook(member: Any, *asked: Hashable) -> Hashable | None:
    """A key for statements (foundation.prepared): what is `asked`, and all that `visible_to` of topics and posts looks
    at in a reader apart from their id. None for whoever ignores someone, which hardly two do alike."""
    allowed = rights_of(member)
    known = member is not None and member.is_authenticated
    return None if known and ignored_ids(member) else (*asked, known, allowed.read, allowed.moderate)


def board_ids(member: Any, verb: str) -> frozenset[uuid.UUID]:
    """The ids of the boards on which `member` may do `verb`."""
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is no right on a board")
    return getattr(rights_of(member), verb)


def readable_board_ids(member: Any) -> frozenset[uuid.UUID]:
    """The ids of the boards that `member` may read."""
    return rights_of(member).read


def may(member: Any, verb: str, board: Any) -> bool:
    """Whether `member` may do `verb` on `board` (a Board or its id)."""
    return getattr(board, "pk", board) in board_ids(member, verb)


def require(member: Any, verb: str, board: Any) -> None:
    """Let pass only who may do `verb` on `board`.

    Raises NotThere if the board is not even readable, MayNotOnBoard if it is.
    """
    if not may(member, "read", board):
        raise NotThere
    if not may(member, verb, board):
        raise MayNotOnBoard


def holders(verb: str, board_id: uuid.UUID) -> Q:
    """The members who may do `verb` on a board, as a condition on members: `rights_of` turned round."""
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is no right on a board")
    enough = VERBS if verb == "read" else (verb, "moderate")
    rows = apps.get_model("community_boards.BoardRight").objects.filter(board=board_id, verb__in=enough)
    member, through = OuterRef("pk"), apps.get_model("community_members.Member").groups.through
    groups = through.objects.filter(member_id=OuterRef(member)).values("group_id")
    return (
        Q(is_operator=True)
        | Q(Exists(rows.filter(audience="everyone")))
        | Q(Exists(rows.filter(audience="members", level__lte=OuterRef("trust_level"))))
        | Q(Exists(rows.filter(audience="member", member=member)))
        | Q(Exists(rows.filter(audience="group", group__in=groups)))
    )


# Asked by every page, so it is written out: put together from querysets it cost five times as much. Whom the reader
# ignores is asked by the same pages and comes along. Of a guest both values are null, which nothing equals.
_GRANTED = """
SELECT verb, string_agg(id::text, ' ' ORDER BY id) FROM (
  SELECT board_id AS id, verb FROM community_boards_boardright
  WHERE audience = 'everyone'
     OR audience = 'members' AND level <= %(level)s
     OR audience = 'member' AND member_id = %(member)s
     OR audience = 'group' AND group_id IN (
        SELECT group_id FROM community_members_member_groups WHERE member_id = %(member)s)
  UNION ALL
  SELECT ignored_id, 'ignored' FROM community_members_ignoring WHERE member_id = %(member)s
) granted GROUP BY verb
"""


def _read(member: Any) -> Rights:
    known = member is not None and member.is_authenticated
    if known and member.is_operator:
        every = frozenset(apps.get_model("community_boards.Board").objects.values_list("pk", flat=True))
        return Rights(read=every, reply=every, post=every, moderate=every)
    with connection.cursor() as cursor:
        cursor.execute(_GRANTED, {"member": member.pk, "level": member.trust_level} if known else _NOBODY)
        granted: dict[str, str] = dict(cursor.fetchall())
    if known:
        remember_ignored(member, _ids(granted.get(IGNORED, "")))
    return _rights(*(granted.get(verb, "") for verb in VERBS))


def _ids(listed: str) -> frozenset[uuid.UUID]:
    return frozenset(map(uuid.UUID, listed.split()))


@functools.lru_cache(maxsize=500)  # hardly two members differ; and sets that are the same are compared at once
def _rights(read: str, reply: str, post: str, moderate: str) -> Rights:
    """Of the ids that each verb is granted on."""
    may_moderate = _ids(moderate)
    may_reply, may_post = _ids(reply) | may_moderate, _ids(post) | may_moderate
    return Rights(read=_ids(read) | may_reply | may_post, reply=may_reply, post=may_post, moderate=may_moderate)
