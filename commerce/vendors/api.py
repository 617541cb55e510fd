"""REST resources of vendors."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commerce.vendors import applying, describing
from commerce.vendors import serializers as s
from commerce.vendors.models import Vendor
from commerce.vendors.reading import find_vendor, role_at, staff_of, staffed_vendor
from commerce.vendors.rest import VENDOR
from community.foundation.rest import PUBLIC, Endpoint, gone, page_of
from community.members import teaming
from community.members.requests import MemberApiRequest
from community.members.seeing import visible_member


class Vendors(Endpoint):
    access = {"GET": PUBLIC, "POST": VENDOR}
    filters = s.VendorFilters
    paged = True

    @extend_schema(operation_id="vendors_list", parameters=[s.VendorFilters], responses=page_of(s.VendorReply))
    def get(self, request: Request) -> Response:
        """Who sells here."""
        rows = Vendor.objects.open().select_related("team")
        if self.query.get("q"):
            rows = rows.filter(name__icontains=self.query["q"])
        return self.page(rows, order=("name", "id"), reply=s.VendorReply)

    @extend_schema(operation_id="vendors_create", request=s.VendorBody, responses={201: s.VendorDetailReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Apply to sell here; an operator decides."""
        vendor = applying.apply(by=request.user, **self.body(s.VendorBody))
        return _detail(self, vendor, request.user, code=201)


class VendorOne(Endpoint):
    access = {"GET": PUBLIC, "PATCH": VENDOR}

    @extend_schema(operation_id="vendors_read", responses=s.VendorDetailReply)
    def get(self, request: Request, vendor_slug: str) -> Response:
        """One vendor, with the trader data that the law asks for and how fast it answers."""
        return _detail(self, find_vendor(vendor_slug, self.viewer), self.viewer)

    @extend_schema(operation_id="vendors_change", request=s.VendorChanges, responses=s.VendorDetailReply)
    def patch(self, request: MemberApiRequest, vendor_slug: str) -> Response:
        """Change what the vendor tells of itself."""
        vendor = staffed_vendor(request.user, vendor_slug)
        changed = describing.describe(by=request.user, vendor=vendor, **self.body(s.VendorChanges))
        return _detail(self, changed, request.user)


class Staff(Endpoint):
    access = {"GET": VENDOR, "POST": VENDOR}
    paged = True

    @extend_schema(operation_id="vendors_staff_list", responses=page_of(s.StaffReply))
    def get(self, request: MemberApiRequest, vendor_slug: str) -> Response:
        """Who works there; its staff alone may ask."""
        vendor = staffed_vendor(request.user, vendor_slug)
        return self.page(staff_of(vendor), order=("since", "id"), reply=s.StaffReply)

    @extend_schema(operation_id="vendors_staff_put", request=s.StaffBody, responses={201: s.StaffReply})
    def post(self, request: MemberApiRequest, vendor_slug: str) -> Response:
        """Let a member work there, or change their role. Owners choose anyone, managers clerks."""
        vendor, body = staffed_vendor(request.user, vendor_slug), self.body(s.StaffBody)
        member = visible_member(request.user, body["member"])
        row = teaming.put_member(by=request.user, team=vendor.team, member=member, role=body["role"])
        return self.reply(s.StaffReply, row, code=201)


class StaffOne(Endpoint):
    access = {"DELETE": VENDOR}

    @extend_schema(operation_id="vendors_staff_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, vendor_slug: str, username: str) -> Response:
        """Let someone go, or leave."""
        vendor = staffed_vendor(request.user, vendor_slug)
        teaming.remove_member(by=request.user, team=vendor.team, member=visible_member(request.user, username))
        return gone()


def _detail(endpoint: Endpoint, vendor: Vendor, viewer: Any, *, code: int = 200) -> Response:
    vendor.role = role_at(vendor, viewer)  # type: ignore[attr-defined]
    return endpoint.reply(s.VendorDetailReply, vendor, code=code)


urlpatterns = [
    path("vendors/", Vendors.as_view()),
    path("vendors/<str:vendor_slug>/", VendorOne.as_view()),
    path("vendors/<str:vendor_slug>/staff/", Staff.as_view()),
    path("vendors/<str:vendor_slug>/staff/<str:username>/", StaffOne.as_view()),
]
