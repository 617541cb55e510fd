from uuid import UUID, uuid5

from commerce.catalog import summaries
from commerce.catalog.models import Variant
from commerce.stock.models import Stock
from community.members.models import TeamMember
from community.notifications.noticing import tell
from community.outbox.events import Event, handles


@handles("stock.back", "stock.out")
def show_whether_it_can_be_bought(event: Event) -> None:
    """Lists read one column of the product. A hold must not wait for the product's row, so it is set here."""
    summaries.refresh(Variant.objects.filter(pk=event.payload["variant"]).values_list("product", flat=True))


@handles("stock.low")
def write_to_staff(event: Event) -> None:
    """Everyone on the vendor's staff, once until it was refilled."""
    stock = Stock.objects.filter(pk=event.payload["stock"]).select_related("variant__product__vendor").first()
    if stock is None or stock.low_told_at is None:
        return
    product = stock.variant.product
    staff = TeamMember.objects.filter(team=product.vendor.team_id).values_list("member_id", flat=True)
    source = ("stock_low", uuid5(stock.pk, stock.low_told_at.isoformat()))
    tell(kind="stock_low", to=list(staff), target=("product", UUID(str(product.pk))), source=source)
