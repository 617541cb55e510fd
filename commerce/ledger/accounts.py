"""Find an account, or open it: rivals get the same row."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from commerce.ledger.models import OWNED, Account


def member_account(member: Any, kind: str, unit: str) -> Account:
    """The account of this kind and unit of a member, or of the member with this id."""
    return _account(kind, unit, member_id=getattr(member, "pk", member))


def team_account(team: Any, kind: str, unit: str) -> Account:
    """The team's account of this kind and unit."""
    return _account(kind, unit, team_id=team.pk)


def site_account(kind: str, unit: str) -> Account:
    """The site's account of this kind and unit; it has no balance of its own and is never locked."""
    return _account(kind, unit)


def books_of(
    teams: Iterable[Any], *, kinds: Iterable[str], site: Iterable[str], unit: str
) -> dict[tuple[UUID | None, str], Account]:
    """Several accounts at once: those kinds of each team, by (key of the team, kind), and the site's by (None, kind). One
    query where they are open already."""
    wanted = {(team.pk, kind) for team in teams for kind in kinds} | {(None, kind) for kind in site}
    owned = Q(team__in={team for team, _kind in wanted if team}, kind__in=list(kinds))
    rows = Account.objects.filter(owned | Q(team=None, member=None, kind__in=list(site)), unit=unit)
    found = {(row.team_id, row.kind): row for row in rows}
    for team, kind in wanted - found.keys():
        found[team, kind] = _account(kind, unit, **({"team_id": team} if team else {}))
    return found


def _account(kind: str, unit: str, **owner: Any) -> Account:
    """Raises ValueError for a kind that needs an owner and has none, or the other way round."""
    if (kind in OWNED) != bool(owner):
        raise ValueError(f"an account of kind {kind!r} {'needs' if kind in OWNED else 'has no'} owner")
    named = {"member_id": None, "team_id": None, **owner, "kind": kind, "unit": unit}
    found = Account.objects.filter(**_lookups(named)).first()
    if found is None:
        Account.objects.bulk_create([Account(**named, balance=0 if owner else None)], ignore_conflicts=True)
        found = Account.objects.get(**_lookups(named))
    return found


def _lookups(named: dict[str, Any]) -> dict[str, Any]:
    return {(f"{name}__isnull" if value is None else name): (value is None or value) for name, value in named.items()}
