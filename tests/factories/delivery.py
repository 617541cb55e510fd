"""Delivery methods and addresses for tests."""

from typing import Any

from commerce.delivery import addressing
from commerce.delivery.models import Address, Method
from commerce.vendors.models import Vendor
from community.members.models import Member
from tests.factories.catalog import a_shop

ADDRESS = {
    "name": "김마당",
    "line1": "세종대로 110",
    "line2": "3층",
    "city": "서울특별시 중구",
    "region": "",
    "postcode": "04524",
    "country": "KR",
    "phone": "010-1234-5678",
}
"""An address in Seoul, as it is kept."""
ABROAD = {
    "name": "Ada King",
    "line1": "12 St James's Square",
    "line2": "",
    "city": "London",
    "region": "",
    "postcode": "SW1Y 4JH",
    "country": "GB",
    "phone": "+44 20 7946 0000",
}
ISLAND = {**ADDRESS, "city": "제주특별자치도 제주시", "line1": "문연로 6", "postcode": "63122"}


def a_method(vendor: Vendor | None = None, **fields: Any) -> Method:
    """A parcel for 3,000, unless fields say otherwise."""
    return Method.objects.create(vendor=vendor or a_shop(), **{"name": "Parcel", "fee": 3_000, **fields})


def an_address(member: Member, **fields: str) -> Address:
    """The member remembers ADDRESS, with changes."""
    addressing.remember(member, addressing.checked({**ADDRESS, **fields}))
    return addressing.addresses_of(member)[0]
