"""Fetch vendors that a viewer asked for by name."""

from typing import Any

from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere


def find_vendor(slug: str, viewer: Any) -> Vendor:
    """The vendor of this address, if `viewer` may see it. Raises NotThere (404)."""
    vendor = Vendor.objects.visible_to(viewer).select_related("team").filter(slug=slug).first()
    if vendor is None:
        raise NotThere
    return vendor
