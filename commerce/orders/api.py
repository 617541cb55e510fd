"""REST resources of orders: what one bought, and what a vendor has to send."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from commerce.orders import (
    cancelling,
    confirming,
    handing_over,
    history,
    preparing,
    proofing,
    reading,
    reordering,
    shipping,
)
from commerce.orders.fetching import works_for
from commerce.orders.models import Order, Purchase
from commerce.orders.serializers import (
    AgainReply,
    CancelBody,
    NoBody,
    OrderFilters,
    OrderReply,
    PickUpBody,
    ProofBody,
    ProofDecisionBody,
    PurchaseReply,
    ShipBody,
    StepReply,
)
from commerce.vendors.models import Vendor
from commerce.vendors.rest import VENDOR
from commerce.vendors.staffing import vendor_of
from community.foundation.problems import NotThere
from community.foundation.rest import Access, Endpoint, InsufficientScope, has_scope, page_of, scope
from community.members.requests import MemberApiRequest

ORDERS = scope("orders")
EITHER = Access()
"""Buyers with `orders`, vendors' staff with `vendor`: which of both is needed depends on whose order it is."""


class PurchaseList(Endpoint):
    access = {"GET": ORDERS}
    paged = True

    @extend_schema(operation_id="purchases_list", responses=page_of(PurchaseReply))
    def get(self, request: MemberApiRequest) -> Response:
        """What you bought, newest first."""
        page = reading.purchases_of(request.user, cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, PurchaseReply)


class PurchaseDetail(Endpoint):
    access = {"GET": ORDERS}

    @extend_schema(operation_id="purchases_retrieve", responses=PurchaseReply)
    def get(self, request: MemberApiRequest, purchase_id: UUID) -> Response:
        """One of yours."""
        rows = Purchase.objects.filter(member=request.user, pk=purchase_id)
        purchase = reading.with_orders(rows).first()
        if purchase is None:
            raise NotThere
        return self.reply(PurchaseReply, purchase)


class OrderList(Endpoint):
    access = {"GET": EITHER}
    filters = OrderFilters
    paged = True

    @extend_schema(operation_id="orders_list", responses=page_of(OrderReply))
    def get(self, request: MemberApiRequest) -> Response:
        """Your orders, newest first (scope `orders`); with `?vendor=` those that this vendor has to deliver (`vendor`)."""
        rows = _of_vendor(request, self.query["vendor"]) if "vendor" in self.query else _bought(request)
        if "status" in self.query:
            rows = rows.filter(state=self.query["status"])
        if "fulfilment" in self.query:
            rows = rows.filter(fulfilment=self.query["fulfilment"])
        return self.page(reading.whole(rows), order=("-made_at",), reply=OrderReply)


class OrderDetail(Endpoint):
    access = {"GET": EITHER}

    @extend_schema(operation_id="orders_retrieve", responses=OrderReply)
    def get(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """An order of yours, or of a vendor for which you work."""
        return self.reply(OrderReply, _open(request, order_id))


class OrderHistory(Endpoint):
    access = {"GET": EITHER}

    @extend_schema(operation_id="orders_history", responses=page_of(StepReply))
    def get(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """What happened to it, newest first."""
        order = _open(request, order_id)
        steps = history.told(order, request.user, to_vendor=works_for(request.user, order.vendor_id))
        return Response({"next": None, "previous": None, "results": StepReply(steps, many=True).data})


class OrderAct(Endpoint):
    """Something done with one order; the reply is the order after it."""

    access = {"POST": EITHER}

    def done(self, request: MemberApiRequest, order_id: UUID, code: int = 200) -> Response:
        return self.reply(OrderReply, _open(request, order_id), code=code)


class Cancel(OrderAct):
    access = {"POST": EITHER}

    @extend_schema(operation_id="orders_cancel", request=CancelBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Cancel it, or some of its units: the buyer until it is accepted, the vendor until it is sent, with a reason."""
        body = self.body(CancelBody)
        _open(request, order_id)
        cancelling.cancel_lines(by=request.user, order_id=order_id, **body)
        return self.done(request, order_id)


class Confirm(OrderAct):
    access = {"POST": ORDERS}

    @extend_schema(operation_id="orders_confirm", request=NoBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Confirm the purchase: you have it, and it is as it should be."""
        self.body(NoBody)
        confirming.confirm_purchase(by=request.user, order_id=order_id)
        return self.done(request, order_id)


class Arrived(OrderAct):
    access = {"POST": EITHER}

    @extend_schema(operation_id="orders_arrived", request=NoBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Note that what was sent arrived: the buyer or the vendor."""
        self.body(NoBody)
        _open(request, order_id)
        shipping.deliver(by=request.user, order_id=order_id)
        return self.done(request, order_id)


class Accept(OrderAct):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_accept", request=NoBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Accept an order of your vendor: from now on the buyer cannot cancel it alone."""
        self.body(NoBody)
        preparing.confirm(by=request.user, order_id=order_id)
        return self.done(request, order_id)


class Ready(OrderAct):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_ready", request=NoBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """It lies at the counter: the buyer is told to come with the code."""
        self.body(NoBody)
        preparing.make_ready(by=request.user, order_id=order_id)
        return self.done(request, order_id)


class Ship(OrderAct):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_ship", request=ShipBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Send a parcel with these units, or with all that are left. Accepts the order if nobody did."""
        shipping.ship(by=request.user, order_id=order_id, **self.body(ShipBody))
        return self.done(request, order_id)


class Reorder(Endpoint):
    access = {"POST": ORDERS}

    @extend_schema(operation_id="orders_reorder", request=NoBody, responses=AgainReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Put its goods into your cart once more, as far as they can still be bought, at the prices of today."""
        self.body(NoBody)
        return self.reply(AgainReply, reordering.reorder(by=request.user, order_id=order_id))


class Proofs(OrderAct):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="orders_proofs_create", request=ProofBody, responses={201: OrderReply})
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Show the buyer how it will be made, in place of a proof that still waits."""
        proofing.send_proof(by=request.user, order_id=order_id, **self.body(ProofBody))
        return self.done(request, order_id, code=201)


class ProofDecision(OrderAct):
    access = {"POST": ORDERS}

    @extend_schema(operation_id="orders_proof_decision", request=ProofDecisionBody, responses=OrderReply)
    def post(self, request: MemberApiRequest, order_id: UUID) -> Response:
        """Say of the proof that waits whether it may be made like this, or what to change."""
        body = self.body(ProofDecisionBody)
        if body["approved"]:
            proofing.approve_proof(by=request.user, order_id=order_id)
        else:
            proofing.ask_for_changes(by=request.user, order_id=order_id, answer=body["answer"])
        return self.done(request, order_id)


class PickUps(Endpoint):
    access = {"POST": VENDOR}

    @extend_schema(operation_id="pick_ups_create", request=PickUpBody, responses={201: OrderReply})
    def post(self, request: MemberApiRequest) -> Response:
        """Hand over what waits for this code at your vendor's counter. A code opens once."""
        body = self.body(PickUpBody)
        vendor = vendor_of(request.user, body.get("vendor"))
        order = handing_over.hand_over(by=request.user, vendor=vendor, code=body["code"])
        return self.reply(OrderReply, _open(request, order.pk), code=201)


def _bought(request: MemberApiRequest) -> Any:
    if not has_scope(request, "orders"):
        raise InsufficientScope
    return Order.objects.filter(purchase__in=reading.bought_by(request.user))


def _of_vendor(request: MemberApiRequest, slug: str) -> Any:
    """Raises InsufficientScope, and NotThere for a vendor for which the member does not work."""
    if not has_scope(request, "vendor"):
        raise InsufficientScope
    vendor = Vendor.objects.staffed_by(request.user).filter(slug=slug).first()
    if vendor is None:
        raise NotThere
    return Order.objects.of_vendor(vendor)


def _open(request: MemberApiRequest, order_id: UUID) -> Order:
    """The order, whole, for its buyer with `orders`, or the vendor's staff with `vendor`. Raises NotThere,
    InsufficientScope."""
    rows = Order.objects.visible_to(request.user).filter(pk=order_id)
    seen = Q()
    if not has_scope(request, "orders"):
        seen &= ~Q(purchase__member=request.user)
    if not has_scope(request, "vendor"):
        seen &= Q(purchase__member=request.user)
    order = reading.whole(rows.filter(seen)).first()
    if order is None:
        raise InsufficientScope if rows.exists() else NotThere
    return order


urlpatterns = [
    path("purchases/", PurchaseList.as_view()),
    path("purchases/<uuid:purchase_id>/", PurchaseDetail.as_view()),
    path("orders/", OrderList.as_view()),
    path("orders/<uuid:order_id>/", OrderDetail.as_view()),
    path("orders/<uuid:order_id>/history/", OrderHistory.as_view()),
    path("orders/<uuid:order_id>/cancel/", Cancel.as_view()),
    path("orders/<uuid:order_id>/confirm/", Confirm.as_view()),
    path("orders/<uuid:order_id>/arrived/", Arrived.as_view()),
    path("orders/<uuid:order_id>/accept/", Accept.as_view()),
    path("orders/<uuid:order_id>/ready/", Ready.as_view()),
    path("orders/<uuid:order_id>/ship/", Ship.as_view()),
    path("orders/<uuid:order_id>/reorder/", Reorder.as_view()),
    path("orders/<uuid:order_id>/proofs/", Proofs.as_view()),
    path("orders/<uuid:order_id>/proofs/decision/", ProofDecision.as_view()),
    path("pick-ups/", PickUps.as_view()),
]
