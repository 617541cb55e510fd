"""What only code above may say of a review: that the purchase is proven, that its author was rewarded.

No form, serializer or import sets these; commerce, trials and points call the acts below.
"""

from django.db import transaction

from community.reviews import digest, tallies
from community.reviews.editing import review_for_change
from community.reviews.models import Incentive, Review


@transaction.atomic
def vouch_for_purchase(*, review: Review, proof: str) -> Review:
    """Mark the review as of a verified purchase; `proof` names the order line. An empty one takes the mark away."""
    row = review_for_change(review)
    row.verified_by = proof
    row.save(update_fields=["verified_by"])
    return row


@transaction.atomic
def disclose_incentive(*, review: Review, incentive: Incentive, note: str = "") -> Review:
    """Label the review as rewarded: it stays readable, but leaves score and digest at once."""
    row = review_for_change(review)
    before = tallies.footprint(row)
    row.incentive, row.incentive_note = Incentive(incentive), note[:200]
    row.save(update_fields=["incentive", "incentive_note"])
    tallies.shift(row.subject_id, before=before, after=tallies.footprint(row))
    if row.incentive:
        digest.forget(row)
    return row
