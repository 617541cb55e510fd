"""Vendors for tests: approved and ready to sell, unless a test says otherwise."""

import itertools
from typing import Any

from commerce.vendors.models import Vendor, VendorState
from community.members.models import Member, TeamMember
from tests.factories.members import a_member, a_team

_number = itertools.count(1)
TRADER = {
    "legal_name": "두레공방 주식회사",
    "representative": "김두레",
    "business_number": "123-45-67891",
    "mail_order_number": "제2026-서울마포-0001호",
    "address": "서울특별시 마포구 마당로 1",
    "phone": "02-123-4567",
    "email": "shop@example.com",
}
"""What the e-commerce act has a vendor tell; the number's check digit fits."""


def a_vendor(*staff: Member, slug: str | None = None, role: str = TeamMember.OWNER, **fields: Any) -> Vendor:
    """An approved vendor for which these members work in `role`."""
    slug = slug or f"vendor-{next(_number)}"
    name = fields.pop("name", slug.title())
    fields.setdefault("state", VendorState.APPROVED)
    fields.setdefault("team", None)
    team = fields.pop("team") or a_team(*staff, slug=slug, role=role, name=name)
    return Vendor.objects.create(team=team, slug=slug, name=name, **{**TRADER, **fields})


def a_clerk(vendor: Vendor) -> Member:
    """A member who works for a vendor as a clerk."""
    clerk = a_member()
    TeamMember.objects.create(team=vendor.team, member=clerk, role=TeamMember.CLERK)
    return clerk
