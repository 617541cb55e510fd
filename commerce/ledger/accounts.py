"""Find an account, or open it: rivals get the same row."""

from typing import Any

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
