"""Fetch vendors that a viewer asked for by name, and who works there."""

from typing import Any

from django.db.models import QuerySet

from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.staffing import EVERYONE, vendor_of
from community.foundation.problems import NotThere
from community.members.models import Member, TeamMember


def find_vendor(slug: str, viewer: Any) -> Vendor:
    """The vendor of this address, if `viewer` may see it. Raises NotThere (404)."""
    vendor = Vendor.objects.visible_to(viewer).select_related("team").filter(slug=slug).first()
    if vendor is None:
        raise NotThere
    return vendor


def role_at(vendor: Vendor, viewer: Any) -> str | None:
    """The viewer's role at the vendor; None for who does not work there."""
    if not viewer.is_authenticated:
        return None
    rows = TeamMember.objects.filter(team=vendor.team_id, member=viewer)
    return rows.values_list("role", flat=True).first()


def staff_of(vendor: Vendor) -> QuerySet[TeamMember]:
    """Who works there, the longest first."""
    return TeamMember.objects.filter(team=vendor.team_id).select_related("member")


def staffed_vendor(viewer: Member, slug: str) -> Vendor:
    """The vendor of this address, of whose staff `viewer` is, whatever its state. Raises NotThere or NoStaff."""
    return vendor_of(viewer, slug, EVERYONE, states=VendorState.values)
