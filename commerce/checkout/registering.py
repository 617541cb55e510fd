"""What the checkout does when payments move and orders are cancelled."""

from django.utils.translation import gettext_lazy as _

from commerce.checkout import cancelling, completing, giving_up
from commerce.orders import registering as orders
from commerce.payments import registering as payments
from community.foundation import fragments
from community.notifications import kinds
from community.notifications.models.wishes import Channel

GIVEN_BACK = kinds.NoticeKind(
    name="purchase_given_back",
    title=_("Money that goes back"),
    one=_("What you paid for came too late: it was sold meanwhile. All of your money goes back (%(title)s)."),
    icon="undo-2",
    defaults=frozenset({Channel.PAGE, Channel.LETTER}),
)


def register_all() -> None:
    payments.on_captured(completing.on_captured)
    payments.on_late_capture(completing.on_late_capture)
    payments.on_failed(giving_up.on_failed)
    orders.on_cancel("checkout", cancelling.on_cancel)
    kinds.register(GIVEN_BACK)
    fragments.dress("css/commerce/checkout.css")
