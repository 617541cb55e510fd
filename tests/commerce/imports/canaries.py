"""What only operators may see of imported orders."""

from commerce.imports.models import ImportedInvoice, InvoiceKind
from tests.factories.vendors import a_vendor


def plant(world) -> None:
    ImportedInvoice.objects.create(
        vendor=a_vendor(), number=world.secret("number of an imported invoice"), kind=InvoiceKind.CREDIT, lines=[]
    )
