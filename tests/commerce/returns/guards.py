"""What guards returns, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES, HELD = "tests/concurrency/test_returns.py", "tests/commerce/returns/test_held_by_database.py"
ACTS, MONEY = "tests/commerce/returns/test_acts.py", "tests/commerce/returns/test_refunding.py"
CONSTRAINTS = {
    "return": {
        "returns_open_ones_have_a_clock": f"{HELD}::test_of_a_return",
        "returns_decided_has_a_day": f"{HELD}::test_of_a_return",
        "returns_no_comes_with_a_why": f"{HELD}::test_of_a_return",
        "returns_received_has_a_day": f"{HELD}::test_of_a_return",
    },
    "returnline": {
        "returns_line_counts_follow_each_other": f"{HELD}::test_of_a_line_the_counts_follow_each_other",
        "returns_line_once_a_return": f"{HELD}::test_a_line_is_in_a_return_once",
    },
}

GUARDS = [
    Guard(
        name="returns.lock",
        file="commerce/returns/fetching.py",
        strip='row = locks.take_one("return", seen.pk)',
        put="row = seen",
        tests=[f"{RACES}::test_who_decides_after_the_buyer_withdrew_is_told"],
    ),
    Guard(
        name="returns.open_ones_count",
        file="commerce/returns/asking.py",
        strip="return max(line.shipped - line.returned - taken, 0)",
        put="return max(line.shipped - line.returned, 0)",
        tests=[
            f"{RACES}::test_the_last_unit_is_in_one_return",
            f"{ACTS}::test_a_unit_is_in_one_return_at_a_time",
        ],
        every=True,
    ),
    Guard(
        name="returns.received_first",
        file="commerce/returns/refunding.py",
        strip="if row.state != ReturnState.RECEIVED:",
        put="if False:",
        tests=[f"{MONEY}::test_a_refund_in_part_leaves_the_rest_waiting"],
    ),
    Guard(
        name="returns.nothing_open",
        file="commerce/returns/registering.py",
        strip='orders.register_finished("returns", nothing_open)',
        put="pass",
        tests=[f"{ACTS}::test_while_a_return_is_open_time_confirms_releases_and_closes_nothing"],
    ),
    *(
        Guard(name=name, sql=[f"ALTER TABLE commerce_returns_{table} DROP CONSTRAINT {name}"], tests=[test])
        for table, constraints in CONSTRAINTS.items()
        for name, test in constraints.items()
    ),
]
