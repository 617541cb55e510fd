"""What members are told about vendors: those who work there what was decided, operators what waits."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.vendors.models import Vendor, VendorState
from community.moderation import overview
from community.notifications.kinds import Group, NoticeKind, register
from community.notifications.models.wishes import Channel

ALWAYS = frozenset({Channel.PAGE, Channel.LETTER})
KINDS = {
    "approved": _("“%(title)s” is approved: it may sell from now on"),
    "refused": _("The application of “%(title)s” was refused; its page says why, and how to apply again"),
    "suspended": _("“%(title)s” is suspended; its page says why"),
    "reopened": _("“%(title)s” is open again"),
    "closed": _("“%(title)s” is closed"),
}

TITLES = {
    "approved": _("Your vendor is approved"),
    "refused": _("Your application is refused"),
    "suspended": _("Your vendor is suspended"),
    "reopened": _("Your vendor is open again"),
    "closed": _("Your vendor is closed"),
}


def register_all() -> None:
    for step, words in KINDS.items():
        register(
            NoticeKind(
                name=f"vendor_{step}",
                icon="store",
                group=Group.TEAM,
                title=TITLES[step],
                one=words,
                defaults=ALWAYS,
                always=ALWAYS,
            )
        )
    overview.register(applications)


def applications() -> Iterable[overview.Concern]:
    """Members who asked to sell here and wait."""
    address = reverse("admin:commerce_vendors_vendor_changelist")
    waiting = Vendor.objects.filter(state=VendorState.APPLIED).count()
    yield overview.Concern(waiting, _("vendors applied and wait for a decision"), f"{address}?state__exact=applied")
