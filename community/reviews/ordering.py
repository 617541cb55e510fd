"""In which order reviews are read. No vendor, steward or author can set it.

`helpful` is the usual order. Reviews with five votes or more stand by the lower bound of Wilson's interval of their
votes (E. B. Wilson, "Probable Inference", JASA 22, 1927). Every fourth place belongs to those that have fewer votes,
newest first: votes follow what is seen, so without a share of their own new reviews would never be judged.
"""

from django.db.models import Q

from community.foundation.paging import PAGE_SIZE, Page, beyond, cursor_after, keyset
from community.foundation.problems import Invalid
from community.reviews.models import Review, ReviewQuerySet

ORDERS: dict[str, tuple[str, ...]] = {
    "helpful": (),
    "new": ("-published_at",),
    "old": ("published_at",),
    "high": ("-rating",),
    "low": ("rating",),
}
SHARE = 4  # every fourth place is for reviews that are not judged yet
BY_VOTES, BY_AGE = ("-helpfulness",), ("-published_at",)


def page_of_reviews(
    rows: ReviewQuerySet, *, order: str = "helpful", cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[Review]:
    """One page of `rows` in one of ORDERS. Raises Invalid for an unknown order or a foreign cursor."""
    if order not in ORDERS:
        raise Invalid(code="invalid_choice", field="order")
    if order == "helpful":
        return _fair_page(rows, cursor, size)
    return keyset(rows, order=ORDERS[order], cursor=cursor, size=size)


def _fair_page(rows: ReviewQuerySet, cursor: str | None, size: int) -> Page[Review]:
    """Two streams, each by keyset; the cursor holds the place in both. There is no way back but the browser's."""
    judged_at, fresh_at = _split(cursor)
    judged, fresh = _streams(rows, judged_at, fresh_at, size)
    of_fresh = min(len(fresh), size, max(size // SHARE, size - len(judged)))
    of_judged = min(len(judged), size - of_fresh)
    more = of_judged < len(judged) or of_fresh < len(fresh)
    ahead = ".".join((_place(judged[:of_judged], BY_VOTES, judged_at), _place(fresh[:of_fresh], BY_AGE, fresh_at)))
    items = _interleaved(judged[:of_judged], fresh[:of_fresh])
    return Page(items=items, next=ahead if more else None, order=("helpful",))


def _streams(rows: ReviewQuerySet, judged_at: str, fresh_at: str, size: int) -> tuple[list[Review], list[Review]]:
    """The next reviews of both streams, one more of each than a page holds, in one query."""
    plain = rows.select_related(None).prefetch_related(None)
    judged = beyond(plain.filter(judged=True), order=BY_VOTES, cursor=judged_at or None)
    fresh = beyond(plain.filter(judged=False), order=BY_AGE, cursor=fresh_at or None)
    found = rows.filter(Q(pk__in=judged.values("pk")[: size + 1]) | Q(pk__in=fresh.values("pk")[: size + 1]))
    both = list(found)
    by_votes = sorted((one for one in both if one.judged), key=lambda one: (one.helpfulness, one.pk), reverse=True)
    by_age = sorted((one for one in both if not one.judged), key=lambda one: (one.published_at, one.pk), reverse=True)
    return by_votes, by_age


def _split(cursor: str | None) -> tuple[str, str]:
    if not cursor:
        return "", ""
    judged, dot, fresh = cursor.partition(".")
    if not dot:
        raise Invalid(code="invalid_cursor")
    return judged, fresh


def _place(taken: list[Review], order: tuple[str, ...], before: str) -> str:
    return cursor_after(taken[-1], order) if taken else before


def _interleaved(judged: list[Review], fresh: list[Review]) -> list[Review]:
    """Three judged, one fresh, and so on; when one stream ends, the other goes on alone."""
    mixed: list[Review] = []
    first, second = iter(judged), iter(fresh)
    left = len(judged) + len(fresh)
    while len(mixed) < left:
        turn, other = (second, first) if len(mixed) % SHARE == SHARE - 1 else (first, second)
        taken = next(turn, None)
        mixed.append(taken if taken is not None else next(other))
    return mixed
