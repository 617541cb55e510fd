"""Products for tests, by the acts."""

import itertools
from typing import Any

from commerce.catalog import offering, variants
from commerce.catalog.models import Attribute, Picture, Product, Variant
from commerce.vendors.models import Vendor
from community.members.models import Member
from tests.factories.members import a_member
from tests.factories.subjects import a_subject
from tests.factories.vendors import a_vendor

_number = itertools.count(1)


def a_shop(name: str = "", *, owner: Member | None = None, **fields: Any) -> Vendor:
    """An open vendor with one owner."""
    return a_vendor(owner or a_member(), **({"name": name} if name else {}), **fields)


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
