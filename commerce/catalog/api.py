"""Products and their variants over REST."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commerce.catalog import comparing, registering, variants
from commerce.catalog.filters import Filters
from commerce.catalog.models import Product, ProductState
from commerce.catalog.offering import change_product, create_product, list_product, pause_product, remove_product
from commerce.catalog.reading import find_product, find_variant, products, variants_of, with_faces
from commerce.catalog.serializers import (
    ComparisonFilters,
    ComparisonReply,
    ProductBody,
    ProductChanges,
    ProductDetailReply,
    ProductFilters,
    ProductReply,
    VariantChanges,
    VariantReply,
)
from commerce.vendors.rest import VENDOR
from commerce.vendors.staffing import MANAGERS, vendor_of
from community.foundation.problems import Invalid
from community.foundation.rest import PUBLIC, Endpoint, check_etag, etag, page_of

STATES = {
    ProductState.LISTED: list_product,
    ProductState.PAUSED: pause_product,
    ProductState.REMOVED: remove_product,
}


def _detail(endpoint: Endpoint, product: Product, *, code: int = 200) -> Response:
    """A product that the caller was allowed to see or change, with its variants and what other apps tell of both."""
    found = with_faces(Product.objects.filter(pk=product.pk)).get()
    shown: list[Any] = list(variants_of([found]))
    ids = [one.pk for one in shown]
    response = endpoint.reply(
        ProductDetailReply,
        found,
        code=code,
        shown=shown,
        product_extras=registering.read_all(registering.product_fields(), [found.pk], endpoint.viewer),
        variant_extras=registering.read_all(registering.variant_fields(), ids, endpoint.viewer),
    )
    response["ETag"] = etag(found.pk, found.version)
    return response


def _split(body: dict[str, Any], extras: dict[str, registering.Extra]) -> dict[str, Any]:
    """Take what belongs to other apps out of a body."""
    return {name: body.pop(name) for name in list(body) if name in extras}


class ProductList(Endpoint):
    access = {"GET": PUBLIC, "POST": VENDOR}
    filters = ProductFilters
    paged = True

    @extend_schema(operation_id="products_list", parameters=[ProductFilters], responses=page_of(ProductReply))
    def get(self, request: Request) -> Response:
        """What is on sale."""
        asked = {"words" if name == "q" else name: value for name, value in self.query.items()}
        rows, order = products(self.viewer, Filters(**asked))
        return self.page(rows, order=order, reply=ProductReply)

    @extend_schema(operation_id="products_create", request=ProductBody, responses={201: ProductDetailReply})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Offer a subject, with its variants; it is on sale at once unless `state` is "draft"."""
        body = self.body(ProductBody)
        vendor = vendor_of(request.user, body.pop("vendor", None), MANAGERS)
        state, rows = body.pop("state"), body.pop("variants")
        told = _split(body, registering.product_fields())
        product = create_product(by=request.user, vendor=vendor, **body)
        registering.write_all(registering.product_fields(), by=request.user, of=product, values=told)
        for row in rows:
            counted = _split(row, registering.variant_fields())
            variant = variants.add(by=request.user, product=product, **row)
            registering.write_all(registering.variant_fields(), by=request.user, of=variant, values=counted)
        if state == ProductState.LISTED:
            list_product(by=request.user, product=product)
        return _detail(self, product, code=201)


class ProductOne(Endpoint):
    access = {"GET": PUBLIC, "PATCH": VENDOR}

    @extend_schema(operation_id="products_read", responses=ProductDetailReply)
    def get(self, request: Request, product_slug: str) -> Response:
        """One product with its variants, options and prices in time."""
        return _detail(self, find_product(product_slug, self.viewer))

    @extend_schema(operation_id="products_change", request=ProductChanges, responses=ProductDetailReply)
    @transaction.atomic
    def patch(self, request: Request, product_slug: str) -> Response:
        """Change what is told of it, or its state: listed, paused, removed."""
        product = find_product(product_slug, request.user)
        check_etag(request, etag(product.pk, product.version))
        body = self.body(ProductChanges)
        state = body.pop("state", None)
        told = _split(body, registering.product_fields())
        registering.write_all(registering.product_fields(), by=request.user, of=product, values=told)
        if body or (state is None and not told):
            product = change_product(by=request.user, product=product, **body)
        if state == ProductState.DRAFT and product.state != ProductState.DRAFT:
            raise Invalid(code="invalid_choice", field="state")
        if state in STATES:
            product = STATES[state](by=request.user, product=product)
        return _detail(self, product)


class Comparison(Endpoint):
    access = {"GET": PUBLIC}
    filters = ComparisonFilters

    @extend_schema(operation_id="products_compare", parameters=[ComparisonFilters], responses=ComparisonReply)
    def get(self, request: Request) -> Response:
        """Up to four products side by side: what they have in common and in what they differ, in words."""
        return self.reply(ComparisonReply, comparing.compare(self.query["products"], self.viewer))


class VariantOne(Endpoint):
    access = {"PATCH": VENDOR}

    @extend_schema(operation_id="variants_change", request=VariantChanges, responses=VariantReply)
    @transaction.atomic
    def patch(self, request: Request, variant_id: UUID) -> Response:
        """Set its price; other apps take their fields before, in the order of locks (stock, then product)."""
        variant = find_variant(variant_id, request.user)
        body = self.body(VariantChanges)
        counted = _split(body, registering.variant_fields())
        registering.write_all(registering.variant_fields(), by=request.user, of=variant, values=counted)
        if "price" in body:
            variant = variants.change_price(by=request.user, variant=variant, price=body["price"])
        extras = registering.read_all(registering.variant_fields(), [variant.pk], self.viewer)
        return self.reply(VariantReply, variant, variant_extras=extras)


urlpatterns = [
    path("products/", ProductList.as_view()),
    path("products/compare/", Comparison.as_view()),
    path("products/<str:product_slug>/", ProductOne.as_view()),
    path("variants/<uuid:variant_id>/", VariantOne.as_view()),
]
