from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commerce.specifications.errors import Fault
from community.foundation.problems import Conflict, Invalid, Refused


class AddressInvalid(Invalid):
    """Nothing can be sent there as it is written; `faults` has one for each field that is wrong."""

    code = "invalid_address"
    detail = _("Something in the address does not fit. Look at the marked fields.")

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        self.faults = dict(faults)
        super().__init__(field="address")


class NotDeliveredThere(Conflict):
    """The chosen method does not reach the address: the vendor's parcels stay in Korea."""

    code = "not_delivered_there"
    detail = _("This vendor does not deliver to that country. Choose another address, or take its things out.")

    def __init__(self, vendor_id: UUID, method_id: str) -> None:
        self.vendor_id, self.method_id = vendor_id, method_id
        super().__init__()


class UnknownMethod(Invalid):
    """The vendor does not offer this delivery method (any more)."""

    code = "invalid_delivery"
    detail = _("This vendor does not deliver that way. Choose one of the ways that it offers.")


class MethodInvalid(Invalid):
    """A delivery method that cannot be, by its field."""

    code = "invalid_choice"
    detail = _("Choose one of what is offered.")

    @classmethod
    def days(cls) -> "MethodInvalid":
        return cls(_("Enter the shortest time first: from 0 to 365 days."), code="invalid_days", field="days_most")

    @classmethod
    def place(cls) -> "MethodInvalid":
        return cls(_("Say where it can be picked up, and when."), code="required", field="place")


class NotYourDelivery(Refused):
    """Who asks may not say how this vendor delivers."""

    code = "not_your_vendor"
    detail = _("Only the vendor's owners and managers say how it delivers.")


class TooManyMethods(Conflict):
    """A vendor offers as many as a buyer can still choose from."""

    code = "too_many_methods"
    detail = _("Those are as many delivery methods as fit on a page. Change or delete one first.")
