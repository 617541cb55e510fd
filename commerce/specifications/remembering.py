"""What a member once specified is kept, and offered again: "your usual" (2.14). The member owns the record."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commerce.catalog.models import Product
from commerce.specifications.checking import check
from commerce.specifications.errors import NotMadeToOrder, TooManyKept
from commerce.specifications.models import NAME_LENGTH, Schema, Specification
from commerce.specifications.reading import current_schema
from community.foundation import clock
from community.foundation.characters import tidy
from community.foundation.problems import NotThere
from community.members.models import Member

MOST_OF_A_PRODUCT = 20


@transaction.atomic
def remember(member: Any, schema: Schema, values: Any, *, name: str = "") -> Specification:
    """Keep the values, or count them once more if they are kept already. A name that is given is taken over.

    Beyond MOST_OF_A_PRODUCT the longest unused one without a name goes. Raises SpecificationInvalid, TooManyKept.
    """
    checked = check(schema, values, by=member)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    own = Specification.objects.filter(member=member, product=schema.product_id)
    kept = own.filter(values=checked.values).first()
    name = tidy(name).strip()[:NAME_LENGTH]
    if kept is not None:
        kept.schema, kept.used_at, kept.name = schema, clock.now(), name or kept.name
        kept.used_count += 1
        kept.save(update_fields=["schema", "used_at", "name", "used_count"])
        return kept
    if own.count() >= MOST_OF_A_PRODUCT:
        oldest = own.filter(name="").order_by("used_at").first()
        if oldest is None:
            raise TooManyKept
        oldest.delete()
    return Specification.objects.create(
        member=member, schema=schema, product_id=schema.product_id, values=checked.values, name=name, used_count=1
    )


@transaction.atomic
def change(*, by: Any, specification_id: UUID, name: str | None = None, values: Any = None) -> Specification:
    """Rename it, or change what it says; new values are held to the schema in force.

    Raises NotThere, SpecificationInvalid, NotMadeToOrder.
    """
    row = _own(by, specification_id)
    if name is not None:
        row.name = tidy(name).strip()[:NAME_LENGTH]
    if values is not None:
        schema = current_schema(row.product)
        if schema is None:
            raise NotMadeToOrder
        row.schema, row.values = schema, check(schema, values, by=by).values
    row.version += 1
    row.save(update_fields=["name", "schema", "values", "version"])
    return row


@transaction.atomic
def note_use(*, by: Any, specification_id: UUID) -> Specification:
    """It was used once more. Raises NotThere."""
    row = _own(by, specification_id)
    Specification.objects.filter(pk=row.pk).update(used_count=F("used_count") + 1, used_at=clock.now())
    return row


@transaction.atomic
def forget(*, by: Any, specification_id: UUID) -> None:
    """Delete it; again is no fault."""
    Specification.objects.visible_to(by).filter(pk=specification_id).delete()


def usual_of(member: Any, product: Product) -> Specification | None:
    """What the member specified most often for this product, the latest of equals."""
    kept = Specification.objects.visible_to(member).filter(product=product)
    return kept.select_related("schema", "product").order_by("-used_count", "-used_at").first()


def _own(by: Any, specification_id: UUID) -> Specification:
    row = (
        Specification.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("product", "schema")
        .filter(pk=specification_id)
        .first()
    )
    if row is None:
        raise NotThere
    return row
