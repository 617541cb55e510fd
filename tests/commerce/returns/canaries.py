"""What comes back and why is between the buyer and the vendor; operators read it where they look returns up."""

from commerce.returns.models import Return
from tests.factories.checkout import goods
from tests.factories.returns import an_arrived_order, goods_of
from tests.leak.world import World

BOTH = ("vendor_staff",)


def plant(world: World) -> None:
    order = an_arrived_order(goods(vendor=world.vendor), by=world.author)
    row = Return.objects.create(
        order=order,
        number=f"{order.number}-R1",
        state="rejected",
        note=world.secret("what a buyer says of a return", seen_by=BOTH),
        answer=world.secret("why a return was turned down", seen_by=BOTH),
        decided_at=order.delivered_at,
        ended_at=order.delivered_at,
    )
    words = world.secret("why something comes back", seen_by=BOTH)
    row.lines.create(line=goods_of(order)[0], quantity=1, reason="damaged", words=words)
    world.route(order_id=order.pk, return_id=row.pk, number=row.number)
