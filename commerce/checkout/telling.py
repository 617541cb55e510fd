"""What buyers are told of their money."""

from commerce.orders.models import Purchase
from community.outbox.events import publish


def tell_money_goes_back(purchase: Purchase) -> None:
    """It was paid when what was bought was gone: nothing comes, and the money goes back."""
    publish(
        topic="purchase.given_back",
        key=str(purchase.pk),
        payload={"purchase": str(purchase.pk), "member": str(purchase.member_id)},
    )
