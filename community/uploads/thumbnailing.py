"""Make the smaller versions of a picture."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from community.foundation import images
from community.uploads.models import Upload


@transaction.atomic
def make_thumbnails(*, upload_id: uuid.UUID | str) -> list[int]:
    """Write every version that is missing; gives the widths made now. Nothing happens for a picture that is gone."""
    upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None:
        return []
    missing = [width for width in upload.thumbnail_widths if width not in upload.made_widths]
    if not missing:
        return []
    with default_storage.open(upload.path()) as file:
        picture = images.open_picture(file)
    for width in missing:
        path = f"{upload.folder}/{width}.webp"
        default_storage.delete(path)
        height = max(1, round(picture.height * width / picture.width))
        default_storage.save(path, ContentFile(images.webp(images.cropped(picture, width, height)).data))
    upload.made_widths = sorted({*upload.made_widths, *missing})
    upload.save(update_fields=["made_widths"])
    return missing
