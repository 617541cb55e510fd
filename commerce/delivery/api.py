"""REST resources of delivery: a vendor's methods, a member's addresses."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.delivery import addressing, offering
from commerce.delivery.models import Address, Method
from commerce.delivery.serializers import (
    AddressBody,
    AddressReply,
    MethodBody,
    MethodChanges,
    MethodFilters,
    MethodReply,
)
from commerce.vendors.models import Vendor
from commerce.vendors.rest import VENDOR
from commerce.vendors.staffing import MANAGERS, vendor_of
from community.foundation.rest import Endpoint, gone, page_of, scope
from community.members.requests import MemberApiRequest

ORDERS = scope("orders")


class MethodList(Endpoint):
    access = {"GET": VENDOR, "POST": VENDOR}
    filters = MethodFilters
    paged = True

    @extend_schema(operation_id="delivery_methods_list", parameters=[MethodFilters], responses=page_of(MethodReply))
    def get(self, request: MemberApiRequest) -> Response:
        """The delivery methods of the vendors you work for."""
        rows = Method.objects.filter(vendor__in=Vendor.objects.staffed_by(request.user)).select_related("vendor")
        if "vendor" in self.query:
            rows = rows.filter(vendor__slug=self.query["vendor"])
        return self.page(rows, order=("id",), reply=MethodReply)

    @extend_schema(operation_id="delivery_methods_create", request=MethodBody, responses={201: MethodReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Offer one more way of delivery. Without any, a vendor's parcels cost nothing."""
        body = self.body(MethodBody)
        vendor = vendor_of(request.user, body.pop("vendor", None), MANAGERS)
        return self.reply(MethodReply, offering.offer(by=request.user, vendor=vendor, **body), code=201)


class MethodOne(Endpoint):
    access = {"PATCH": VENDOR, "DELETE": VENDOR}

    @extend_schema(operation_id="delivery_methods_update", request=MethodChanges, responses=MethodReply)
    def patch(self, request: MemberApiRequest, method_id: UUID) -> Response:
        """Change it. What was bought already is delivered as it was agreed."""
        row = offering.change(by=request.user, method_id=method_id, **self.body(MethodChanges))
        return self.reply(MethodReply, row)

    @extend_schema(operation_id="delivery_methods_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, method_id: UUID) -> Response:
        """Offer it no more. Again changes nothing."""
        if Method.objects.visible_to(request.user).filter(pk=method_id).exists():
            offering.withdraw(by=request.user, method_id=method_id)
        return gone()


class AddressList(Endpoint):
    access = {"GET": ORDERS, "POST": ORDERS}
    paged = True

    @extend_schema(operation_id="addresses_list", responses=page_of(AddressReply))
    def get(self, request: MemberApiRequest) -> Response:
        """Where you had something sent, the latest used first."""
        return self.page(Address.objects.visible_to(request.user), order=("-used_at", "-id"), reply=AddressReply)

    @extend_schema(operation_id="addresses_create", request=AddressBody, responses={201: AddressReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Remember one. The same again comes first; beyond twenty the longest unused goes."""
        addressing.remember(request.user, self.body(AddressBody))
        return self.reply(AddressReply, addressing.latest_of(request.user), code=201)


class AddressOne(Endpoint):
    access = {"DELETE": ORDERS}

    @extend_schema(operation_id="addresses_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, address_id: UUID) -> Response:
        """Forget it. Again changes nothing, and what was bought keeps its copy."""
        addressing.forget(by=request.user, address_id=address_id)
        return gone()


urlpatterns: list[Any] = [
    path("delivery-methods/", MethodList.as_view()),
    path("delivery-methods/<uuid:method_id>/", MethodOne.as_view()),
    path("addresses/", AddressList.as_view()),
    path("addresses/<uuid:address_id>/", AddressOne.as_view()),
]
