from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commerce.vendors import applying, panels, trader
from commerce.vendors.forms import ApplicationForm, CorrectionForm
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.reading import find_vendor, role_at
from commerce.vendors.replying import mark_reply_times
from commerce.vendors.staffing import OWNERS
from community.foundation import paging
from community.foundation.access import everyone, signed_in
from community.foundation.problems import NotThere, shown_on
from community.members.requests import MemberRequest


@require_safe
@everyone
def index(request: HttpRequest) -> HttpResponse:
    """Who sells here."""
    rows = Vendor.objects.open().select_related("team")
    page = paging.keyset(rows, order=("name", "id"), cursor=request.GET.get("cursor"))
    mark_reply_times(page.items)
    return render(request, "commerce/vendors/vendors/page.html", {"page": page})


@require_safe
@everyone
def detail(request: HttpRequest, vendor_slug: str) -> HttpResponse:
    """Who a vendor is, what members said of it, and ways to take part."""
    vendor = find_vendor(vendor_slug, request.user)
    mark_reply_times([vendor])
    context = {
        "vendor": vendor,
        "trader": trader.shown(vendor),
        "panels": panels.render(vendor, request),
        "role": role_at(vendor, request.user),
        "states": VendorState,
    }
    return render(request, "commerce/vendors/detail/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def apply(request: MemberRequest) -> HttpResponse:
    """Ask to sell here."""
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            vendor = applying.apply(by=request.user, **form.cleaned_data)
            messages.success(request, _("Your application is in. An operator reads it, and you will be told."))
            return redirect(vendor)
    own = Vendor.objects.staffed_by(request.user).order_by("name")
    return render(request, "commerce/vendors/apply/page.html", {"form": form, "own": own})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def apply_again(request: MemberRequest, vendor_slug: str) -> HttpResponse:
    """Correct a refused application and hand it in again."""
    vendor = find_vendor(vendor_slug, request.user)
    if vendor.state != VendorState.REFUSED or role_at(vendor, request.user) not in OWNERS:
        raise NotThere
    said = {name: getattr(vendor, name) for name in ("name", "introduction", *trader.FIELDS)}
    form = CorrectionForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            applying.apply_again(by=request.user, vendor=vendor, **form.cleaned_data)
            messages.success(request, _("Your application is in again. You will be told."))
            return redirect(vendor)
    return render(request, "commerce/vendors/apply_again/page.html", {"form": form, "vendor": vendor})
