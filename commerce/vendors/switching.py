"""At which vendor's desk a member is: the one chosen last in this session, else the first by name."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere
from community.members.models import TeamMember

SESSION_KEY = "desk_vendor"


@dataclass(frozen=True)
class Place:
    """A desk: the vendor, the member's role there, and all vendors between which the member may switch."""

    vendor: Vendor
    role: str
    vendors: tuple[Vendor, ...]


def place_of(request: HttpRequest) -> Place | None:
    """The desk of this request, read once; None for who works for no vendor."""
    if not hasattr(request, "_desk_place"):
        request._desk_place = _place(request)  # type: ignore[attr-defined]
    return request._desk_place  # type: ignore[attr-defined]


def _place(request: HttpRequest) -> Place | None:
    if not request.user.is_authenticated:
        return None
    roles = TeamMember.objects.filter(team=OuterRef("team"), member=request.user).values("role")[:1]
    vendors = tuple(Vendor.objects.staffed_by(request.user).annotate(role=Subquery(roles)).select_related("team"))
    if not vendors:
        return None
    chosen = request.session.get(SESSION_KEY)
    vendor = next((one for one in vendors if one.slug == chosen), vendors[0])
    return Place(vendor, vendor.role, vendors)  # type: ignore[attr-defined]


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Go to the desk of another vendor that one works for."""
    place, slug = place_of(request), request.POST.get("vendor", "")
    if place is None or slug not in {vendor.slug for vendor in place.vendors}:
        raise NotThere
    request.session[SESSION_KEY] = slug
    return redirect("desk:index")
