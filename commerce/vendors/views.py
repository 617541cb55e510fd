from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commerce.vendors.models import Vendor
from commerce.vendors.reading import find_vendor
from community.foundation import paging
from community.foundation.access import everyone, signed_in


@require_safe
@everyone
def index(request: HttpRequest) -> HttpResponse:
    """Who sells here."""
    rows = Vendor.objects.open().select_related("team")
    page = paging.keyset(rows, order=("name", "id"), cursor=request.GET.get("cursor"))
    return render(request, "commerce/vendors/vendors/page.html", {"page": page})


@require_safe
@signed_in
def apply(request: HttpRequest) -> HttpResponse:
    return render(request, "commerce/vendors/vendors/page.html", {"page": None})


@require_safe
@everyone
def detail(request: HttpRequest, vendor_slug: str) -> HttpResponse:
    vendor = find_vendor(vendor_slug, request.user)
    return render(request, "commerce/vendors/vendor/page.html", {"vendor": vendor})
