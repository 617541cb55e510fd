"""In which order rows are locked: subjects in key order first, then their reviews."""

import uuid
from collections.abc import Iterable

from community.foundation.problems import NotThere
from community.subjects.errors import MergedAway
from community.subjects.models import Subject


def subject_for_change(subject_id: uuid.UUID) -> Subject:
    """The subject, locked until the end of the transaction, so that its counters change one act at a time.

    Raises NotThere if it is gone, MergedAway if another took its place.
    """
    subject = Subject.objects.select_for_update(no_key=True).filter(pk=subject_id).first()
    if subject is None:
        raise NotThere
    if subject.merged_into_id:
        raise MergedAway
    return subject


def subjects_for_change(subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Subject]:
    """Several subjects by id, locked in key order; those that are gone or merged away are left out."""
    rows = Subject.objects.select_for_update(no_key=True).filter(pk__in=set(subject_ids), merged_into=None)
    return {subject.pk: subject for subject in rows.order_by("pk")}
