"""A product's change log over REST: everyone reads it, its vendor's owners and managers write it."""

from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commerce.catalog.models import Product
from commerce.catalog.reading import find_product
from commerce.changes import reading, writing
from commerce.changes.models import Change
from commerce.changes.serializers import ChangeBody, ChangeChanges, ChangeReply
from commerce.vendors.rest import VENDOR
from community.foundation.problems import Invalid, NotThere
from community.foundation.rest import PUBLIC, Endpoint, check_etag, etag, gone, page_of


class ChangeList(Endpoint):
    access = {"GET": PUBLIC, "POST": VENDOR}
    paged = True

    @extend_schema(operation_id="products_changes_list", responses=page_of(ChangeReply))
    def get(self, request: Request, product_slug: str) -> Response:
        """What changed on a product, newest first, because of whom, and the score before and since."""
        product = find_product(product_slug, self.viewer)
        page = reading.page_of(product, self.viewer, cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, ChangeReply)

    @extend_schema(operation_id="products_changes_create", request=ChangeBody, responses={201: ChangeReply})
    def post(self, request: Request, product_slug: str) -> Response:
        """Tell of a change; who wrote what caused it is credited and told."""
        product = find_product(product_slug, request.user)
        with _named_as_sent():
            change = writing.publish_change(by=request.user, product=product, **_told(self.body(ChangeBody)))
        return _answer(self, product, change, code=201)


class ChangeOne(Endpoint):
    access = {"GET": PUBLIC, "PATCH": VENDOR, "DELETE": VENDOR}

    @extend_schema(operation_id="products_changes_read", responses=ChangeReply)
    def get(self, request: Request, product_slug: str, change_id: UUID) -> Response:
        """One change; its vendor reads a withdrawn one too."""
        product = find_product(product_slug, self.viewer)
        return _answer(self, product, reading.find_change(product, change_id, self.viewer))

    @extend_schema(operation_id="products_changes_change", request=ChangeChanges, responses=ChangeReply)
    def patch(self, request: Request, product_slug: str, change_id: UUID) -> Response:
        """Change what is told. `sources` takes the place of those that you see; who is named anew is told."""
        product = find_product(product_slug, request.user)
        change = reading.find_change(product, change_id, request.user)
        check_etag(request, etag(change.pk, change.version))
        with _named_as_sent():
            change = writing.edit_change(by=request.user, change=change, **_told(self.body(ChangeChanges)))
        return _answer(self, product, change)

    @extend_schema(operation_id="products_changes_delete", responses={204: None})
    def delete(self, request: Request, product_slug: str, change_id: UUID) -> Response:
        """Withdraw it: nobody but its vendor and operators sees it any more. Again changes nothing."""
        product = find_product(product_slug, request.user)
        change = reading.find_change(product, change_id, request.user)
        writing.withdraw_change(by=request.user, change=change)
        return gone()


def _told(body: dict[str, Any]) -> dict[str, Any]:
    """A body as the acts take it."""
    return {"source" if name == "body" else name: value for name, value in body.items()}


@contextmanager
def _named_as_sent():
    """A fault of the text is told by the name of the field that was sent."""
    try:
        yield
    except Invalid as problem:
        problem.field = "body" if problem.field == "source" else problem.field
        raise


def _answer(endpoint: Endpoint, product: Product, change: Change, *, code: int = 200) -> Response:
    """By the eyes of whoever wrote, also where their token may not read as they do."""
    reader = endpoint.viewer if endpoint.request.method == "GET" else endpoint.request.user
    row = Change.objects.visible_to(reader).filter(pk=change.pk).first()
    if row is None:
        raise NotThere
    response = endpoint.reply(ChangeReply, reading.told(product, [row], reader)[0], code=code)
    response["ETag"] = etag(row.pk, row.version)
    return response


urlpatterns = [
    path("products/<str:product_slug>/changes/", ChangeList.as_view()),
    path("products/<str:product_slug>/changes/<uuid:change_id>/", ChangeOne.as_view()),
]
