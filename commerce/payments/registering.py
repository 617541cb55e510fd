"""What higher apps do when a payment moves: `checkout` registers it in `AppConfig.ready`.

    registering.on_captured(complete)          paid in time
    registering.on_late_capture(give_back)     paid, but the purchase is over: expired, or paid otherwise before
    registering.on_authorised(note)            reserved at the provider, not taken yet
    registering.on_failed(fail)                failed or voided: nothing was taken

Each is called with (purchase, attempt) in the transaction that moves the attempt. Purchase, its orders and the attempt are
locked then, in this order, and are as they are now; the attempt shows what moved. What a callback raises undoes all.
"""

from collections.abc import Callable

from commerce.orders.models import Purchase
from commerce.payments.models import Attempt

Call = Callable[[Purchase, Attempt], None]
_calls: dict[str, list[Call]] = {"captured": [], "late_capture": [], "authorised": [], "failed": []}


def on_captured(call: Call) -> None:
    _register("captured", call)


def on_late_capture(call: Call) -> None:
    _register("late_capture", call)


def on_authorised(call: Call) -> None:
    _register("authorised", call)


def on_failed(call: Call) -> None:
    _register("failed", call)


def tell(what: str, purchase: Purchase, attempt: Attempt) -> None:
    """Call those who registered for it, in the order in which they did."""
    for call in _calls[what]:
        call(purchase, attempt)


def _register(what: str, call: Call) -> None:
    if call not in _calls[what]:
        _calls[what].append(call)
