"""REST resources of cart: one's own, always."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.cart import changing, opening, removing
from commerce.cart.adding import add
from commerce.cart.models import Cart, CartLine
from commerce.cart.reading import cart_of
from commerce.cart.serializers import CartLineBody, CartLineChanges, CartLineReply, CartReply, TriedReply, numbered
from commerce.cart.showing import note_seen, show
from commerce.specifications.errors import SpecificationInvalid
from commerce.specifications.serializers import refusal
from community.foundation.problems import NotThere
from community.foundation.rest import Endpoint, gone, page_of, scope
from community.members.requests import MemberApiRequest

ORDERS = scope("orders")


class CartOne(Endpoint):
    access = {"GET": ORDERS}

    @extend_schema(operation_id="cart_retrieve", responses=CartReply)
    def get(self, request: MemberApiRequest) -> Response:
        """Your cart as it would be bought now, with the delivery methods of each vendor. What it shows you of prices
        counts as seen: checkout charges no more than that without asking."""
        shown = show(cart_of(request.user), member=request.user, chosen={})
        reply = self.reply(CartReply, shown)
        note_seen(shown)
        return reply


class CartLines(Endpoint):
    access = {"POST": ORDERS}

    @extend_schema(operation_id="cart_lines_create", request=CartLineBody, responses={201: CartLineReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Put something in. The same thing once more raises the number of its line, which is the reply."""
        body = self.body(CartLineBody)
        cart = opening.of_member(request.user)
        try:
            line = add(cart=cart, by=request.user, variant_id=body.pop("variant"), **body)
        except SpecificationInvalid as invalid:
            raise refusal(invalid.errors, "specification") from invalid
        return _answer(self, cart, line, code=201)


class CartLineOne(Endpoint):
    access = {"PATCH": ORDERS, "DELETE": ORDERS}

    @extend_schema(operation_id="cart_lines_update", request=CartLineChanges, responses=CartLineReply)
    def patch(self, request: MemberApiRequest, line_id: UUID) -> Response:
        """Another number, another label, made otherwise. A line that comes to ask for the same as another is joined
        with it, and that one is the reply."""
        body = self.body(CartLineChanges)
        cart = _own(request)
        try:
            line = changing.change(cart=cart, by=request.user, line_id=line_id, **body)
        except SpecificationInvalid as invalid:
            raise refusal(invalid.errors, "specification") from invalid
        return _answer(self, cart, line)

    @extend_schema(operation_id="cart_lines_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, line_id: UUID) -> Response:
        """Take it out. Again changes nothing."""
        cart = cart_of(request.user)
        if cart is not None:
            removing.remove(cart=cart, line_id=line_id)
        return gone()


class CartExplanation(Endpoint):
    access = {"GET": ORDERS}

    @extend_schema(operation_id="cart_explanation_list", responses=page_of(TriedReply))
    def get(self, request: MemberApiRequest) -> Response:
        """Every discount that was tried, and why it applies or not, by the code that charges."""
        shown = show(cart_of(request.user), member=request.user, chosen={})
        results: Any = TriedReply(numbered(shown.quote.tried), many=True).data
        return Response({"next": None, "previous": None, "results": results})


def _own(request: MemberApiRequest) -> Cart:
    cart = cart_of(request.user)
    if cart is None:
        raise NotThere
    return cart


def _answer(endpoint: Endpoint, cart: Cart, line: CartLine, *, code: int = 200) -> Response:
    shown = show(cart, member=endpoint.request.user, chosen={})
    row = next((one for one in shown.lines if one.asked.key == line.pk), None)
    if row is None:
        raise NotThere
    return endpoint.reply(CartLineReply, row, code=code)


urlpatterns = [
    path("cart/", CartOne.as_view()),
    path("cart/lines/", CartLines.as_view()),
    path("cart/lines/<uuid:line_id>/", CartLineOne.as_view()),
    path("cart/explanation/", CartExplanation.as_view()),
]
