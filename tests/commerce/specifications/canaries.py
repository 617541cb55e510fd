"""What a member specified is theirs alone: no operator and no vendor finds it anywhere."""

from tests.factories.catalog import a_product
from tests.factories.specifications import a_schema, a_specification
from tests.leak.world import World


def plant_public(world: World) -> None:
    product = a_product(
        "A table", vendor=world.vendor, subject=world.public_subject, kind="made_to_order", slug="a-table"
    )
    world.schema = a_schema(product=product)


def plant(world: World) -> None:
    kept = a_specification(
        world.author,
        schema=world.schema,
        name=world.unseen_secret("name of a specification"),
        engraving=world.unseen_secret("what someone has engraved"),
    )
    world.route(specification_id=kept.pk, product_slug=world.schema.product.slug)
