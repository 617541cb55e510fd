"""A member's shelf over REST: each their own alone."""

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.shelf import adding, reading
from commerce.shelf.serializers import ShelfFilters, ThingBody, ThingChanges, ThingReply
from community.foundation.rest import Endpoint, gone, page_of, scope
from community.members.requests import MemberApiRequest

ORDERS = scope("orders")


class Shelf(Endpoint):
    access = {"GET": ORDERS, "POST": ORDERS}
    filters = ShelfFilters
    paged = True

    @extend_schema(operation_id="shelf_list", parameters=[ShelfFilters], responses=page_of(ThingReply))
    def get(self, request: MemberApiRequest) -> Response:
        """What you own, what came last first: bought here and arrived, or told by you. What you hid is asked for by name."""
        show, order = self.query.get("show", ""), self.query.get("order", "")
        page = reading.page_of(request.user, show=show, order=order, cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, ThingReply)

    @extend_schema(operation_id="shelf_create", request=ThingBody, responses={201: ThingReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Add something that you bought elsewhere."""
        made = adding.add(by=request.user, **self.body(ThingBody))
        return self.reply(ThingReply, reading.one_of(request.user, made.pk), code=201)


class OnShelf(Endpoint):
    access = {"GET": ORDERS, "PATCH": ORDERS, "DELETE": ORDERS}

    @extend_schema(operation_id="shelf_retrieve", responses=ThingReply)
    def get(self, request: MemberApiRequest, thing_id: UUID) -> Response:
        """One of yours."""
        return self.reply(ThingReply, reading.one_of(request.user, thing_id))

    @extend_schema(operation_id="shelf_update", request=ThingChanges, responses=ThingReply)
    def patch(self, request: MemberApiRequest, thing_id: UUID) -> Response:
        """Give it a name and a note, hide it or show it again; of what you told yourself, change anything."""
        adding.change(by=request.user, thing_id=thing_id, **self.body(ThingChanges))
        return self.reply(ThingReply, reading.one_of(request.user, thing_id))

    @extend_schema(operation_id="shelf_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, thing_id: UUID) -> Response:
        """Take off what you told yourself. What was bought here stays (409 `bought_here`): hide it."""
        adding.remove(by=request.user, thing_id=thing_id)
        return gone()


urlpatterns = [
    path("shelf/", Shelf.as_view()),
    path("shelf/<uuid:thing_id>/", OnShelf.as_view()),
]
