"""Personal access tokens: OAuth 2 access tokens without an application, named by the member they belong to."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AccessToken, set_token_value

from community.foundation import clock
from community.foundation.characters import is_blank, line
from community.foundation.problems import Invalid, NotThere
from community.members import conf
from community.members.errors import ScopeNotYours, TooManyTokens, UnknownScope
from community.members.models import Member, PersonalToken

PREFIX = "madang_"
OPERATE = "operate"


@dataclass(frozen=True)
class NewToken:
    """`secret` is shown this once; the database holds its SHA-256 alone."""

    personal: PersonalToken
    secret: str


def scopes() -> dict[str, str]:
    """Every scope with what it allows; none implies another."""
    provider: Any = settings.OAUTH2_PROVIDER
    return provider["SCOPES"]


@transaction.atomic
def create_token(*, by: Member, name: str, scopes: Iterable[str], life: dt.timedelta = conf.TOKEN_LIFE) -> NewToken:
    """Make a token with which `by` acts over REST, for the given time.

    Raises UnknownScope, Invalid (no scope, no name), ScopeNotYours (403) or TooManyTokens (409).
    """
    wanted = _checked(by, scopes)
    name = line(name)
    if is_blank(name) or len(name) > 60:
        raise Invalid(code="token_name", field="name")
    Member.objects.select_for_update().get(pk=by.pk)
    if PersonalToken.objects.filter(member=by).count() >= conf.MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + get_random_string(40)
    token = AccessToken(user=by, scope=" ".join(wanted), expires=clock.now() + life)
    set_token_value(token, secret)
    token.save()
    personal = PersonalToken.objects.create(member=by, access_token=token, name=name, ending=secret[-4:])
    return NewToken(personal, secret)


@transaction.atomic
def delete_token(*, by: Member, token_id: UUID) -> None:
    """Revoke it at once. Raises NotThere for a token that is not one's own."""
    personal = PersonalToken.objects.select_for_update().filter(member=by, pk=token_id).first()
    if personal is None:
        raise NotThere
    AccessToken.objects.filter(pk=personal.access_token_id).delete()


def find(secret: str) -> AccessToken | None:
    """The live token of this secret with its member; None when unknown, expired, or its member may not log in.

    A client-credentials token has no user of its own: it acts as the owner of its application.
    """
    checksum = hashlib.sha256(secret.encode()).hexdigest()
    rows = AccessToken.objects.select_related("user", "application__user", "personal")
    token = rows.filter(token_checksum=checksum, expires__gt=clock.now()).first()
    if token is None:
        return None
    member = member_of(token)
    return token if member is not None and member.is_active else None


def member_of(token: AccessToken) -> Member | None:
    """As whom a token acts."""
    return token.user or (token.application.user if token.application else None)


def note_use(token: AccessToken) -> None:
    """Remember that a personal token is in use, to the hour."""
    personal = getattr(token, "personal", None)
    moment = clock.now()
    if personal and (personal.last_used_at is None or personal.last_used_at < moment - dt.timedelta(hours=1)):
        PersonalToken.objects.filter(pk=personal.pk).update(last_used_at=moment)


def refuse_widening(auth: object, wanted: Iterable[str]) -> None:
    """A token makes no token that may do more than itself. Raises ScopeNotYours."""
    held = getattr(auth, "scope", None)
    if held is not None and not set(wanted) <= set(held.split()):
        raise ScopeNotYours(_("A token cannot make a token that may do more than itself."))


def _checked(by: Member, wanted: Iterable[str]) -> list[str]:
    known = scopes()
    ordered = sorted(set(wanted), key=lambda name: (name not in known, list(known).index(name) if name in known else 0))
    if not ordered:
        raise Invalid(code="no_scope", field="scopes")
    for name in ordered:
        if name not in known:
            raise UnknownScope(field="scopes")
    if OPERATE in ordered and not by.is_operator:
        raise ScopeNotYours
    return ordered
