"""Describe a picture for those who cannot see it."""

import uuid
from typing import Any

from django.db import transaction

from community.foundation.problems import Invalid, NotThere
from community.uploads import conf
from community.uploads.models import Upload


@transaction.atomic
def describe_upload(*, by: Any, upload_id: uuid.UUID, alt: str) -> Upload:
    """Set the description of one's own picture.

    Raises NotThere, also for another member's picture, and Invalid when the text is too long.
    """
    upload = Upload.objects.select_for_update(of=("self",)).filter(owner=by, pk=upload_id).first()
    if upload is None:
        raise NotThere
    alt = " ".join(alt.split())
    if len(alt) > conf.ALT_LENGTH:
        raise Invalid(field="alt", code="max_length")
    upload.alt = alt
    upload.save(update_fields=["alt"])
    return upload
