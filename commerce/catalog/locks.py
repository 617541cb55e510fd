"""Which product may be changed by whom, and in which order rows are locked.

A product is locked before its variants, and after everything in `commerce.locks.ORDER`: an act that also counts stock
does that first. Variants, pictures and prices of a product change under the lock of the product.
"""

import uuid
from typing import Any

from commerce.catalog import changes
from commerce.catalog.errors import NotYourProduct, ProductRemoved
from commerce.catalog.models import Product, ProductState
from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere
from community.members.models import TeamMember


def may_sell_for(member: Any, vendor: Vendor) -> bool:
    """Owners and managers of its team may, and operators."""
    if not getattr(member, "is_authenticated", False):
        return False
    if member.is_operator:
        return True
    return Vendor.objects.staffed_by(member, TeamMember.OWNER, TeamMember.MANAGER).filter(pk=vendor.pk).exists()


def require_seller(by: Any, vendor: Vendor) -> None:
    """Raises NotYourProduct."""
    if not may_sell_for(by, vendor):
        raise NotYourProduct


def product_for_change(*, by: Any, product_id: uuid.UUID) -> Product:
    """The product, locked until the end of the transaction.

    Raises NotThere if it is gone or `by` may not see it, NotYourProduct, ProductRemoved.
    """
    locked = Product.objects.select_for_update(of=("self",), no_key=True)
    product = locked.select_related("vendor", "category", "subject").filter(pk=product_id).first()
    if product is None:
        raise NotThere
    may_sell = may_sell_for(by, product.vendor)
    if may_sell and product.state != ProductState.REMOVED:
        changes.note([product.pk])
        return product
    if not Product.objects.visible_to(by).filter(pk=product_id).exists():
        raise NotThere
    raise ProductRemoved if may_sell else NotYourProduct
