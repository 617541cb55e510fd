"""A product's change log, and one change by itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commerce.catalog.reading import find_product
from commerce.changes import reading
from community.foundation.access import everyone
from community.foundation.guest_cache import cached_for_guests

PAGE = 10


@everyone
@require_safe
@cached_for_guests
def changes(request: HttpRequest, product_slug: str) -> HttpResponse:
    """Everything that changed on a product, newest first."""
    product = find_product(product_slug, request.user)
    page = reading.page_of(product, request.user, cursor=request.GET.get("cursor"), size=PAGE)
    return render(request, "commerce/changes/list/page.html", {"product": product, "page": page})


@everyone
@require_safe
@cached_for_guests
def change(request: HttpRequest, product_slug: str, change_id: UUID) -> HttpResponse:
    """One change: where the notice leads."""
    product = find_product(product_slug, request.user)
    [told] = reading.told(product, [reading.find_change(product, change_id, request.user)], request.user)
    return render(request, "commerce/changes/detail/page.html", {"product": product, "told": told})
