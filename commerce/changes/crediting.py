"""Thank the author of words that changed a product: a notice once a change, points once for the words.

The credit itself is shown by `sources`; it is gone as soon as the words are. The points go with the words, not with the
entry: who wrote them is not to lose by what a vendor takes back.
"""

from typing import Any
from uuid import UUID, uuid5

from django.apps import apps

from commerce.changes.models import Cause, SourceKind
from commerce.changes.sources import Reference, standing
from commerce.points.rewarding import reward, withdraw
from community.foundation import targets
from community.members.models import Member
from community.notifications.noticing import tell

NOTICE, ACT = "changed_because", "changed_product"


def author_of(source: Reference) -> Member | None:
    """The member who wrote it, if it stands and they are still here."""
    kind, id = source
    known = targets.kinds()[kind]
    thing = apps.get_model(known.model)._default_manager.filter(pk=id).select_related("author").first()
    author: Any = known.author(thing) if thing is not None else None
    if author is None or not author.is_active or author.joined_at is None:
        return None
    return author if standing(kind, author).filter(pk=id).exists() else None


def tell_author(cause_id: UUID) -> int:
    """Tell who wrote what caused a change, once a change however often it is named; gives how many were told."""
    cause = Cause.objects.filter(pk=cause_id, change__withdrawn_at=None).first()
    author = author_of((cause.source_kind, cause.source_id)) if cause else None
    if cause is None or author is None:
        return 0
    return tell(
        kind=NOTICE,
        to=[author.pk],
        target=("change", cause.change_id),
        source=("cause", uuid5(cause.change_id, f"{cause.source_kind}:{cause.source_id}")),
    )


def reward_author(source: Reference) -> None:
    """The points of words that are named as a cause, once for the words; anew after they were taken down and came back."""
    kind, id = source
    named = Cause.objects.filter(source_kind=kind, source_id=id, change__withdrawn_at=None).exists()
    author = author_of(source) if named else None
    if author is not None:
        reward(member=author, act=ACT, source=source)


def withdraw_points(review_id: UUID) -> None:
    """A review that is gone takes its points along; those of topics the points app takes back itself."""
    withdraw(source=(SourceKind.REVIEW, review_id), act=ACT)
