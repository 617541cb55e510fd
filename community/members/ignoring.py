"""Ignore a member: nothing of theirs is shown to you, and they reach you by no notice, mention or message."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction

from community.members.errors import NotOnYourself, OperatorsAreHeard
from community.members.following import unfollow
from community.members.models import Ignoring, Member


@transaction.atomic
def ignore(*, by: Member, member: Member) -> bool:
    """False if `by` ignored them already. Following each other ends, which nobody is told.

    Raises NotOnYourself (400) or OperatorsAreHeard (403).
    """
    if by.pk == member.pk:
        raise NotOnYourself
    if member.is_operator:
        raise OperatorsAreHeard
    _row, made = Ignoring.objects.get_or_create(member=by, ignored=member)
    if made:
        unfollow(by=by, member=member)
    _forget(by)
    return made


@transaction.atomic
def unignore(*, by: Member, member: Member) -> bool:
    """Hear them again; False if they were not ignored."""
    deleted, _rows = Ignoring.objects.filter(member=by, ignored=member).delete()
    _forget(by)
    return bool(deleted)


_readers: list[Callable[[Any], object]] = []


def read_together(reader: Callable[[Any], object]) -> None:
    """Name what reads something for nearly every request and, in the same query, whom the reader ignores; it tells
    so by `remember_ignored`. Asked first, it spares whoever asks next a query."""
    if reader not in _readers:
        _readers.append(reader)


def ignored_ids(member: Any) -> frozenset[uuid.UUID]:
    """Whom `member` ignores; read once for the life of the instance, which is a request's."""
    if member is None or not member.is_authenticated:
        return frozenset()
    known = member.__dict__.get("_ignored_ids")
    for reader in _readers if known is None else ():
        reader(member)
        known = member.__dict__.get("_ignored_ids")
    if known is None:
        known = frozenset(Ignoring.objects.filter(member_id=member.pk).values_list("ignored_id", flat=True))
        member.__dict__["_ignored_ids"] = known
    return known


def remember_ignored(member: Any, ids: frozenset[uuid.UUID]) -> None:
    """Spare `ignored_ids` its query: `ids` were read together with something else that the request needs."""
    member.__dict__["_ignored_ids"] = ids


def ignoring_ids(member_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Who ignores this member: they are not to be told anything by them."""
    return frozenset(Ignoring.objects.filter(ignored_id=member_id).values_list("member_id", flat=True))


def _forget(member: Member) -> None:
    member.__dict__.pop("_ignored_ids", None)
