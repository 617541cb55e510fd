"""What of products not everyone may see: drafts and paused ones, files for buyers, where the vendor is the actors' own."""

import io

from commerce.catalog import downloading, offering
from commerce.catalog.models import Attribute
from tests.factories.catalog import a_product, a_shop, a_variant, an_attribute, seller_of
from tests.factories.subjects import a_subject
from tests.leak.world import World

STAFF = ("vendor_staff",)


def plant_public(world: World) -> None:
    world.always_public(Attribute)
    an_attribute(world.category)
    world.public_product = a_product("A kettle to buy", slug="a-kettle-to-buy", subject=world.public_subject)


def plant(world: World) -> None:
    shop = a_shop(slug="canary-shop", owner=world.actors["vendor_staff"])
    draft = a_product(
        world.secret("title of a draft", seen_by=STAFF),
        vendor=shop,
        subject=world.public_subject,
        slug="draft-product",
        summary=world.secret("summary of a draft", seen_by=STAFF),
        source=world.secret("description of a draft", seen_by=STAFF),
        listed=False,
    )
    a_variant(
        a_product("Another draft", vendor=shop, slug="another-draft", price=None, listed=False),
        sku=world.secret("SKU of a draft", seen_by=STAFF),
    )
    paused = a_product(
        world.secret("title of a paused product", seen_by=STAFF), vendor=shop, slug="paused-product",
        subject=a_subject("A kettle"),
    )  # fmt: skip
    offering.pause_product(by=seller_of(shop), product=paused)
    removed = a_product(
        world.secret("title of a removed product"), vendor=shop, slug="removed-product", subject=a_subject("A pot")
    )
    offering.remove_product(by=seller_of(shop), product=removed)
    digital = a_product("A pattern", vendor=shop, slug="a-pattern", kind="digital")
    file = downloading.add_file(
        by=seller_of(shop),
        product=digital,
        file=io.BytesIO(world.secret("content of a file for buyers", seen_by=STAFF).encode()),
        name=world.secret("name of a file for buyers", seen_by=STAFF),
        size=30,
    )
    for product in (world.public_product, draft, paused, removed, digital):
        world.route(product_slug=product.slug)
    world.route(file_id=file.pk, variant_id=draft.variants.get().pk)
