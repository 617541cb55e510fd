"""What this app tells the registries of the lower ones."""

from django.utils.translation import gettext_lazy as _

from commerce.vendors import applying, duties, own_panels, telling, trader, waiting
from commerce.vendors.models import Vendor
from community.foundation import fragments, targets
from community.members import export, teaming
from community.search import sources


def register_all() -> None:
    if applying.enrol not in teaming.openers:
        teaming.openers.append(applying.enrol)
    export.register(
        "commerce_vendors.Vendor.applied_by",
        fields=("slug", "name", "introduction", *trader.FIELDS, "state", "applied_at", "decided_at", "decision_reason"),
    )
    fragments.fill("member-menu", "commerce/vendors/desk/_menu.html", lambda request, about: {}, order=40)
    own_panels.register_all()
    telling.register_all()
    duties.register(waiting.papers)
    duties.register(waiting.talk)
    duties.chart(waiting.ratings)
    targets.register(
        targets.Kind(
            name="vendor",
            model="commerce_vendors.Vendor",
            title=lambda vendor: vendor.name,
            url=lambda vendor: vendor.get_absolute_url(),
            text=lambda vendor: vendor.introduction,
        )
    )
    sources.register(
        sources.Source(
            kind="vendor",
            title_of_kind=_("Vendors"),
            rows=lambda member: Vendor.objects.open(),
            joined=lambda rows: rows,
            title=lambda vendor: vendor.name,
            text=lambda vendor: vendor.introduction,
            url=lambda vendor: vendor.get_absolute_url(),
            since="decided_at",
            better=("-product_count", "id"),
        )
    )
