"""A change that was withdrawn is its vendor's and operators'; words of a private board that caused one are not shown to
who may not read that board, nor who wrote them."""

from commerce.changes import writing
from commerce.changes.models import Cause
from community.boards.removing import hide
from tests.factories.catalog import a_product, seller_of
from tests.factories.changes import a_change, an_idea_for
from tests.leak.world import World


def plant_public(world: World) -> None:
    world.changed = a_product(
        "A lamp that changed", vendor=world.vendor, subject=world.public_subject, slug="a-lamp-that-changed"
    )
    change = a_change(world.changed, title="It shines", source="Brighter now.")
    world.route(change_id=change.pk, product_slug=world.changed.slug)


def plant(world: World) -> None:
    staff = ("vendor_staff",)
    withdrawn = a_change(
        world.changed,
        title=world.secret("title of a withdrawn change", seen_by=staff),
        source=world.secret("text of a withdrawn change", seen_by=staff),
    )
    writing.withdraw_change(by=seller_of(world.vendor), change=withdrawn)
    draft = a_product("A lamp to come", vendor=world.vendor, subject=world.public_subject, listed=False)
    a_change(draft, title=world.secret("change of a draft", seen_by=staff))
    idea = an_idea_for(world.changed, title=world.secret("idea that was hidden after it caused a change"))
    named = a_change(world.changed, title="It lasts", sources=[idea])
    hide(target=idea, by=world.actors["operator"], reason="Wrong place")
    Cause.objects.create(change=named, source_kind="topic", source_id=world.private_topic.pk)
    world.route(change_id=withdrawn.pk, topic_id=idea.pk)
