"""The look of the vendors' desk: the vendor's name and picture, and the pages that this member may open."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.vendors.desk import desk_site
from commerce.vendors.switching import place_of


def site_title(request: HttpRequest) -> str:
    place = place_of(request)
    return place.vendor.name if place else str(_("Desk"))


def site_logo(request: HttpRequest) -> str:
    place = place_of(request)
    return (place.vendor.team.picture_url if place else "") or static("img/logo.svg")


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    return desk_site.navigation(request)


def account_links(request: HttpRequest) -> list[dict[str, Any]]:
    return [{"title": _("Settings"), "link": reverse("community_members:settings")}]
