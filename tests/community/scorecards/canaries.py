"""What of score cards and ranked lists not everyone may see."""

from community.foundation import clock
from tests.factories.scorecards import a_ranked_list, a_score_card
from tests.leak.world import World


def plant_public(world: World) -> None:
    world.card = a_score_card(world.public_subject, by=world.author)


def plant(world: World) -> None:
    hidden = a_score_card(world.public_subject, by=world.author, hidden_at=clock.now())
    hidden.title = world.secret("title of a hidden score card")
    hidden.save()
    private = a_ranked_list(world.public_subject, by=world.author, public=False)
    private.title = world.secret("title of a private list")
    private.introduction = world.secret("introduction of a private list")
    private.save()
    private.lines.update(note=world.secret("note in a private list"))
    for slug in (world.card.slug, hidden.slug, private.slug):
        world.route(slug=slug)
