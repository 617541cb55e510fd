"""What imported sales and returns move on the ledger: what the buyer paid came in and went to the vendor, elsewhere.

The site took no commission and owes nothing, so the vendor's account is the same after as before; yet each order has its
sale, its release and its refunds like any other, at the days on which they were.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.conf import settings

from commerce.checkout.booking import REFUND, SALE, release_key
from commerce.ledger.accounts import site_account, team_account
from commerce.ledger.models import AccountKind
from commerce.ledger.posting import Leg
from commerce.ledger.posting_many import Posting, post_all
from commerce.orders.models import Order
from commerce.vendors.models import Vendor

SETTLED = "sale.settled_elsewhere"


class Books:
    """The accounts of an import, looked up once."""

    def __init__(self, vendor: Vendor) -> None:
        unit = settings.CURRENCY
        self.cash = site_account(AccountKind.CASH, unit)
        self.paid_out = site_account(AccountKind.PAID_OUT, unit)
        self.pending = team_account(vendor.team, AccountKind.PENDING, unit)

    def sell(self, orders: Sequence[Order]) -> None:
        """Book sales with the payout that ended them."""
        postings = []
        for order in orders:
            if not order.total:
                continue
            came_in = [Leg(self.cash, -order.total), Leg(self.pending, order.total)]
            went_out = [Leg(self.pending, -order.total), Leg(self.paid_out, order.total)]
            source = ("order", order.pk)
            assert order.placed_at is not None
            assert order.closed_at is not None
            postings += [
                Posting(SALE, f"{SALE}:{order.pk}", came_in, at=order.placed_at, source=source),
                Posting(SETTLED, release_key(order), went_out, at=order.closed_at, source=source),
            ]
        post_all(postings)

    def refund(self, amounts: Sequence[tuple[Order, int]], *, credit: uuid.UUID, at: dt.datetime) -> list[Posting]:
        """The refunds of one return, each with the vendor's repayment, to be posted with others."""
        postings = []
        for order, amount in amounts:
            if not amount:
                continue
            went_back = [Leg(self.cash, amount), Leg(self.pending, -amount)]
            came_from = [Leg(self.pending, amount), Leg(self.paid_out, -amount)]
            source, mark = ("order", order.pk), f"{order.pk}:{credit}"
            postings += [
                Posting(SETTLED, f"{SETTLED}:{mark}", came_from, at=at, source=source),
                Posting(REFUND, f"{REFUND}:{mark}", went_back, at=at, source=source),
            ]
        return postings
