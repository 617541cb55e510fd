"""A member's shelf as pages and REST show it, in a constant number of queries."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from commerce.catalog.models import DigitalFile, Picture, Product, ProductKind
from commerce.shelf.conf import ENDS_SOON
from commerce.shelf.models import ABOUT, Thing, ThingQuerySet
from commerce.specifications.showing import in_words
from community.foundation import clock, paging
from community.foundation.paging import Page
from community.foundation.problems import Invalid, NotThere
from community.reviews.models import Review
from community.subjects.models import Subject

ALL, DUE, WARRANTY, FILES, HIDDEN = SHOWN = ("", "due", "warranty", "files", "hidden")
"""What of a shelf is shown: all but the hidden, what one has said nothing of yet, what is under warranty, what can be
downloaded, what one hid."""


@dataclass
class Shown:
    """A thing with all that is shown of it. Amounts in smallest units."""

    thing: Thing
    subject: Subject | None = None
    review: Review | None = None
    files: Sequence[DigitalFile] = ()
    can_buy: bool = False
    today: dt.date = field(default_factory=lambda: today())

    @property
    def pk(self) -> UUID:
        return self.thing.pk

    @property
    def product(self) -> Product | None:
        return self.thing.line.product if self.thing.line else None

    @property
    def title(self) -> str:
        return self.thing.line.title if self.thing.line else self.thing.title

    @property
    def seller(self) -> str:
        return self.thing.line.order.vendor.name if self.thing.line else self.thing.bought_from

    @property
    def quantity(self) -> int:
        line = self.thing.line
        return line.quantity - line.cancelled - line.returned if line else 1

    @property
    def price(self) -> int | None:
        """Of one, as it was asked for then."""
        return self.thing.line.unit_price if self.thing.line else self.thing.price

    @property
    def bought_on(self) -> dt.date:
        return self.thing.since.astimezone(timezone.get_default_timezone()).date()

    @property
    def words(self) -> list[tuple[str, str]]:
        """How it was made: sizes and the like, in the reader's language."""
        line = self.thing.line
        return in_words(line.schema, line.specification) if line and line.schema else []

    @property
    def review_due(self) -> bool:
        return self.subject is not None and self.subject.hidden_at is None and self.review is None

    @property
    def warranty(self) -> str:
        """none, running, ending or over."""
        end = self.thing.warranty_until
        if end is None:
            return "none"
        return "over" if end < self.today else "ending" if end - self.today <= ENDS_SOON else "running"


def today() -> dt.date:
    return clock.today(timezone.get_default_timezone())


def things_of(member: Any, *, show: str = ALL, order: str = "") -> ThingQuerySet:
    """The rows of a shelf; `order` names an order of the member's, of which alone things are shown.

    Raises Invalid for what cannot be shown.
    """
    if show not in SHOWN:
        raise Invalid(code="invalid_choice", field="show")
    rows = Thing.objects.visible_to(member).filter(hidden=show == HIDDEN)
    if show == DUE:
        rows = rows.unreviewed()
    elif show == WARRANTY:
        rows = rows.under_warranty(today())
    elif show == FILES:
        rows = rows.filter(line__product__kind=ProductKind.DIGITAL)
    return rows.filter(line__order__number=order) if order else rows


def page_of(
    member: Any, *, show: str = ALL, order: str = "", cursor: str | None = None, size: int = paging.PAGE_SIZE
) -> Page[Any]:
    """One page of a shelf, what came last first."""
    page = paging.keyset(_whole(things_of(member, show=show, order=order)), order=("-since",), cursor=cursor, size=size)
    return Page(_shown(page.items, member), page.next, page.previous, page.order)  # type: ignore[type-var]


def one_of(member: Any, thing_id: UUID) -> Shown:
    """Raises NotThere."""
    rows = list(_whole(Thing.objects.visible_to(member).filter(pk=thing_id)))
    if not rows:
        raise NotThere
    return _shown(rows, member)[0]


def number_due(member: Any) -> int:
    """Of how many things a review is due."""
    return things_of(member, show=DUE).count()


def _whole(rows: ThingQuerySet) -> Any:
    pictures = Prefetch("line__product__pictures", Picture.objects.select_related("upload").order_by("position", "id"))
    joined = rows.select_related(
        "line__order__purchase", "line__order__vendor", "line__schema", "line__variant", "line__product__vendor",
        "line__product__subject__picture", "subject__picture",
    )  # fmt: skip
    return joined.prefetch_related(pictures).annotate(about=ABOUT)


def _shown(things: Iterable[Thing], member: Any) -> list[Shown]:
    rows: list[Any] = list(things)
    about = {row.about for row in rows if row.about}
    subjects = Subject.objects.select_related("picture").in_bulk(about)
    given = {one.subject_id: one for one in Review.objects.filter(author=member, subject__in=about, removed_at=None)}
    products = {row.line.product_id for row in rows if row.line}
    files: dict[UUID, list[DigitalFile]] = {}
    for file in DigitalFile.objects.filter(product__in=products).order_by("added_at", "id"):
        files.setdefault(file.product_id, []).append(file)
    on_sale = set(Product.objects.on_sale().filter(pk__in=products).values_list("pk", flat=True))
    return [
        Shown(
            row,
            subject=subjects.get(row.about),
            review=given.get(row.about),
            files=files.get(row.line.product_id, ()) if row.line else (),
            can_buy=bool(row.line and row.line.product_id in on_sale and row.line.variant.active),
        )
        for row in rows
    ]
