"""REST resources of returns: under their order, and by their own id."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commerce.returns import asking, deciding, receiving, refunding, replacing, sending
from commerce.returns.arriving import Inspected
from commerce.returns.errors import LinesOrAmount
from commerce.returns.models import Return
from commerce.returns.reading import find_return, whole
from commerce.returns.serializers import (
    RefundBody,
    RefundReply,
    ReturnBody,
    ReturnDecisionBody,
    ReturnFilters,
    ReturnReceivedBody,
    ReturnRefundBody,
    ReturnReply,
    ReturnSentBody,
)
from commerce.vendors.rest import VENDOR
from community.foundation.problems import NotThere
from community.foundation.rest import Endpoint, any_scope, has_scope, page_of, scope
from community.members.requests import MemberApiRequest

BUYER = scope("orders")
ANY = any_scope("orders", "vendor", "operate")


def _seen(request: Request) -> QuerySet[Return]:
    """What the token opens: one's own by `orders`, the vendor's by `vendor`, all by an operator's `operate`."""
    names = {"buyer": "orders", "staff": "vendor", "operator": "operate"}
    roles = {role: has_scope(request, name) for role, name in names.items()}
    return Return.objects.seen_as(request.user, **roles)


def _shown(endpoint: Endpoint, row: Return, *, code: int = 200) -> Response:
    return endpoint.reply(ReturnReply, whole(Return.objects.filter(pk=row.pk)).get(), code=code)


def _checked(request: Any, return_id: UUID, order_id: UUID | None) -> UUID:
    """The id, if the return is of the order whose address was used. Raises NotThere."""
    if order_id is not None:
        find_return(request.user, pk=return_id, order=order_id)
    return return_id


class ReturnList(Endpoint):
    access = {"GET": ANY}
    filters = ReturnFilters
    paged = True

    @extend_schema(operation_id="returns_list", parameters=[ReturnFilters], responses=page_of(ReturnReply))
    def get(self, request: Request) -> Response:
        """Your returns and those of your vendors, newest first; operators read all."""
        return self.page(whole(_seen(request).filter(**self.query)), order=("-requested_at",), reply=ReturnReply)


class OneReturn(Endpoint):
    access = {"GET": ANY}

    @extend_schema(operation_id="returns_read", responses=ReturnReply)
    def get(self, request: Request, return_id: UUID) -> Response:
        row = _seen(request).filter(pk=return_id).first()
        if row is None:
            raise NotThere
        return _shown(self, row)


class OrderReturns(Endpoint):
    access = {"GET": ANY, "POST": BUYER}
    paged = True

    @extend_schema(operation_id="orders_returns_list", responses=page_of(ReturnReply))
    def get(self, request: Request, order_id: UUID) -> Response:
        """The returns of an order, newest first."""
        rows = whole(_seen(request).filter(order=order_id))
        return self.page(rows, order=("-requested_at",), reply=ReturnReply)

    @extend_schema(operation_id="orders_returns_create", request=ReturnBody, responses={201: ReturnReply})
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Ask to give units of what you bought back."""
        body = self.body(ReturnBody)
        return _shown(self, asking.ask_return(by=request.user, order_id=order_id, **body), code=201)


class Decision(Endpoint):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_returns_decide", request=ReturnDecisionBody, responses=ReturnReply)
    def post(self, request: MemberApiRequest, return_id: UUID, order_id: UUID | None = None) -> Response:
        """Accept a return, or turn it down and say why."""
        body = self.body(ReturnDecisionBody)
        key, reason = _checked(request, return_id, order_id), body.get("reason") or ""
        return _shown(self, deciding.decide(by=request.user, return_id=key, accepted=body["accepted"], reason=reason))


class Received(Endpoint):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_returns_receive", request=ReturnReceivedBody, responses=ReturnReply)
    def post(self, request: MemberApiRequest, return_id: UUID, order_id: UUID | None = None) -> Response:
        """Note what arrived and how much of it can be sold again: everything, if no lines are named."""
        told = _inspected(self.body(ReturnReceivedBody))
        key = _checked(request, return_id, order_id)
        return _shown(self, receiving.receive(by=request.user, return_id=key, lines=told))


def _inspected(body: dict[str, Any]) -> dict[UUID, Inspected] | None:
    lines = body.get("lines")
    return None if lines is None else {one["line"]: Inspected(one["quantity"], one.get("good")) for one in lines}


class Sent(Endpoint):
    access = {"POST": BUYER}

    @extend_schema(operation_id="orders_returns_tell_sent", request=ReturnSentBody, responses=ReturnReply)
    def post(self, request: MemberApiRequest, return_id: UUID, order_id: UUID | None = None) -> Response:
        """Say that an accepted return is on its way."""
        body, key = self.body(ReturnSentBody), _checked(request, return_id, order_id)
        return _shown(self, sending.tell_sent(by=request.user, return_id=key, **body))


class Withdrawal(Endpoint):
    access = {"POST": BUYER}

    @extend_schema(operation_id="orders_returns_withdraw", request=None, responses=ReturnReply)
    def post(self, request: MemberApiRequest, return_id: UUID, order_id: UUID | None = None) -> Response:
        """Keep it after all, as long as it has not arrived."""
        key = _checked(request, return_id, order_id)
        return _shown(self, sending.withdraw(by=request.user, return_id=key))


class Replacement(Endpoint):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_returns_replace", request=ReturnSentBody, responses=ReturnReply)
    def post(self, request: MemberApiRequest, return_id: UUID, order_id: UUID | None = None) -> Response:
        """Note that the same was sent again in its place."""
        body, key = self.body(ReturnSentBody), _checked(request, return_id, order_id)
        return _shown(self, replacing.replace(by=request.user, return_id=key, **body))


class OrderReceived(Endpoint):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_receive", request=ReturnReceivedBody, responses=ReturnReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Note what arrived, for the one return of an order that is on its way."""
        told = _inspected(self.body(ReturnReceivedBody))
        return _shown(self, receiving.receive_of_order(by=request.user, order_id=order_id, lines=told))


class OrderRefunds(Endpoint):
    access = {"POST": VENDOR}
    requires_key = True

    @extend_schema(operation_id="orders_refund", request=RefundBody, responses={201: RefundReply})
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Refund what arrived of a return, or give an amount out of goodwill. Needs an Idempotency-Key."""
        body, by = self.body(RefundBody), request.user
        if "amount" not in body:
            given = refunding.refund_order(by=by, order_id=order_id, lines=_counts(body))
        elif "lines" in body:
            raise LinesOrAmount(field="amount")
        else:
            told = {"amount": body["amount"], "reason": body.get("reason", "")}
            given = refunding.goodwill(by=by, order_id=order_id, **told)
        return self.reply(RefundReply, given, code=201)


class ReturnRefunds(Endpoint):
    access = {"POST": VENDOR}
    requires_key = True

    @extend_schema(operation_id="orders_returns_refund", request=ReturnRefundBody, responses={201: RefundReply})
    def post(self, request: MemberApiRequest, return_id: UUID, order_id: UUID | None = None) -> Response:
        """Refund what arrived of this return. Needs an Idempotency-Key."""
        body, key = self.body(ReturnRefundBody), _checked(request, return_id, order_id)
        given = refunding.refund_return(by=request.user, return_id=key, lines=_counts(body))
        return self.reply(RefundReply, given, code=201)


def _counts(body: dict[str, Any]) -> dict[UUID, int] | None:
    lines = body.get("lines")
    return None if lines is None else {one["line"]: one["quantity"] for one in lines}


ACTS: dict[str, type[Endpoint]] = {
    "decision": Decision,
    "sent": Sent,
    "withdrawal": Withdrawal,
    "received": Received,
    "refunds": ReturnRefunds,
    "replacement": Replacement,
}


def _short(view: type[Endpoint]) -> Any:
    """The same act by the id of the return alone; documented once, under the order."""
    short: Any = type(f"Short{view.__name__}", (view,), {})
    return extend_schema(exclude=True)(short).as_view()


urlpatterns = [
    path("returns/", ReturnList.as_view()),
    path("returns/<uuid:return_id>/", OneReturn.as_view()),
    path("orders/<uuid:order_id>/returns/", OrderReturns.as_view()),
    path("orders/<uuid:order_id>/received/", OrderReceived.as_view()),
    path("orders/<uuid:order_id>/refunds/", OrderRefunds.as_view()),
    *(path(f"orders/<uuid:order_id>/returns/<uuid:return_id>/{name}/", view.as_view()) for name, view in ACTS.items()),
    *(path(f"returns/<uuid:return_id>/{name}/", _short(view)) for name, view in ACTS.items()),
]
