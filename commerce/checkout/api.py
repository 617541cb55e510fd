"""REST resource of the checkout."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.checkout import paying
from commerce.checkout.choosing import Choice
from commerce.checkout.serializers import CheckoutBody, CheckoutReply
from commerce.delivery.errors import AddressInvalid
from commerce.specifications.serializers import refusal
from community.foundation.rest import Endpoint, scope
from community.idempotency import phases
from community.members.requests import MemberApiRequest


class Checkout(Endpoint):
    access = {"POST": scope("orders")}
    requires_key = phased = True

    @extend_schema(operation_id="checkout_create", request=CheckoutBody, responses={201: CheckoutReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Buy what is in your cart: one purchase, one order a vendor. Needs an Idempotency-Key."""
        body = self.body(CheckoutBody)
        choice = Choice(
            payment_method=body["payment_method"],
            address=body.get("address"),
            deliveries=body.get("deliveries", {}),
            points=body.get("points", 0),
            notes=body.get("notes", {}),
            agreed=body.get("total"),
        )
        try:
            paid = paying.check_out(member=request.user, choice=choice, claim=phases.claim_of(request))
        except AddressInvalid as invalid:
            raise refusal(invalid.faults, "address") from invalid
        return self.reply(CheckoutReply, paid, code=201)


urlpatterns = [path("checkout/", Checkout.as_view())]
