"""What of products not everyone may see: drafts and paused ones, files for buyers, where the vendor is the actors' own."""

import io

from commerce.catalog import downloading, offering
from commerce.catalog.models import Attribute
from tests.factories.catalog import a_product, a_variant, an_attribute, seller_of
from tests.leak.world import World

STAFF = ("vendor_staff",)


def plant_public(world: World) -> None:
    world.always_public(Attribute)
    an_attribute(world.category)
    world.public_product = _offer(world, "A kettle to buy", slug="a-kettle-to-buy")
    world.digital_product = _offer(world, "A pattern", slug="a-pattern", kind="digital")
    _file(world, name="sheet.pdf", content="for everyone who buys")


def plant(world: World) -> None:
    draft = _offer(
        world,
        world.secret("title of a draft", seen_by=STAFF),
        slug="draft-product",
        summary=world.secret("summary of a draft", seen_by=STAFF),
        source=world.secret("description of a draft", seen_by=STAFF),
        listed=False,
    )
    another = _offer(world, "Another draft", slug="another-draft", price=None, listed=False)
    a_variant(another, sku=world.secret("SKU of a draft", seen_by=STAFF))
    paused = _offer(world, world.secret("title of a paused product", seen_by=STAFF), slug="paused-product")
    offering.pause_product(by=seller_of(world.vendor), product=paused)
    removed = _offer(world, world.secret("title of a removed product"), slug="removed-product")
    offering.remove_product(by=seller_of(world.vendor), product=removed)
    file = _file(
        world,
        name=world.secret("name of a file for buyers", seen_by=STAFF),
        content=world.secret("content of a file for buyers", seen_by=STAFF),
    )
    for product in (world.public_product, draft, another, paused, removed, world.digital_product):
        world.route(product_slug=product.slug)
    world.route(file_id=file.pk, variant_id=draft.variants.get().pk)


def _offer(world: World, title: str, **fields):
    """Of a subject that the vendor offers in public too: its team answers for it before and after."""
    return a_product(title, vendor=world.vendor, subject=world.public_subject, **fields)


def _file(world: World, *, name: str, content: str):
    return downloading.add_file(
        by=seller_of(world.vendor),
        product=world.digital_product,
        file=io.BytesIO(content.encode()),
        name=name,
        size=len(content),
    )
