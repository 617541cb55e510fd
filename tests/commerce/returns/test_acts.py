"""What comes back, for which reasons, until when, and what becomes of it (2.31, rules 2.3, 2.4)."""

import datetime as dt
import uuid

import pytest

from commerce.orders import confirming, shipping
from commerce.orders.errors import NothingChosen, NotYourOrder, TooManyUnits, UnknownLine
from commerce.orders.models import Order
from commerce.returns import asking, deciding, overdue, receiving, replacing, sending
from commerce.returns.arriving import Inspected
from commerce.returns.asking import Wanted
from commerce.returns.errors import (
    LineTwice,
    NotArrived,
    NotSent,
    OnlyForFaults,
    RefundedInPart,
    RefusedWithoutReason,
    ReturnMoved,
    TooFewToReplace,
    TooLate,
    UnknownReason,
)
from commerce.returns.models import Return
from commerce.returns.refunding import refund_return
from community.foundation import clock
from community.foundation.problems import NotThere, Overlong
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.checkout import bought, goods
from tests.factories.members import a_member, an_operator
from tests.factories.orders import FREE, an_order
from tests.factories.returns import (
    a_received_return,
    a_return,
    an_accepted_return,
    an_arrived_order,
    arrived,
    goods_of,
    wanted,
)
from tests.factories.stock import numbers

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def buyer(row):
    return row.order.purchase.member


def seller(row):
    return seller_of(row.order.vendor)


def fresh(row):
    return Return.objects.get(pk=row.pk)


def ask(order, *lines, by=None, **told):
    return asking.ask_return(by=by or order.purchase.member, order_id=order.pk, lines=lines, **told)


def test_the_buyer_asks_and_the_vendor_has_three_business_days_to_answer() -> None:
    order = an_arrived_order((goods(), 3))
    line = goods_of(order)[0]
    with clock.shifted(dt.datetime(2026, 3, 3, 1, tzinfo=dt.UTC) - clock.now()):  # a Tuesday at ten
        Order.objects.update(delivered_at=clock.now(), returnable_until=clock.now() + 7 * DAY)
        row = ask(order, Wanted(line.pk, 2, "damaged", "a crack"), note="Two of three")
    assert (row.state, row.number, row.note, row.wants) == ("requested", f"{order.number}-R1", "Two of three", "refund")
    assert row.due_at.replace(microsecond=0, second=0) == dt.datetime(2026, 3, 6, 1, tzinfo=dt.UTC)
    one = row.lines.get()
    assert (one.line, one.quantity, one.reason, one.words) == (line, 2, "damaged", "a crack")
    step = order.events.get(axis="return")
    assert (step.event, step.before, step.after, step.reference) == ("requested", "", "requested", row.pk)


def test_a_unit_is_in_one_return_at_a_time() -> None:
    order = an_arrived_order((goods(), 3))
    a_return(order, 2)
    with pytest.raises(TooManyUnits):
        ask(order, *wanted(order, 2))
    second = a_return(order, 1)
    assert second.number.endswith("-R2")
    with pytest.raises(TooManyUnits):
        ask(order, *wanted(order, 1))
    sending.withdraw(by=order.purchase.member, return_id=second.pk)
    assert a_return(order, 1).number.endswith("-R3")


def test_what_was_refunded_does_not_come_back_twice_what_was_replaced_may() -> None:
    order = an_arrived_order((goods(), 2))
    row = a_received_return(order, 1)
    refund_return(by=seller(row), return_id=row.pk)
    with pytest.raises(TooManyUnits):
        ask(order, *wanted(order, 2))
    replaced = a_received_return(order, 1, wants="replacement")
    replacing.replace(by=seller(row), return_id=replaced.pk)
    assert a_return(order, 1).state == "requested"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], NothingChosen),
        ([(0, 0, "damaged")], NothingChosen),
        ([(0, -1, "damaged")], TooManyUnits),
        ([(0, 3, "damaged")], TooManyUnits),
        ([(None, 1, "damaged")], UnknownLine),
        ([(0, 1, "damaged"), (0, 1, "wrong")], LineTwice),
        ([(0, 1, "bored")], UnknownReason),
    ],
)
def test_bad_input_is_refused_and_leaves_nothing(lines, problem) -> None:
    order = an_arrived_order((goods(), 2))
    keys = {0: goods_of(order)[0].pk, None: uuid.uuid4()}
    with pytest.raises(problem):
        ask(order, *[Wanted(keys[line], quantity, reason) for line, quantity, reason in lines])
    assert not Return.objects.exists()


def test_a_delivery_or_a_line_of_another_order_is_no_line_to_return() -> None:
    order, other = an_arrived_order(), an_arrived_order()
    with pytest.raises(UnknownLine):
        ask(order, *wanted(other))


def test_words_have_an_end() -> None:
    order = an_arrived_order()
    with pytest.raises(Overlong):
        ask(order, *wanted(order), note="n" * 1001)
    with pytest.raises(Overlong):
        ask(order, *wanted(order, words="n" * 301))


def test_only_who_bought_it_asks() -> None:
    order = an_arrived_order()
    with pytest.raises(NotYourOrder):
        ask(order, *wanted(order), by=seller_of(order.vendor))
    with pytest.raises(NotThere):
        ask(order, *wanted(order), by=a_member())


def test_what_has_not_arrived_does_not_come_back() -> None:
    order = bought().orders.get()
    with pytest.raises(NotArrived):
        ask(order, *wanted(order))
    shipping.ship(by=seller_of(order.vendor), order_id=order.pk)
    with pytest.raises(NotArrived):
        ask(order, *wanted(order))


@pytest.mark.parametrize(
    ("days", "reason", "problem"),
    [
        (6, "changed_mind", None),
        (6, "other", None),
        (8, "changed_mind", TooLate),
        (8, "other", TooLate),
        (8, "damaged", None),
        (89, "not_as_described", None),
        (91, "not_as_described", TooLate),
    ],
)
def test_the_reason_decides_how_long(days, reason, problem) -> None:
    order = an_arrived_order()
    with clock.shifted(days * DAY):
        if problem is None:
            assert ask(order, *wanted(order, reason=reason)).state == "requested"
        else:
            with pytest.raises(problem):
                ask(order, *wanted(order, reason=reason))


def test_what_the_vendor_grants_beyond_the_law_counts() -> None:
    order = arrived(an_order(a_product(return_days=30).variants.get()))
    with clock.shifted(29 * DAY):
        assert ask(order, *wanted(order, reason="changed_mind")).state == "requested"


def test_files_come_back_for_faults_alone_and_there_is_no_way_back() -> None:
    order = an_order(a_product(kind="digital").variants.get())
    assert order.fulfilment == "delivered"
    with pytest.raises(OnlyForFaults):
        ask(order, *wanted(order, reason="changed_mind"))
    row = ask(order, *wanted(order, reason="not_as_described"))
    deciding.decide(by=seller_of(order.vendor), return_id=row.pk, accepted=True)
    now = fresh(row)
    assert (now.state, now.lines.get().received, now.lines.get().good) == ("received", 1, 0)


def test_a_no_comes_with_a_why_and_ends_it() -> None:
    row = a_return()
    with pytest.raises(RefusedWithoutReason):
        deciding.decide(by=seller(row), return_id=row.pk, accepted=False, reason=" ")
    deciding.decide(by=seller(row), return_id=row.pk, accepted=False, reason="It was worn")
    now = fresh(row)
    assert (now.state, now.answer, now.decided_by, now.due_at) == ("rejected", "It was worn", seller(row), None)
    with pytest.raises(ReturnMoved):
        deciding.decide(by=seller(row), return_id=row.pk, accepted=True)


@pytest.mark.parametrize(
    "act",
    [
        lambda by, row: deciding.decide(by=by, return_id=row.pk, accepted=True),
        lambda by, row: receiving.receive(by=by, return_id=row.pk),
        lambda by, row: refund_return(by=by, return_id=row.pk),
        lambda by, row: replacing.replace(by=by, return_id=row.pk),
    ],
    ids=["decide", "receive", "refund", "replace"],
)
def test_the_vendors_part_is_for_the_vendor(act) -> None:
    row = a_return()
    with pytest.raises(NotYourOrder):
        act(buyer(row), row)
    for stranger in (a_member(), seller_of(a_shop())):
        with pytest.raises(NotThere):
            act(stranger, row)
    assert fresh(row).state == "requested"


@pytest.mark.parametrize(
    "act",
    [
        lambda by, row: sending.withdraw(by=by, return_id=row.pk),
        lambda by, row: sending.tell_sent(by=by, return_id=row.pk, carrier="cj"),
    ],
    ids=["withdraw", "tell sent"],
)
def test_the_buyers_part_is_for_the_buyer(act) -> None:
    row = an_accepted_return()
    with pytest.raises(NotYourOrder):
        act(seller(row), row)
    with pytest.raises(NotThere):
        act(a_member(), row)
    assert (fresh(row).state, fresh(row).sent_at) == ("accepted", None)


def test_operators_act_for_a_vendor() -> None:
    row = a_return()
    assert deciding.decide(by=an_operator(), return_id=row.pk, accepted=True).state == "accepted"


def test_the_buyer_says_how_it_comes_and_may_correct_it() -> None:
    row = an_accepted_return()
    with pytest.raises(NotSent):
        sending.tell_sent(by=buyer(row), return_id=row.pk, tracking=" - ")
    sending.tell_sent(by=buyer(row), return_id=row.pk, carrier="cj", tracking="12-34")
    first = fresh(row)
    sending.tell_sent(by=buyer(row), return_id=row.pk, carrier="epost", tracking="56")
    now = fresh(row)
    assert (first.carrier, first.tracking, now.carrier, now.tracking) == ("cj", "1234", "epost", "56")
    assert (now.sent_at, now.due_at > first.sent_at + 29 * DAY) == (first.sent_at, True)


def test_nobody_sends_what_was_not_accepted_or_keeps_what_arrived() -> None:
    asked, received = a_return(), a_received_return()
    with pytest.raises(ReturnMoved):
        sending.tell_sent(by=buyer(asked), return_id=asked.pk, carrier="cj")
    with pytest.raises(ReturnMoved):
        sending.withdraw(by=buyer(received), return_id=received.pk)


def test_what_is_good_goes_on_the_shelf_what_is_not_does_not() -> None:
    cup = goods(on_hand=5)
    row = an_accepted_return(an_arrived_order((cup, 3)), 3)
    line = row.lines.get().line_id
    receiving.receive(by=seller(row), return_id=row.pk, lines={line: Inspected(3, good=2)})
    one = fresh(row).lines.get()
    assert (fresh(row).state, one.received, one.good, numbers(cup.stock)) == ("received", 3, 2, (4, 0, 4))
    movement = cup.stock.movements.get(reason="returned")
    assert (movement.change, movement.source_id) == (2, one.pk)


def test_less_than_announced_may_arrive() -> None:
    row = an_accepted_return(an_arrived_order((goods(), 3)), 3)
    line = row.lines.get().line_id
    receiving.receive(by=seller(row), return_id=row.pk, lines={line: Inspected(1)})
    refund_return(by=seller(row), return_id=row.pk)
    assert (fresh(row).state, goods_of(row.order)[0].returned) == ("refunded", 1)
    assert a_return(row.order, 2).state == "requested"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({}, NothingChosen),
        ({0: Inspected(0)}, NothingChosen),
        ({0: Inspected(3)}, TooManyUnits),
        ({0: Inspected(-1)}, TooManyUnits),
        ({0: Inspected(1, good=2)}, TooManyUnits),
        ({0: Inspected(1, good=-1)}, TooManyUnits),
        ({None: Inspected(1)}, UnknownLine),
    ],
)
def test_an_inspection_counts_what_was_announced(told, problem) -> None:
    row = an_accepted_return(an_arrived_order((goods(), 2)), 2)
    keys = {0: row.lines.get().line_id, None: uuid.uuid4()}
    with pytest.raises(problem):
        receiving.receive(by=seller(row), return_id=row.pk, lines={keys[key]: one for key, one in told.items()})
    assert (fresh(row).state, row.lines.get().received) == ("accepted", 0)


def test_who_receives_what_nobody_answered_has_accepted_it() -> None:
    row = a_return()
    receiving.receive(by=seller(row), return_id=row.pk)
    assert fresh(row).state == "received"
    assert list(row.order.events.filter(axis="return").order_by("at", "pk").values_list("event", flat=True)) == [
        "requested",
        "accepted",
        "received",
    ]


def test_the_same_again_leaves_the_shelf_and_no_money_moves() -> None:
    cup = goods(on_hand=2)
    row = a_received_return(an_arrived_order(cup), wants="replacement", lines=None)
    assert numbers(cup.stock) == (2, 0, 2)
    replacing.replace(by=seller(row), return_id=row.pk, carrier="cj", tracking="77")
    now = fresh(row)
    assert (now.state, numbers(cup.stock), row.order.purchase.refunded) == ("replaced", (1, 0, 1), 0)
    assert goods_of(row.order)[0].returned == 0
    assert row.order.events.get(event="replaced").reason.endswith("77")


def test_nothing_is_sent_in_its_place_that_is_not_there() -> None:
    cup = goods(on_hand=1)
    row = an_accepted_return(an_arrived_order(cup), wants="replacement")
    line = row.lines.get().line_id
    receiving.receive(by=seller(row), return_id=row.pk, lines={line: Inspected(1, good=0)})
    with pytest.raises(TooFewToReplace):
        replacing.replace(by=seller(row), return_id=row.pk)
    assert (fresh(row).state, numbers(cup.stock)) == ("received", (0, 0, 0))


def test_what_was_refunded_in_part_is_not_replaced() -> None:
    row = a_received_return(an_arrived_order((goods(), 2)), 2)
    refund_return(by=seller(row), return_id=row.pk, lines={row.lines.get().line_id: 1})
    with pytest.raises(RefundedInPart):
        replacing.replace(by=seller(row), return_id=row.pk)


def test_time_accepts_what_nobody_answers() -> None:
    row = a_return()
    with clock.shifted(row.due_at - clock.now() - dt.timedelta(minutes=1)):
        assert overdue.settle_due() == {"accepted": 0, "lapsed": 0, "refunded": 0, "failed": 0}
    with clock.shifted(row.due_at - clock.now() + dt.timedelta(minutes=1)):
        assert overdue.settle_due()["accepted"] == 1
        assert overdue.settle_due()["accepted"] == 0
    now = fresh(row)
    assert (now.state, now.decided_by) == ("accepted", None)
    assert row.order.events.get(event="accepted").reason == "unanswered"


@pytest.mark.parametrize(("sent", "days"), [(False, 14), (True, 30)])
def test_what_never_comes_ends_by_itself(sent, days) -> None:
    row = an_accepted_return()
    if sent:
        sending.tell_sent(by=buyer(row), return_id=row.pk, carrier="cj")
    with clock.shifted((days - 1) * DAY):
        assert overdue.settle_due()["lapsed"] == 0
    with clock.shifted(days * DAY + dt.timedelta(minutes=1)):
        assert overdue.settle_due()["lapsed"] == 1
    assert (fresh(row).state, row.order.events.get(event="withdrawn").reason) == ("withdrawn", "lapsed")


@pytest.mark.parametrize("wants", ["refund", "replacement"])
def test_time_refunds_what_arrived(wants) -> None:
    row = a_received_return(wants=wants)
    days = (row.due_at - clock.now()).days
    assert days >= (2 if wants == "refund" else 9)
    with clock.shifted(row.due_at - clock.now() + dt.timedelta(minutes=1)):
        assert overdue.settle_due()["refunded"] == 1
        assert overdue.settle_due()["refunded"] == 0
    assert fresh(row).state == "refunded"
    assert row.order.events.get(event="refunded").reason == "automatic_refund"


def test_while_a_return_is_open_time_confirms_releases_and_closes_nothing() -> None:
    order = an_arrived_order()
    row = a_return(order)
    with clock.shifted(9 * DAY):
        assert (confirming.confirm_due(), confirming.release_due(), confirming.close_due()) == (0, 0, 0)
        sending.withdraw(by=order.purchase.member, return_id=row.pk)
        assert (confirming.confirm_due(), confirming.release_due(), confirming.close_due()) == (1, 1, 1)


def test_what_is_made_to_order_comes_back_for_faults_alone() -> None:
    made = a_product(kind="made_to_order").variants.get()
    order = arrived(an_order(made, method=FREE))
    with pytest.raises(OnlyForFaults):
        ask(order, *wanted(order, reason="changed_mind"))
    assert ask(order, *wanted(order, reason="wrong")).state == "requested"
