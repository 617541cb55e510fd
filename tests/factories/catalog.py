"""Products for tests, by the acts."""

import itertools
from typing import Any

from commerce.catalog import offering, variants
from commerce.catalog.models import Attribute, Picture, Product, Variant
from commerce.vendors.models import Vendor, VendorState
from community.members.models import Member
from tests.factories.members import a_member, a_team
from tests.factories.subjects import a_subject

_number = itertools.count(1)


def a_shop(name: str = "", *, state: str = VendorState.APPROVED, owner: Member | None = None) -> Vendor:
    """A vendor with one owner."""
    number = next(_number)
    return Vendor.objects.create(
        team=a_team(owner or a_member()),
        slug=f"shop-{number}",
        name=name or f"Shop {number}",
        state=state,
        legal_name="Shop Ltd.",
        representative="Kim",
        business_number="000-00-00000",
        address="1 Seoul-ro, Seoul",
        phone="02-000-0000",
        email="shop@example.org",
    )


def seller_of(vendor: Vendor) -> Member:
    """The owner of a vendor's team."""
    return Member.objects.get(memberships__team=vendor.team, memberships__role="owner")


def a_product(
    title: str = "", *, vendor: Vendor | None = None, price: int | None = 10_000, listed: bool = True, **fields: Any
) -> Product:
    """A product with one variant at `price` (none if that is None), on sale."""
    vendor = vendor or a_shop()
    by = seller_of(vendor)
    fields.setdefault("subject", None)
    subject = fields.pop("subject") or a_subject(title or None)
    product = offering.create_product(by=by, vendor=vendor, subject=subject, title=title, **fields)
    if price is not None:
        options = {option["name"]: option["values"][0] for option in product.options}
        variants.add(by=by, product=product, sku=f"SKU-{next(_number)}", price=price, options=options)
    if listed and price is not None:
        offering.list_product(by=by, product=product)
    product.refresh_from_db()
    return product


def a_variant(product: Product | None = None, *, price: int = 10_000, sku: str = "", **options: str) -> Variant:
    """A variant of a product; without a product, the one of a new product at that price."""
    if product is None:
        return a_product(price=price).variants.get()
    by = seller_of(product.vendor)
    return variants.add(by=by, product=product, sku=sku or f"SKU-{next(_number)}", price=price, options=options)


def an_attribute(category: Any, slug: str = "colour", **fields: Any) -> Attribute:
    """A choice of two colours, unless said otherwise."""
    fields.setdefault("kind", "choice")
    fields.setdefault("choices", ["Red", "Blue"] if fields["kind"] == "choice" else [])
    return Attribute.objects.create(category=category, slug=slug, name=fields.pop("name", slug.title()), **fields)


def a_picture(product: Product, upload: Any, alt: str = "A picture") -> Picture:
    """A picture of a product."""
    return Picture.objects.create(product=product, upload=upload, alt=alt, position=product.pictures.count())
