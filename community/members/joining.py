"""How a person becomes a member."""

from allauth.account.models import EmailAddress
from django.db import transaction

from community.foundation import clock
from community.members import names
from community.members.errors import EmailTaken
from community.members.models import Acceptance, Member
from community.members.naming import ensure_free
from community.outbox.events import publish
from community.site import legal


@transaction.atomic
def create(
    *,
    username: str,
    email: str | None = None,
    password: str | None = None,
    operator: bool = False,
    trust_level: int = 1,
    reserved_name: bool = False,
    **fields: object,
) -> Member:
    """Make a member whose e-mail address counts as verified: for commands, the demo community and imports.

    Without a password nobody can log in to it. Raises Invalid for the name, NameTaken or EmailTaken.
    """
    username = names.checked(username, reserved_too=reserved_name)
    ensure_free(username)
    if email and EmailAddress.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    member = Member(
        username=username, email=email, is_operator=operator, trust_level=trust_level, joined_at=None, **fields
    )
    member.set_password(password)
    member.save()
    if email:
        EmailAddress.objects.create(user=member, email=email.lower(), verified=True, primary=True)
    complete(member=member)
    return member


@transaction.atomic
def complete(*, member: Member) -> None:
    """The first verified e-mail address makes a member of a sign-up; later calls change nothing."""
    moment = clock.now()
    if Member.objects.filter(pk=member.pk, joined_at=None).update(joined_at=moment):
        member.joined_at = moment
        publish(topic="member.joined", key=str(member.pk), payload={"member": str(member.pk)})


@transaction.atomic
def accept_documents(*, by: Member) -> None:
    """The member accepts the present terms and privacy statement."""
    rows = [
        Acceptance(member=by, document=document, version=version, accepted_at=clock.now())
        for document, version in current_documents().items()
    ]
    Acceptance.objects.bulk_create(rows, ignore_conflicts=True)


def current_documents() -> dict[str, str]:
    """The version of each document that is in force."""
    return dict(legal.VERSIONS)


def has_accepted(member: Member) -> bool:
    """Whether the member accepted the versions in force."""
    accepted = set(Acceptance.objects.filter(member=member).values_list("document", "version"))
    return set(current_documents().items()) <= accepted
