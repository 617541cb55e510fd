"""Orders are the buyer's and the vendor's; a purchase is the buyer's alone; its codes are for nobody else."""

from commerce.orders import shipping, stepping
from commerce.orders.models import Axis, Order
from tests.factories.catalog import a_product, seller_of
from tests.factories.delivery import ADDRESS
from tests.factories.orders import PICKUP, a_purchase, an_order
from tests.leak.world import World

STAFF = ("vendor_staff",)


def plant(world: World) -> None:
    seller = seller_of(world.vendor)
    product = a_product(vendor=world.vendor, subject=world.public_subject, slug="ordered-product")
    variant = product.variants.get()
    address = {**ADDRESS, "name": world.secret("name of who receives", seen_by=STAFF)}
    note = {world.vendor.pk: world.secret("note to a vendor", seen_by=STAFF)}
    sent = an_order(variant, by=world.author, address=address, notes=note)
    shipping.ship(by=seller, order_id=sent.pk, carrier=world.secret("carrier of a parcel", seen_by=STAFF))
    accepted = an_order(variant, by=world.author)
    reason = world.secret("what was said of a step", seen_by=STAFF)
    stepping.step(accepted, Axis.ORDER, "confirmed", by=seller, reason=reason)
    picked = an_order(variant, by=world.author, method=PICKUP)
    Order.objects.filter(pk=picked.pk).update(pickup_code=world.unseen_secret("pick-up code"))
    world.route(purchase_number=a_purchase(by=world.author).number)
    for order in (sent, accepted, picked):
        world.route(order_number=order.number, order_id=order.pk)
        world.route(purchase_number=order.purchase.number, purchase_id=order.purchase_id)
