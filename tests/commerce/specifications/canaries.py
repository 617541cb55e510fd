"""What a member specified is theirs alone: no operator and no vendor finds it anywhere."""

from tests.factories.specifications import a_schema, a_specification
from tests.leak.world import World


def plant(world: World) -> None:
    schema = a_schema()
    kept = a_specification(
        world.author,
        schema=schema,
        name=world.unseen_secret("name of a specification"),
        engraving=world.unseen_secret("what someone has engraved"),
    )
    world.route(specification_id=kept.pk, product_slug=schema.product.slug)
