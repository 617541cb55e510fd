"""Members and teams for tests."""

import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from community.members import tokens
from community.members.models import Member, Team, TeamMember

PASSWORD = "courtyard-morning-7"
_number = itertools.count(1)
_SYLLABLES = "가나다라마바사아자차"


def a_member(username: str | None = None, *, password: str | None = None, **fields: Any) -> Member:
    """A verified member of trust level 1 who can log in (`logged_in`), with a password only if the test needs one."""
    username = username or _fresh("member")
    fields.setdefault("email", f"m{next(_number)}@example.org")
    fields.setdefault("trust_level", 1)
    member = Member(username=username, **fields)
    if password:
        member.set_password(password)
    else:
        member.set_unusable_password()
    member.save()
    if member.email:
        EmailAddress.objects.create(
            user=member, email=member.email, verified=member.joined_at is not None, primary=True
        )
    return member


def an_operator(username: str | None = None, **fields: Any) -> Member:
    """A member who operates the site."""
    return a_member(username, is_operator=True, **fields)


def a_team(*members: Member, slug: str | None = None, role: str = TeamMember.OWNER, **fields: Any) -> Team:
    """A team for which these members speak."""
    slug = slug or _fresh("team")
    team = Team.objects.create(slug=slug, name=fields.pop("name", slug.title()), **fields)
    TeamMember.objects.bulk_create([TeamMember(team=team, member=member, role=role) for member in members])
    return team


def logged_in(member: Member | None) -> Client:
    """A browser in which the member is logged in; None is a guest's."""
    client = Client()
    if member is not None:
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def by_password(username: str) -> Client:
    """A browser in which the member logged in, then gave the password once more, as the keys of an account ask for."""
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    give_password(client)
    return client


def give_password(client: Client) -> None:
    """Show once more who is there: after that, the keys of the account may be changed for five minutes."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def with_token(member: Member, scopes: str = "read write") -> dict[str, str]:
    """Request headers of a client with a fresh token, for `Client(headers=...)`."""
    made = tokens.create_token(by=member, name="test", scopes=scopes.split())
    return {"Authorization": f"Bearer {made.secret}"}


def _fresh(word: str) -> str:
    """A name whose look no other fresh name shares: digits as Korean syllables, since 0 looks like O and 1 like l."""
    return f"{word}-" + "".join(_SYLLABLES[int(digit)] for digit in str(next(_number)))
