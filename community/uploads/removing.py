"""Delete pictures: by their owner or an operator, and by the clock those that no text came to use."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from community.foundation import clock
from community.foundation.problems import NotThere, Refused
from community.outbox.events import publish
from community.uploads import conf
from community.uploads.models import Upload, Usage


@transaction.atomic
def remove_upload(*, by: Any, upload_id: uuid.UUID) -> None:
    """Delete a picture of one's own, wherever it is used; operators may delete anyone's.

    The files follow in the worker. Texts that used it keep its description.
    Raises NotThere, or Refused for another member's picture.
    """
    upload = Upload.objects.visible_to(by).filter(pk=upload_id).first()
    if upload is None:
        raise NotThere
    if upload.owner_id != by.pk and not by.is_operator:
        raise Refused
    _remove([upload.pk])


@transaction.atomic
def remove_all_of(*, member_id: uuid.UUID) -> int:
    """Delete every picture of a member who is erased; gives how many."""
    return _remove(list(Upload.objects.filter(owner_id=member_id).values_list("pk", flat=True)))


@transaction.atomic
def remove_unbound(*, most: int = 200) -> int:
    """Delete up to `most` pictures that waited too long for a text; gives how many."""
    unbound = Upload.objects.unbound()
    waited = unbound.filter(created_at__lt=clock.now() - conf.UNBOUND_FOR).order_by("created_at")
    return _remove(list(waited.values_list("pk", flat=True)[:most]), still=unbound)


def _remove(ids: list[uuid.UUID], still: QuerySet[Upload] | None = None) -> int:
    """Lock the owners' usage, then the rows. A rival that was just binding one is waited for, and `still` asked again."""
    owners = set(Upload.objects.filter(pk__in=ids).values_list("owner_id", flat=True))
    list(Usage.objects.filter(pk__in=owners).order_by("pk").select_for_update())
    list(Upload.objects.filter(pk__in=ids).order_by("pk").select_for_update())
    removed = list((still if still is not None else Upload.objects.all()).filter(pk__in=ids))
    for upload in removed:
        Usage.objects.filter(pk=upload.owner_id).update(pictures=F("pictures") - 1, bytes=F("bytes") - upload.bytes)
        publish(topic="upload.removed", key=str(upload.pk), payload={"upload": str(upload.pk), "files": upload.paths()})
    Upload.objects.filter(pk__in=[upload.pk for upload in removed]).delete()
    return len(removed)
