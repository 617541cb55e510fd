"""What this app tells the registries of the lower ones."""

from django.utils.translation import gettext_lazy as _

from community.foundation import fragments
from community.members import sections


def register_all() -> None:
    about = _("Where you have things sent")
    section = sections.Section("addresses", _("Addresses"), "commerce_delivery:addresses", "map-pin", 42, about)
    sections.register(section)
    fragments.dress("css/commerce/delivery.css")
