"""What somebody means to buy, and for whom, is theirs alone: no operator and no vendor finds it."""

from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_product
from tests.factories.stock import a_stock
from tests.leak.world import World


def plant(world: World) -> None:
    variant = a_product(vendor=world.vendor, subject=world.public_subject).variants.get()
    a_stock(5, variant=variant)
    line = a_cart_line(a_cart(world.author), variant, label=world.unseen_secret("label of a cart's line"))
    world.route(line_id=line.pk)
