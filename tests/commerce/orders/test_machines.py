"""The axes of rule 2.4: what may happen from where, and that every step is written down and told."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from commerce.orders import machines, stepping
from commerce.orders.errors import IllegalStep
from commerce.orders.models import Axis, Fulfilment, OrderEvent, OrderState, PaymentState, SettlementState
from community.outbox.models import Delivery
from tests.factories.catalog import a_product, seller_of
from tests.factories.orders import PICKUP, a_purchase, an_order

STATES = {
    Axis.PAYMENT: PaymentState.values,
    Axis.ORDER: OrderState.values,
    Axis.FULFILMENT: Fulfilment.values,
    Axis.RETURN: ["requested", "accepted", "rejected", "received", "refunded", "replaced", "withdrawn"],
    Axis.SETTLEMENT: SettlementState.values,
}


@pytest.mark.parametrize("axis", Axis.values)
def test_every_rule_joins_known_states_and_every_state_is_reached(axis):
    rules, known = machines.TABLES[axis], set(STATES[axis])
    assert {rule.before for rule in rules} | {rule.after for rule in rules} == known
    start = STATES[axis][0]
    reached, waiting = {start}, [start]
    while waiting:
        for rule in machines.rules_from(axis, waiting.pop()):
            if rule.after not in reached:
                reached.add(rule.after)
                waiting.append(rule.after)
    assert reached == known


@pytest.mark.parametrize("axis", Axis.values)
def test_an_event_leads_from_a_state_to_one_other_unless_guards_tell_them_apart(axis):
    free = [(rule.before, rule.event) for rule in machines.TABLES[axis] if rule.guard is None]
    assert len(free) == len(set(free))
    assert {rule.event for rule in machines.TABLES[axis]} <= set(machines.DOING)


@pytest.mark.django_db
def test_a_step_changes_the_state_writes_who_and_why_and_is_told(django_capture_on_commit_callbacks):
    order = an_order()
    seller = seller_of(order.vendor)
    one = stepping.step(order, Axis.ORDER, "confirmed", by=seller, reason="On its way tomorrow")
    order.refresh_from_db()
    assert order.state == "confirmed"
    kept = OrderEvent.objects.get(pk=one.pk)
    assert (kept.purchase_id, kept.order_id, kept.axis, kept.event) == (
        order.purchase_id,
        order.pk,
        "order",
        "confirmed",
    )
    assert (kept.before, kept.after, kept.by, kept.reason) == ("placed", "confirmed", seller, "On its way tomorrow")


@pytest.mark.django_db
def test_what_happened_is_told_by_its_name_with_ids_alone(monkeypatch):
    told = []
    monkeypatch.setattr(stepping, "publish", lambda **event: told.append(event))
    purchase = a_purchase(placed=False)
    stepping.step(purchase, Axis.PAYMENT, "begun")
    order = purchase.orders.get()
    stepping.step(order, Axis.ORDER, "expired")
    assert [(one["topic"], one["key"]) for one in told] == [
        ("purchase.begun", str(purchase.pk)),
        ("order.expired", str(order.pk)),
    ]
    assert told[1]["payload"].keys() == {"order", "purchase", "step"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("axis", "event"),
    [
        (Axis.ORDER, "placed"),
        (Axis.ORDER, "expired"),
        (Axis.ORDER, "closed"),
        (Axis.FULFILMENT, "shipped"),
        (Axis.FULFILMENT, "delivered"),
        (Axis.FULFILMENT, "purchase_confirmed"),
        (Axis.SETTLEMENT, "held"),
        (Axis.SETTLEMENT, "released"),
        (Axis.SETTLEMENT, "paid_out"),
    ],
)
def test_what_no_rule_allows_is_refused_and_changes_nothing(axis, event):
    order = an_order()  # placed, and not accepted yet
    before = OrderEvent.objects.count(), Delivery.objects.count()
    with pytest.raises(IllegalStep) as refused:
        stepping.step(order, axis, event)
    order.refresh_from_db()
    assert (order.state, order.fulfilment, order.settlement) == ("placed", "waiting", "accrued")
    assert (OrderEvent.objects.count(), Delivery.objects.count()) == before
    assert (refused.value.status, refused.value.code) == (409, "not_now")
    assert order.number in refused.value.detail


@pytest.mark.django_db
def test_a_refusal_says_what_is_possible():
    order = an_order()
    with translation.override("en"):
        said = stepping.refusal(Axis.ORDER, order)
        assert "“Placed”" in said
        assert "accept the order, cancel a part, cancel the order" in said
        stepping.step(order, Axis.ORDER, "cancelled")
        assert "nothing follows on that" in stepping.refusal(Axis.ORDER, order)


@pytest.mark.django_db
def test_an_order_with_a_parcel_is_not_delivered_before_it_is_sent_but_one_to_pick_up_is():
    sent, picked = an_order(), an_order(method=PICKUP)
    for order in (sent, picked):
        stepping.step(order, Axis.ORDER, "confirmed")
    assert "delivered" not in machines.possible(Axis.FULFILMENT, sent)
    assert "delivered" in machines.possible(Axis.FULFILMENT, picked)


@pytest.mark.django_db
def test_nothing_is_cancelled_once_it_left():
    order = an_order()
    stepping.step(order, Axis.ORDER, "confirmed")
    stepping.step(order, Axis.FULFILMENT, "shipped")
    assert machines.possible(Axis.ORDER, order) == []


@pytest.mark.django_db
def test_a_purchase_of_nothing_to_pay_needs_no_provider():
    paid = a_purchase(placed=False)
    assert machines.find(Axis.PAYMENT, "none", "captured", paid) is None
    product = a_product(price=5_000)
    free = a_purchase(product.variants.get(), placed=False, points=8_000)
    assert free.total == 0
    assert machines.find(Axis.PAYMENT, "none", "captured", free) is not None


@pytest.mark.django_db
def test_all_is_refunded_when_money_and_points_are_back_and_a_part_before():
    purchase = a_purchase(points=1_000)
    purchase.refunded = purchase.total
    assert machines.find(Axis.PAYMENT, "captured", "refunded", purchase) is None
    assert machines.find(Axis.PAYMENT, "captured", "partly_refunded", purchase) is not None
    purchase.points_returned = purchase.points
    assert machines.find(Axis.PAYMENT, "captured", "refunded", purchase) is not None
    assert machines.find(Axis.PAYMENT, "captured", "partly_refunded", purchase) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["UPDATE commerce_orders_orderevent SET reason = 'else'", "DELETE FROM commerce_orders_orderevent"]
)
def test_the_database_refuses_a_changed_history(sql):
    an_order()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert OrderEvent.objects.exists()
