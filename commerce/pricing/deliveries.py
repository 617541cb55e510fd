"""What delivery costs in a quote, and what it says of free delivery."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from commerce import money
from commerce.delivery.fees import Destination, Fee, fee_of
from commerce.delivery.reading import Offered
from commerce.pricing import sheets
from commerce.pricing.registering import DELIVERY, Tried
from commerce.pricing.sheets import Sheet
from commerce.vendors.models import Vendor


def delivery_of(
    method: Offered, vendor: Vendor, goods: Sequence[Sheet], destination: Destination | None
) -> tuple[Sheet | None, list[Tried]]:
    """The delivery of a vendor's goods, None where it costs nothing, and the threshold from which it would.

    The threshold counts what the goods to be delivered cost after the discounts on them. Raises NotDeliveredThere.
    """
    left = sum(sheet.left for sheet in goods if sheet.vendor_id == method.vendor_id and sheet.delivered)
    fee = fee_of(method, left, destination)
    sheet = sheets.of_delivery(method, fee.amount) if fee.amount else None
    return sheet, [] if fee.missing is None else [_threshold(method, vendor, fee)]


def _threshold(method: Offered, vendor: Vendor, fee: Fee) -> Tried:
    name = _("Free delivery: %(vendor)s") % {"vendor": vendor.name}
    words = {"amount": money.formatted(method.free_from or 0), "missing": money.formatted(fee.missing or 0)}
    if fee.missing:
        sentence = _("Delivery is free from %(amount)s on: %(missing)s to go.") % words
        return Tried(DELIVERY, name, 0, "below_minimum", sentence, fee.missing, vendor.pk)
    return Tried(DELIVERY, name, fee.base, "applied", _("Free from %(amount)s on.") % words, 0, vendor.pk)
