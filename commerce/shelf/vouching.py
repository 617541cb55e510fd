"""Reviews of what was bought here, arrived and was kept bear the mark of a verified purchase (2.33).

The truth is worked out anew whenever something changes it: a review appears, a purchase is confirmed, something came
back. So events may come late, twice or in another order.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from commerce.orders.models import Fulfilment, LineKind, OrderLine, OrderState
from community.reviews.models import Review
from community.reviews.vouching import vouch_for_purchase

PROOF = "order-line:"
ABOUT = Coalesce("product__subject__merged_into", "product__subject")
"""The key of the subject that a line is about, after merges."""


def settle_order(order_id: UUID) -> int:
    """Work out the marks of the buyer's reviews of what is in an order. Gives how many changed."""
    lines = OrderLine.objects.filter(order=order_id, kind=LineKind.ITEM).annotate(about=ABOUT)
    rows = list(lines.values_list("order__purchase__member", "about"))
    return settle(rows[0][0], {about for _member, about in rows}) if rows else 0


@transaction.atomic
def settle(member_id: UUID, subjects: Iterable[UUID]) -> int:
    """Work out the marks of a member's reviews of these subjects. Gives how many changed. Marks of another proof stay."""
    reviews = list(Review.objects.filter(author=member_id, subject__in=set(subjects)).order_by("subject_id"))
    proofs = _proofs(member_id, {review.subject_id for review in reviews})
    changed = 0
    for review in reviews:
        known = proofs[review.subject_id]
        if review.verified_by in known or (review.verified_by and not review.verified_by.startswith(PROOF)):
            continue
        if known or review.verified_by:
            vouch_for_purchase(review=review, proof=known[0] if known else "")
            changed += 1
    return changed


def settle_subject(subject_id: UUID) -> int:
    """Work out the marks that reviews of a subject lack, after it took in another. Gives how many changed."""
    buyers = _kept().filter(about=subject_id).values("order__purchase__member")
    unmarked: Any = Review.objects.filter(subject=subject_id, verified_by="", author__in=buyers)
    return sum(settle(author, {subject_id}) for author in unmarked.values_list("author", flat=True))


def _kept() -> Any:
    """Lines that prove a purchase: it was confirmed, and not all of it came back."""
    return OrderLine.objects.filter(
        order__fulfilment=Fulfilment.PURCHASE_CONFIRMED,
        order__state__in=(OrderState.CONFIRMED, OrderState.CLOSED),
        kind=LineKind.ITEM,
        quantity__gt=F("cancelled") + F("returned"),
    ).annotate(about=ABOUT)


def _proofs(member_id: UUID, subjects: set[UUID]) -> dict[UUID, list[str]]:
    """By subject: the lines that prove the member's purchase, the first one first."""
    lines = _kept().filter(order__purchase__member=member_id, about__in=subjects)
    found: dict[UUID, list[str]] = defaultdict(list)
    for line, about in lines.order_by("order__confirmed_at", "pk").values_list("pk", "about"):
        found[about].append(f"{PROOF}{line}")
    return found
