"""What members watch over REST: each their own alone."""

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.catalog.reading import find_product
from commerce.watches import reading, watching
from commerce.watches.serializers import WatchBody, WatchChanges, WatchFilters, WatchReply
from commerce.watches.watching import Wishes
from community.foundation.rest import Endpoint, gone, page_of, scope
from community.members.requests import MemberApiRequest

ORDERS = scope("orders")


class WatchList(Endpoint):
    access = {"GET": ORDERS, "POST": ORDERS}
    filters = WatchFilters
    paged = True

    @extend_schema(operation_id="watches_list", parameters=[WatchFilters], responses=page_of(WatchReply))
    def get(self, request: MemberApiRequest) -> Response:
        """What you watch and is on sale, the latest first."""
        slug = self.query.get("product")
        product = find_product(slug, request.user) if slug else None
        page = reading.page_of(request.user, product=product, cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, WatchReply)

    @extend_schema(operation_id="watches_create", request=WatchBody, responses={201: WatchReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Watch a product or one of its variants: be told when it can be bought again, and when it costs less."""
        body = self.body(WatchBody)
        product = find_product(body.pop("product"), request.user)
        variant = body.pop("variant", None)
        made = watching.watch(by=request.user, product=product, variant_id=variant, wishes=Wishes(**body))
        return self.reply(WatchReply, reading.one_of(request.user, made.pk), code=201)


class WatchOne(Endpoint):
    access = {"GET": ORDERS, "PATCH": ORDERS, "DELETE": ORDERS}

    @extend_schema(operation_id="watches_retrieve", responses=WatchReply)
    def get(self, request: MemberApiRequest, watch_id: UUID) -> Response:
        """One of yours."""
        return self.reply(WatchReply, reading.one_of(request.user, watch_id))

    @extend_schema(operation_id="watches_update", request=WatchChanges, responses=WatchReply)
    def patch(self, request: MemberApiRequest, watch_id: UUID) -> Response:
        """Watch for something else; today's price is then the one you know."""
        watching.change(by=request.user, watch_id=watch_id, **self.body(WatchChanges))
        return self.reply(WatchReply, reading.one_of(request.user, watch_id))

    @extend_schema(operation_id="watches_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, watch_id: UUID) -> Response:
        """Watch it no more. Again changes nothing."""
        watching.end(by=request.user, watch_id=watch_id)
        return gone()


urlpatterns = [
    path("watches/", WatchList.as_view()),
    path("watches/<uuid:watch_id>/", WatchOne.as_view()),
]
