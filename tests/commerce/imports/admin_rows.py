"""Rows for the admin pages of imported orders."""

from commerce.imports.models import ImportedInvoice, InvoiceKind
from tests.admin.rows import rows
from tests.factories.orders import an_order


@rows("commerce_imports.ImportedInvoice")
def _invoice() -> None:
    order = an_order()
    ImportedInvoice.objects.create(
        vendor=order.vendor, number=order.number, kind=InvoiceKind.SALE, order=order, lines=[1, 2]
    )
