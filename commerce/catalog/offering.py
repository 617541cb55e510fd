"""Offering products: making, changing, putting on sale, pausing, removing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from commerce.catalog import attributes as attribute_values
from commerce.catalog import naming, searching
from commerce.catalog.errors import AddressTaken, NothingToSell, VendorNotOpen, WrongOptions
from commerce.catalog.locks import product_for_change, require_seller
from commerce.catalog.models import Product, ProductKind, ProductState
from commerce.vendors.models import Vendor, VendorState
from community.foundation import clock, markdown
from community.members import standing
from community.outbox.events import publish
from community.subjects.models import Category, Steward, Subject

MOST_OPTIONS, MOST_VALUES, LONGEST_VALUE = 3, 30, 60
CHANGEABLE = ("title", "summary", "source", "tax_rate", "warranty_months", "return_days")


@transaction.atomic
def create_product(
    *,
    by: Any,
    vendor: Vendor,
    subject: Subject,
    title: str = "",
    category: Category | None = None,
    kind: str = ProductKind.GOODS,
    options: Sequence[Mapping[str, Any]] = (),
    attributes: Mapping[str, Any] | None = None,
    slug: str | None = None,
    **told: Any,
) -> Product:
    """Begin an offer of a subject; it is a draft until it is listed. Category and title default to the subject's.

    `options` are [{"name": "Size", "values": ["S", "M"]}, …]; `told` may hold CHANGEABLE fields.
    Raises NotYourProduct, AddressTaken, WrongOptions, WrongAttribute, TooLong.
    """
    standing.require_voice(by)
    require_seller(by, vendor)
    if slug and naming.is_taken(slug):
        raise AddressTaken(field="slug")
    title, category = title.strip() or subject.name, category or subject.category
    product = Product(
        vendor=vendor,
        subject=subject,
        category=category,
        slug=slug or naming.address_for(title),
        title=title,
        kind=kind,
        options=checked_options(options),
        attributes=attribute_values.checked(category, attributes or {}),
        **{name: told[name] for name in CHANGEABLE if name in told},
    )
    _render(product)
    try:
        with transaction.atomic():
            product.save(force_insert=True)
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        raise AddressTaken(field="slug") from error
    searching.index(product)
    return product


@transaction.atomic
def change_product(
    *,
    by: Any,
    product: Product,
    category: Category | None = None,
    options: Sequence[Mapping[str, Any]] | None = None,
    attributes: Mapping[str, Any] | None = None,
    **told: Any,
) -> Product:
    """Change what is given. Options may gain values; one that an active variant has stays.

    Raises NotThere, NotYourProduct, ProductRemoved, WrongOptions, WrongAttribute.
    """
    standing.require_voice(by)
    row = product_for_change(by=by, product_id=product.pk)
    for name in CHANGEABLE:
        if name in told:
            setattr(row, name, told[name])
    row.title = row.title.strip() or row.subject.name
    row.category = category or row.category
    if attributes is not None or category is not None:
        wanted = row.attributes if attributes is None else attributes
        known = {one.slug for one in attribute_values.attributes_of(row.category)}
        kept = wanted if attributes is not None else {slug: value for slug, value in wanted.items() if slug in known}
        row.attributes = attribute_values.checked(row.category, kept)
    if options is not None:
        row.options = checked_options(options)
        _hold_to_variants(row)
    _render(row)
    row.version += 1
    row.save()
    searching.index(row)
    return row


@transaction.atomic
def list_product(*, by: Any, product: Product) -> Product:
    """Put it on sale; again is no fault. The vendor's team becomes steward of the subject.

    Raises NotThere, NotYourProduct, ProductRemoved, VendorNotOpen, NothingToSell.
    """
    standing.require_voice(by)
    row = product_for_change(by=by, product_id=product.pk)
    if row.state == ProductState.LISTED:
        return row
    if row.vendor.state != VendorState.APPROVED:
        raise VendorNotOpen
    if row.price is None:
        raise NothingToSell
    row.state = ProductState.LISTED
    row.listed_at = row.listed_at or clock.now()
    row.version += 1
    row.save(update_fields=["state", "listed_at", "version"])
    Vendor.objects.filter(pk=row.vendor_id).update(product_count=F("product_count") + 1)
    Steward.objects.get_or_create(subject_id=row.subject_id, team_id=row.vendor.team_id)
    publish(topic="product.listed", key=str(row.pk), payload={"product": str(row.pk)})
    return row


@transaction.atomic
def pause_product(*, by: Any, product: Product) -> Product:
    """Take it off sale for a while; again is no fault. Raises NotThere, NotYourProduct, ProductRemoved."""
    standing.require_voice(by)
    return take_off(product_for_change(by=by, product_id=product.pk), ProductState.PAUSED)


@transaction.atomic
def remove_product(*, by: Any, product: Product) -> Product:
    """Take it off sale for good; what was bought keeps its row. With the last offer of a subject its steward goes.

    Raises NotThere, NotYourProduct, ProductRemoved.
    """
    standing.require_voice(by)
    row = take_off(product_for_change(by=by, product_id=product.pk), ProductState.REMOVED)
    others = Product.objects.filter(vendor=row.vendor, subject=row.subject).exclude(state=ProductState.REMOVED)
    if not others.exists():
        Steward.objects.filter(subject_id=row.subject_id, team_id=row.vendor.team_id).delete()
    publish(topic="product.removed", key=str(row.pk), payload={"product": str(row.pk)})
    return row


def take_off(locked: Product, state: str) -> Product:
    """Set a locked product to paused or removed, and keep the vendor's count."""
    if locked.state == ProductState.LISTED:
        Vendor.objects.filter(pk=locked.vendor_id).update(product_count=F("product_count") - 1)
    elif state == ProductState.PAUSED:
        return locked
    locked.state = ProductState(state)
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    return locked


def checked_options(options: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Names and values without blanks or doubles. Raises WrongOptions."""
    found: list[dict[str, Any]] = []
    for option in options:
        name, values = str(option.get("name", "")).strip(), [str(one).strip() for one in option.get("values", ())]
        fits = 0 < len(values) <= MOST_VALUES and len(set(values)) == len(values)
        if not name or not fits or any(not 0 < len(one) <= LONGEST_VALUE for one in [name, *values]):
            raise WrongOptions(field="options")
        found.append({"name": name, "values": values})
    if len(found) > MOST_OPTIONS or len({one["name"] for one in found}) < len(found):
        raise WrongOptions(field="options")
    return found


def _hold_to_variants(product: Product) -> None:
    allowed = {option["name"]: set(option["values"]) for option in product.options}
    for chosen in product.variants.filter(active=True).values_list("options", flat=True):
        if set(chosen) != set(allowed) or any(value not in allowed[name] for name, value in chosen.items()):
            raise WrongOptions(field="options", code="options_in_use")


def _render(product: Product) -> None:
    product.html, product.renderer = markdown.render(product.source).html, markdown.VERSION
