"""What guards orders, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES, HELD = "tests/concurrency/test_orders.py", "tests/commerce/orders/test_held_by_database.py"
ACTS, PLACING = "tests/commerce/orders/test_acts.py", "tests/commerce/orders/test_placing.py"
TESTS_OF = {
    "purchase": f"{HELD}::test_of_a_purchase",
    "order": f"{HELD}::test_of_an_order",
    "orderline": f"{HELD}::test_of_a_line",
}
CONSTRAINTS = {
    "purchase": {
        "orders_purchase_adds_up": TESTS_OF["purchase"],
        "orders_refunded_at_most_what_was_paid": TESTS_OF["purchase"],
    },
    "order": {
        "orders_order_adds_up": TESTS_OF["order"],
        "orders_order_refunded_within_total": TESTS_OF["order"],
        "orders_placed_has_a_day": TESTS_OF["order"],
        "orders_one_order_a_vendor": f"{HELD}::test_a_vendor_has_one_order_in_a_purchase",
    },
    "orderline": {
        "orders_line_not_empty": TESTS_OF["orderline"],
        "orders_line_amount_is_price_times_quantity": TESTS_OF["orderline"],
        "orders_line_takes_off_at_most_its_amount": TESTS_OF["orderline"],
        "orders_line_counts_within_quantity": TESTS_OF["orderline"],
        "orders_line_is_goods_or_delivery": TESTS_OF["orderline"],
    },
    "allocation": {"orders_allocation_takes_something": f"{HELD}::test_nothing_taken_off_is_no_allocation"},
    "parcelline": {
        "orders_parcel_line_not_empty": f"{HELD}::test_a_parcel_is_in_an_order_once_and_holds_something_once",
        "orders_parcel_line_once": f"{HELD}::test_a_parcel_is_in_an_order_once_and_holds_something_once",
    },
}
INDEXES = {
    "orders_one_purchase_a_cart_at_a_time": f"{HELD}::test_a_cart_is_bought_once_at_a_time",
    "orders_pickup_code_once_a_vendor": f"{HELD}::test_a_code_opens_one_order_of_a_vendor",
    "orders_one_delivery_an_order": f"{HELD}::test_an_order_is_delivered_once",
    "orders_parcel_once_an_order": f"{HELD}::test_a_parcel_is_in_an_order_once_and_holds_something_once",
}

GUARDS = [
    Guard(
        name="orders.lock",
        file="commerce/orders/fetching.py",
        strip='order = locks.take_one("order", order_id)',
        put="order = Order.objects.filter(pk=order_id).first()",
        tests=[
            f"{RACES}::test_vendor_and_buyer_at_once_one_of_the_two_comes_true",
            f"{RACES}::test_two_who_cancel_give_back_once",
        ],
    ),
    Guard(
        name="orders.rules",
        file="commerce/orders/machines.py",
        strip="rule.event == event and holds(rule, row)",
        put="rule.event == event",
        tests=[f"{ACTS}::test_what_is_picked_up_is_not_sent"],
    ),
    Guard(
        name="orders.history",
        sql=["DROP TRIGGER orders_event_append_only ON commerce_orders_orderevent"],
        tests=["tests/commerce/orders/test_machines.py::test_the_database_refuses_a_changed_history"],
        every=True,
    ),
    *(
        Guard(name=name, sql=[f"ALTER TABLE commerce_orders_{table} DROP CONSTRAINT {name}"], tests=[test])
        for table, constraints in CONSTRAINTS.items()
        for name, test in constraints.items()
    ),
    *(Guard(name=name, sql=[f"DROP INDEX {name}"], tests=[test]) for name, test in INDEXES.items()),
]
