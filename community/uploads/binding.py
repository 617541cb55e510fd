"""Say which text uses which pictures. Called by the acts that publish and edit texts, in their transaction."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community.foundation import targets
from community.uploads.models import Binding, Upload


@transaction.atomic
def bind(*, by: Any, ids: Iterable[uuid.UUID], target: Any) -> int:
    """Let everyone who may see `target` see these pictures; gives how many were bound anew.

    Only pictures of `by` are bound. Naming another member's picture binds nothing: else anyone who learned an
    address could show the picture to the world. Pictures that an edit drops stay bound as long as the history of the
    text shows them; `unbind` is for the rest.
    """
    kind = targets.kind_of(target).name
    bound_already = Binding.objects.filter(upload=OuterRef("pk"), kind=kind, target_id=target.pk)
    own = Upload.objects.filter(Q(owner=getattr(by, "pk", by)), ~Exists(bound_already), pk__in=list(ids))
    rows = [
        Binding(upload=upload, kind=kind, target_id=target.pk)
        for upload in own.order_by("pk").select_for_update(of=("self",))
    ]
    Binding.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def bound_to(target: Any) -> set[uuid.UUID]:
    """The pictures that may be seen by whoever may see `target`."""
    bound = Binding.objects.filter(kind=targets.kind_of(target).name, target_id=target.pk)
    return set(bound.values_list("upload_id", flat=True))


@transaction.atomic
def unbind(*, target: Any, ids: Iterable[uuid.UUID]) -> None:
    """These pictures are shown by nothing of `target` any more: who sees it no longer sees them."""
    kind = targets.kind_of(target).name
    Binding.objects.filter(kind=kind, target_id=target.pk, upload__in=list(ids)).delete()


@transaction.atomic
def rebind(*, old: Any, new: Any) -> int:
    """Let pictures of `old` follow its text to `new` (a merge or split that makes a new row); gives how many."""
    kind_old, kind_new = targets.kind_of(old).name, targets.kind_of(new).name
    uploads = Binding.objects.filter(kind=kind_old, target_id=old.pk).values_list("upload_id", flat=True)
    rows = [Binding(upload_id=upload, kind=kind_new, target_id=new.pk) for upload in uploads]
    Binding.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
