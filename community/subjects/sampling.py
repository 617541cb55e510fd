"""What lets one see or hear a subject: a picture and a sound, both of them uploads of the member who adds them. A
sample of its text is words like its summary (editing)."""

import uuid
from typing import Any

from django.db import transaction

from community.members import standing
from community.subjects.editing import may_edit
from community.subjects.errors import NotYourSubject, UnknownPicture, UnknownSound
from community.subjects.locks import subject_for_change
from community.subjects.models import Subject
from community.uploads import binding
from community.uploads.models import Upload


@transaction.atomic
def show_picture(*, by: Any, subject: Subject, upload_id: uuid.UUID) -> Subject:
    """Let a picture of the member's own stand for the subject.

    Raises NotYourSubject, UnknownPicture, MergedAway, Refused for members without voice.
    """
    row = _for_sample(by, subject)
    row.picture = Upload.objects.pictures().filter(pk=upload_id, owner=by).first()
    if row.picture is None:
        raise UnknownPicture(field="picture")
    row.save(update_fields=["picture"])
    binding.bind(by=by, ids=[upload_id], target=row)
    return row


@transaction.atomic
def play_sound(*, by: Any, subject: Subject, upload_id: uuid.UUID | None) -> Subject:
    """Let a sound of the member's own be heard on the subject's page; None takes away the one that is.

    Raises NotYourSubject, UnknownSound, MergedAway, Refused for members without voice.
    """
    row = _for_sample(by, subject)
    row.sample_sound = None
    if upload_id is not None:
        row.sample_sound = Upload.objects.sounds().filter(pk=upload_id, owner=by).first()
        if row.sample_sound is None:
            raise UnknownSound(field="sample_sound")
        binding.bind(by=by, ids=[upload_id], target=row)
    row.save(update_fields=["sample_sound"])
    return row


def _for_sample(by: Any, subject: Subject) -> Subject:
    standing.require_voice(by)
    if not may_edit(by, subject):
        raise NotYourSubject
    return subject_for_change(subject.pk)
