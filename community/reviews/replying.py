"""The answer of a steward's team to a review, in public."""

from typing import Any

from django.db import transaction

from community.foundation import clock, markdown
from community.foundation.characters import tidy
from community.foundation.problems import NotThere
from community.members import standing
from community.outbox import events as outbox
from community.reviews.errors import NotSteward, TooLong, WordsMissing
from community.reviews.models import Reply, Review
from community.subjects.models import Steward

LONGEST_REPLY = 5000


@transaction.atomic
def reply_to_review(*, by: Any, review: Review, source: str, team: Any | None = None) -> Reply:
    """Answer a review for a team (the member's first that is a steward, if none is named), or change that answer.

    Raises NotSteward, WordsMissing, TooLong, NotThere if the review is gone.
    """
    standing.require_voice(by)
    row = Review.objects.select_for_update(no_key=True).filter(pk=review.pk, removed_at=None).first()
    if row is None:
        raise NotThere
    speaking = team_for(by, row, team)
    source = tidy(source).strip()
    if not source:
        raise WordsMissing(field="body")
    if len(source) > LONGEST_REPLY:
        raise TooLong(field="body")
    written = {"source": source, "html": markdown.render(source).html, "renderer": markdown.VERSION, "author": by}
    reply = Reply.objects.filter(review=row, team=speaking).first()
    if reply is None:
        reply = Reply.objects.create(review=row, team=speaking, **written)
        outbox.publish(
            topic="review.replied",
            key=str(row.subject_id),
            payload={"review": str(row.pk), "reply": str(reply.pk), "subject": str(row.subject_id), "by": str(by.pk)},
        )
        return reply
    Reply.objects.filter(pk=reply.pk).update(**written, edited_at=clock.now())
    reply.refresh_from_db()
    return reply


def team_for(member: Any, review: Review, team: Any | None = None) -> Any:
    """The team for which `member` may answer. Raises NotSteward."""
    stewards = Steward.objects.filter(subject=review.subject_id, team__memberships__member=member).select_related(
        "team"
    )
    if team is not None:
        stewards = stewards.filter(team=team)
    steward = stewards.order_by("since", "id").first()
    if steward is None:
        raise NotSteward
    return steward.team
