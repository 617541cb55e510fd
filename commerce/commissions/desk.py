"""What a vendor pays the site: the rates that may hold for its products."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce.commissions.models import Plan
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.models import Vendor


@admin.register(Plan, site=desk_site)
class CommissionPage(DeskPage):
    """The rates for this vendor, its products, the categories and all; product goes before category before vendor."""

    icon = "percent"
    list_display = ("scope", "rate", "starts_at", "ends_at")
    list_select_related = ("product", "category", "vendor")
    ordering = ("-starts_at", "-pk")
    fields = readonly_fields = ("scope", "rate", "starts_at", "ends_at")

    def rows_of(self, vendor: Vendor) -> QuerySet[Plan]:
        return Plan.objects.filter(Q(vendor=vendor) | Q(product__vendor=vendor) | Q(vendor=None, product=None))

    def title(self) -> Any:
        return gettext_lazy("What we pay")

    @admin.display(description=gettext_lazy("for"))
    def scope(self, plan: Plan) -> str:
        return str(plan.product or plan.category or plan.vendor or _("all"))
