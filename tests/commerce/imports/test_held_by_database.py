"""What the database refuses of imported invoices, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from commerce.imports.models import ImportedInvoice, InvoiceKind
from tests.factories.catalog import a_shop
from tests.factories.orders import an_order

pytestmark = pytest.mark.django_db


def an_invoice(**fields) -> ImportedInvoice:
    return ImportedInvoice.objects.create(**{"kind": InvoiceKind.CREDIT, "number": "C1", "lines": [], **fields})


def test_a_number_stands_once_a_vendor():
    vendor = a_shop()
    an_invoice(vendor=vendor)
    an_invoice(vendor=a_shop())
    with pytest.raises(IntegrityError, match="imports_invoice_once_a_vendor"), transaction.atomic():
        an_invoice(vendor=vendor)


@pytest.mark.parametrize("kind", InvoiceKind.values)
def test_a_sale_alone_has_an_order(kind):
    order = None if kind == InvoiceKind.SALE else an_order()
    with pytest.raises(IntegrityError, match="imports_sale_alone_has_an_order"), transaction.atomic():
        an_invoice(vendor=a_shop(), kind=kind, order=order)


def test_an_order_comes_from_one_invoice():
    order = an_order()
    an_invoice(vendor=order.vendor, kind=InvoiceKind.SALE, order=order, number="1")
    with pytest.raises(IntegrityError, match="order_id"), transaction.atomic():
        an_invoice(vendor=order.vendor, kind=InvoiceKind.SALE, order=order, number="2")
