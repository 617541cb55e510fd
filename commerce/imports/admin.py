"""Operators look up where an order came from."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from commerce.imports.models import ImportedInvoice
from commerce.ledger.admin import ReadOnly


@admin.register(ImportedInvoice)
class ImportedInvoiceAdmin(ReadOnly, ModelAdmin):
    list_display = ("number", "vendor", "kind", "order", "how_many", "country", "imported_at")
    list_select_related = ("vendor", "order")
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("number", "order__number", "vendor__name")
    fields = ("number", "vendor", "kind", "order", "how_many", "country", "imported_at")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False

    @display(description=_("lines"))
    def how_many(self, invoice: ImportedInvoice) -> int:
        return len(invoice.lines)
