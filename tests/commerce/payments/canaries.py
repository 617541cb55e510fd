"""Who paid how is the buyer's own; operators look it up. A token of a card is nobody's to see."""

from commerce.payments.models import Attempt
from tests.factories.payments import a_kept_card, a_purchase_to_pay, a_refund, an_attempt
from tests.leak.world import World


def plant(world: World) -> None:
    card = a_kept_card(
        world.author,
        brand=world.unseen_secret("brand of a kept card"),
        token=world.unseen_secret("token of a kept card"),
        customer=world.unseen_secret("customer of a kept card"),
    )
    asked = an_attempt(a_purchase_to_pay(world.author), "sandbox-3ds")
    Attempt.objects.filter(pk=asked.pk).update(reference=world.unseen_secret("reference of a payment"))
    a_refund(an_attempt(a_purchase_to_pay(world.author), "sandbox"), reason=world.unseen_secret("reason of a refund"))
    world.route(attempt_id=asked.pk, kept_id=card.pk, provider="sandbox")
