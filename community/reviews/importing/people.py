"""Members for the authors of an import: rows without password and e-mail, into which nobody can log in until an
operator gives them an address (decision record "Who wrote an imported review")."""

import hashlib
import re
import uuid
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password

from community.foundation.problems import Problem
from community.members import names
from community.members.models import Member

_FOREIGN = re.compile(r"[^\w-]+")


def members_named(wanted: Iterable[str]) -> dict[str, uuid.UUID]:
    """Ids of members by the names given, made where there is none yet. A name that cannot be a user name here
    ("dino****", a reserved one, one that looks like another's) becomes one by a short fingerprint; it is shown as
    given."""
    spelled = {name: _user_name(name) for name in wanted}
    found = _known(spelled)
    for attempt in (_plainly, _fingerprinted):
        missing = {name: attempt(name, user_name) for name, user_name in spelled.items() if name not in found}
        if not missing:
            break
        _make(missing)
        spelled.update(missing)
        found.update(_known(missing))
    return found


def _plainly(name: str, user_name: str) -> str:
    return user_name


def _fingerprinted(name: str, user_name: str) -> str:
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{_FOREIGN.sub('', name)[:20] or 'author'}-{mark}"


def _user_name(name: str) -> str:
    try:
        return names.checked(name)
    except Problem:
        return _fingerprinted(name, name)


def _known(spelled: dict[str, str]) -> dict[str, uuid.UUID]:
    keys = {names.key(user_name): name for name, user_name in spelled.items()}
    rows = Member.objects.filter(username_key__in=list(keys)).values_list("username_key", "pk")
    return {keys[key]: pk for key, pk in rows}


def _make(spelled: dict[str, str]) -> None:
    """Insert those that meet no member of the same key or the same look."""
    Member.objects.bulk_create(
        (
            Member(
                username=user_name,
                username_key=names.key(user_name),
                username_skeleton=names.skeleton(user_name),
                display_name="" if user_name == name else name[:50],
                email=None,
                password=make_password(None),
            )
            for name, user_name in spelled.items()
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
