"""What of subjects not everyone may see."""

from community.foundation import clock
from tests.factories.subjects import a_category, a_subject
from tests.leak.world import World


def plant_public(world: World) -> None:
    world.category = a_category("kettles")
    world.public_subject = a_subject("A kettle", slug="a-kettle", category=world.category)


def plant(world: World) -> None:
    world.hidden_subject = a_subject(
        world.secret("name of a hidden subject"),
        slug="hidden-subject",
        category=world.category,
        summary=world.secret("words on a hidden subject"),
        sample_text=world.secret("sample of a hidden subject"),
        hidden_at=clock.now(),
    )
    world.route(subject_slug=world.public_subject.slug)
    world.route(subject_slug=world.hidden_subject.slug)
