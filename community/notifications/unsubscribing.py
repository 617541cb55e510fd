"""One click in a mail program ends letters of a kind (RFC 8058): no log-in, no cookie, no question; the token is the right."""

import uuid

from django.core import signing
from django.db import transaction
from django.urls import reverse

from community.foundation.addresses import absolute
from community.foundation.problems import NotThere
from community.members.models import Member
from community.notifications import kinds
from community.notifications.models import Habit, Switch
from community.notifications.models.wishes import Channel, Rhythm

_SALT = "community.notifications.unsubscribe"
DIGEST = "digest"


def address_for(*, member_id: uuid.UUID, kind: str) -> str:
    """The address that ends letters of `kind` to the member; "" for a kind that nobody can switch off."""
    if kind != DIGEST and Channel.LETTER in kinds.named(kind).always:
        return ""
    token = signing.dumps([member_id.hex, kind], salt=_SALT, compress=False)
    return absolute(reverse("community_notifications:unsubscribe", args=[token]))


def read_token(token: str) -> tuple[uuid.UUID, str]:
    """The member's id and the kind that a token names. Tokens do not expire, as old letters must keep working.

    Raises NotThere for one that we did not make.
    """
    try:
        member, kind = signing.loads(token, salt=_SALT)
        return uuid.UUID(member), str(kind)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotThere from error


@transaction.atomic
def unsubscribe(*, token: str) -> str:
    """End letters of the token's kind to its member; gives the kind. Done again, it changes nothing.

    Raises NotThere for a token that we did not make, or whose member is gone.
    """
    member_id, kind = read_token(token)
    if not Member.objects.filter(pk=member_id).exists():
        raise NotThere
    if kind == DIGEST:
        Habit.objects.update_or_create(member_id=member_id, defaults={"rhythm": Rhythm.NEVER})
    else:
        Switch.objects.update_or_create(member_id=member_id, kind=kind, channel=Channel.LETTER, defaults={"on": False})
    return kind
