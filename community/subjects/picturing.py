"""The picture of a subject: one of the member's own uploads."""

import uuid
from typing import Any

from django.db import transaction

from community.members import standing
from community.subjects.editing import may_edit
from community.subjects.errors import NotYourSubject, UnknownPicture
from community.subjects.locks import subject_for_change
from community.subjects.models import Subject
from community.uploads import binding
from community.uploads.models import Upload


@transaction.atomic
def show_picture(*, by: Any, subject: Subject, upload_id: uuid.UUID) -> Subject:
    """Let a picture of the member's own stand for the subject.

    Raises NotYourSubject, UnknownPicture, MergedAway, Refused for members without voice.
    """
    standing.require_voice(by)
    if not may_edit(by, subject):
        raise NotYourSubject
    row = subject_for_change(subject.pk)
    upload = Upload.objects.filter(pk=upload_id, owner=by).first()
    if upload is None:
        raise UnknownPicture(field="picture")
    row.picture = upload
    row.save(update_fields=["picture"])
    binding.bind(by=by, ids=[upload.pk], target=row)
    return row
