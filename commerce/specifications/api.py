"""REST resources of specifications: what members specified, for themselves alone."""

import dataclasses
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.catalog.reading import find_product
from commerce.specifications import remembering
from commerce.specifications.errors import NotMadeToOrder, SpecificationInvalid
from commerce.specifications.fitting import fit_all
from commerce.specifications.models import Specification
from commerce.specifications.reading import current_schema
from commerce.specifications.serializers import (
    SpecificationBody,
    SpecificationChanges,
    SpecificationFilters,
    SpecificationReply,
    refusal,
)
from community.boards.endpoints.requests import MemberCall
from community.foundation import paging
from community.foundation.problems import NotThere
from community.foundation.rest import Endpoint, check_etag, etag, gone, page_of, scope

ORDERS = scope("orders")


class SpecificationList(Endpoint):
    access = {"GET": ORDERS, "POST": ORDERS}
    filters = SpecificationFilters
    paged = True

    @extend_schema(operation_id="specifications_list", responses=page_of(SpecificationReply))
    def get(self, request: MemberCall) -> Response:
        """What you specified, latest first, and whether it still fits."""
        rows = _own(request)
        if "product" in self.query:
            rows = rows.filter(product=find_product(self.query["product"], request.user))
        page = paging.keyset(rows, order=("-used_at",), cursor=self.cursor, size=self.page_size)
        fitted = fit_all(page.items, by=request.user)
        return self.answer_page(dataclasses.replace(page, items=fitted), SpecificationReply)

    @extend_schema(operation_id="specifications_create", request=SpecificationBody, responses={201: SpecificationReply})
    def post(self, request: MemberCall) -> Response:
        """Remember what you want of a product made to order. The same values again are counted, not doubled."""
        body = self.body(SpecificationBody)
        schema = current_schema(find_product(body["product"], request.user))
        if schema is None:
            raise NotMadeToOrder
        try:
            row = remembering.remember(request.user, schema, body["values"], name=body["name"])
        except SpecificationInvalid as invalid:
            raise refusal(invalid.errors, "values") from invalid
        return _answer(self, request, row.pk, code=201)


class SpecificationDetail(Endpoint):
    access = {"GET": ORDERS, "PATCH": ORDERS, "DELETE": ORDERS}

    @extend_schema(operation_id="specifications_retrieve", responses=SpecificationReply)
    def get(self, request: MemberCall, specification_id: UUID) -> Response:
        """One of yours."""
        return _answer(self, request, specification_id)

    @extend_schema(operation_id="specifications_update", request=SpecificationChanges, responses=SpecificationReply)
    def patch(self, request: MemberCall, specification_id: UUID) -> Response:
        """Rename it or change it; new values are held to what can be specified today."""
        body = self.body(SpecificationChanges)
        row = _own(request).filter(pk=specification_id).first()
        if row is None:
            raise NotThere
        check_etag(request, etag(row.pk, row.version))
        try:
            remembering.change(by=request.user, specification_id=specification_id, **body)
        except SpecificationInvalid as invalid:
            raise refusal(invalid.errors, "values") from invalid
        return _answer(self, request, specification_id)

    @extend_schema(operation_id="specifications_delete", responses={204: None})
    def delete(self, request: MemberCall, specification_id: UUID) -> Response:
        """Forget it. Again changes nothing."""
        remembering.forget(by=request.user, specification_id=specification_id)
        return gone()


def _own(request: MemberCall) -> Any:
    return Specification.objects.visible_to(request.user).select_related("schema", "product")


def _answer(endpoint: Endpoint, request: MemberCall, key: UUID, *, code: int = 200) -> Response:
    row = _own(request).filter(pk=key).first()
    if row is None:
        raise NotThere
    reply = endpoint.reply(SpecificationReply, fit_all([row], by=request.user)[0], code=code)
    reply["ETag"] = etag(row.pk, row.version)
    return reply


urlpatterns = [
    path("specifications/", SpecificationList.as_view()),
    path("specifications/<uuid:specification_id>/", SpecificationDetail.as_view()),
]
