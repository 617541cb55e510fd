"""REST resources of payments: how one may pay, and the cards that are kept."""

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.payments import choosing, keeping
from commerce.payments.models import KeptMethod
from commerce.payments.serializers import KeepBody, KeepReply, KeptMethodReply, WaysReply, all_ways
from community.foundation.rest import Endpoint, gone, own_hands, page_of, scope
from community.members.requests import MemberApiRequest

ORDERS = scope("orders")


class Ways(Endpoint):
    access = {"GET": ORDERS}

    @extend_schema(operation_id="payment_ways_list", responses=WaysReply)
    def get(self, request: MemberApiRequest) -> Response:
        """How you may pay here: kept cards first, then what everyone may use."""
        return self.reply(WaysReply, all_ways(choosing.ways(request.user)))


class KeptMethods(Endpoint):
    access = {"GET": ORDERS, "POST": own_hands("orders")}
    paged = True

    @extend_schema(operation_id="payment_methods_list", responses=page_of(KeptMethodReply))
    def get(self, request: MemberApiRequest) -> Response:
        """The cards that payment services keep for you, the last used first."""
        rows = KeptMethod.objects.visible_to(request.user)
        return self.page(rows, order=("-used_at",), reply=KeptMethodReply)

    @extend_schema(operation_id="payment_methods_begin", request=KeepBody, responses={200: KeepReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Begin to have a card kept: open `action_url` and give it there. No number of a card ever passes through here."""
        url = keeping.begin_keeping(by=request.user, provider=self.body(KeepBody)["provider"])
        return self.reply(KeepReply, {"action_url": url})


class KeptMethodOne(Endpoint):
    access = {"DELETE": ORDERS}

    @extend_schema(operation_id="payment_methods_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, kept_id: UUID) -> Response:
        """Have a card forgotten, here and at the payment service. Repeats succeed."""
        keeping.forget(by=request.user, kept_id=kept_id)
        return gone()


urlpatterns = [
    path("payment-ways/", Ways.as_view()),
    path("payment-methods/", KeptMethods.as_view()),
    path("payment-methods/<uuid:kept_id>/", KeptMethodOne.as_view()),
]
