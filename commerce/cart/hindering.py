"""Why a line of a cart cannot be bought as it stands, and what to do about it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commerce.cart.models import CartLine
from commerce.catalog.models import Product, ProductKind, ProductState, Variant
from commerce.pricing.asking import Hindrance
from commerce.specifications.errors import Fault
from commerce.specifications.models import Schema
from commerce.stock.conf import MOST
from commerce.vendors.models import VendorState


def wanted_of(rows: Iterable[CartLine]) -> dict[UUID, int]:
    """How many pieces of each variant a cart asks for, over all its lines."""
    wanted: dict[UUID, int] = {}
    for row in rows:
        wanted[row.variant_id] = wanted.get(row.variant_id, 0) + row.quantity
    return wanted


def hindrance_of(row: CartLine, schema: Schema | None, faults: Mapping[str, Fault], wanted: int) -> Hindrance | None:
    """The first thing that stands in the way; None where it can be bought."""
    product = row.variant.product
    if not on_sale(product):
        return Hindrance("not_on_sale", _("This is not sold at the moment. Take it out, or look again later."))
    if not row.variant.active:
        return Hindrance("variant_gone", _("This variant is not sold any more. Choose another one on its page."))
    if schema is None and row.specification:
        return Hindrance("not_made_to_order", _("This is not made to order any more. Take it out and add it anew."))
    if faults:
        return Hindrance("invalid_specification", _specified_anew(faults))
    return _short(available_of(row.variant), wanted, row.quantity)


def on_sale(product: Product) -> bool:
    """As `Product.objects.on_sale()` says it in SQL, of a product with its vendor and subject loaded."""
    return (
        product.state == ProductState.LISTED
        and product.vendor.state == VendorState.APPROVED
        and product.subject.hidden_at is None
        and product.subject.merged_into_id is None
    )


def available_of(variant: Variant) -> int:
    """How many can be bought now, of a variant with its product and stock loaded (`stock.reading.available`)."""
    kind = variant.product.kind
    try:
        return MOST if kind == ProductKind.DIGITAL else max(variant.stock.available, 0)
    except ObjectDoesNotExist:
        return MOST if kind == ProductKind.MADE_TO_ORDER else 0


def _short(available: int, wanted: int, quantity: int) -> Hindrance | None:
    if not available:
        return Hindrance("out_of_stock", _("Sold out. Take it out, or ask on its page to be told when it is back."))
    if available < wanted:
        sentence = ngettext("Only %(left)s is left. Choose fewer.", "Only %(left)s are left. Choose fewer.", available)
        return Hindrance("too_few", sentence % {"left": available}, max(quantity - (wanted - available), 0))
    return None


def _specified_anew(faults: Mapping[str, Fault]) -> str:
    if any(fault.code == "required" for fault in faults.values()):
        return _("Something must still be specified. Specify it, and it can be bought.")
    return _("What can be specified has changed. Specify it anew.")
