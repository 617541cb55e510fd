"""Merging two subjects that are the same thing: addresses lead on, and everything said about it follows."""

from typing import Any

from django.db import transaction

from community.foundation.problems import NotThere
from community.outbox import events as outbox
from community.subjects import following
from community.subjects.errors import MergedAway, ModeratorsOnly, SameSubject
from community.subjects.models import FormerAddress, Steward, Subject
from community.uploads import binding


@transaction.atomic
def merge_subjects(*, by: Any, loser: Subject, winner: Subject) -> Subject:
    """Let `winner` take the place of `loser`; gives the winner as it stands then.

    Raises ModeratorsOnly, SameSubject, MergedAway if either was merged meanwhile.
    """
    if not by.moderates_somewhere:
        raise ModeratorsOnly
    if loser.pk == winner.pk:
        raise SameSubject(field="into")
    rows = {
        row.pk: row for row in Subject.objects.select_for_update().filter(pk__in=[loser.pk, winner.pk]).order_by("pk")
    }
    if len(rows) != 2:
        raise NotThere
    lost, kept = rows[loser.pk], rows[winner.pk]
    if lost.merged_into_id or kept.merged_into_id:
        raise MergedAway
    following.all_follow(lost, kept, by)
    FormerAddress.objects.filter(subject=lost).update(subject=kept)
    FormerAddress.objects.create(slug=lost.slug, subject=kept)
    held = Steward.objects.filter(subject=kept).values("team")
    Steward.objects.filter(subject=lost).exclude(team__in=held).update(subject=kept)
    for sample in ("picture", "sample_text", "sample_sound"):
        setattr(kept, sample, getattr(kept, sample) or getattr(lost, sample))
    kept.save(update_fields=["picture", "sample_text", "sample_sound"])
    binding.rebind(old=lost, new=kept)
    Subject.objects.filter(merged_into=lost).update(merged_into=kept)
    lost.merged_into = kept
    lost.save(update_fields=["merged_into"])
    outbox.publish(
        topic="subject.merged",
        key=str(kept.pk),
        payload={"subject": str(lost.pk), "into": str(kept.pk), "by": str(by.pk)},
    )
    kept.refresh_from_db()
    return kept
