"""The shop: its list, a product, several side by side, files of those who bought."""

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commerce.catalog import comparing, downloading, facets, panels
from commerce.catalog.filters import from_query, orders_of
from commerce.catalog.history import mark_falls
from commerce.catalog.reading import branch_of, find_for_page, products
from commerce.catalog.telling import told_of
from community.foundation.access import everyone, signed_in
from community.foundation.guest_cache import cached_for_guests
from community.foundation.paging import keyset


@everyone
@require_safe
@cached_for_guests
def shop(request: HttpRequest) -> HttpResponse:
    """Everything on sale, with filters and how many products each leaves."""
    filters, tree = from_query(request.GET), facets.all_categories()
    branch = branch_of(filters.category, tree)
    if filters.category and not branch:
        filters = filters.but(category="")
    rows, order = products(request.user, filters, branch)
    page = keyset(rows, order=order, cursor=request.GET.get("cursor"), size=24)
    mark_falls(page.items)
    context = {
        "page": page,
        "filters": filters,
        "facets": facets.facets_of(filters, tree),
        "orders": orders_of(filters),
    }
    return render(request, "commerce/catalog/shop/page.html", context)


@everyone
@require_safe
@cached_for_guests
def product(request: HttpRequest, product_slug: str) -> HttpResponse:
    """One product; `?variant=` and `?picture=` choose what stands in front."""
    found = find_for_page(product_slug, request.user)
    told = told_of(found, variant=request.GET.get("variant", ""), picture=request.GET.get("picture", ""))
    context = {
        "told": told,
        "shown": told.shown,
        "product": told.shown.product,
        "panels": panels.render(told.shown, request),
        "files": downloading.files_for(found, request.user),
    }
    return render(request, "commerce/catalog/product/page.html", context)


@everyone
@require_safe
@cached_for_guests
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four products side by side: `?products=` once each, or once with commas."""
    slugs = [slug for asked in request.GET.getlist("products") for slug in asked.split(",") if slug]
    comparison = comparing.compare(slugs, request.user)
    return render(request, "commerce/catalog/compare/page.html", {"comparison": comparison, "most": comparing.MOST})


@signed_in
@require_safe
def download(request: HttpRequest, product_slug: str, file_id: uuid.UUID) -> FileResponse:
    """A file of a digital product, for those who bought it and its vendor's staff."""
    file = downloading.find_file(product_slug, file_id, request.user)
    response = FileResponse(downloading.content_of(file), as_attachment=True, filename=file.name)
    response["Cache-Control"] = "private, no-store"
    return response
