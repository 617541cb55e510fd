"""What guards points, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES = "tests/concurrency/test_points.py"
EARNING = "commerce/points/earning.py"

GUARDS = [
    Guard(
        name="points.hold",
        file="commerce/points/holding.py",
        strip="    held = lock(opened)\n",
        put="    held = {account.pk: account for account in opened}\n",
        tests=[f"{RACES}::test_a_cap_holds_against_a_crowd"],
    ),
    Guard(
        name="points.earned_once",
        file=EARNING,
        strip="    if known is not None or not rule.active:\n",
        put="    if not rule.active:\n",
        tests=["tests/commerce/points/test_earning.py::test_the_same_key_earns_once"],
    ),
    Guard(
        name="points.released_once",
        file=EARNING,
        strip="due = Earning.objects.filter(pk=earning_id, state=EarningState.PENDING, available_at__lte=clock.now())",
        put="due = Earning.objects.filter(pk=earning_id)",
        tests=[f"{RACES}::test_two_workers_release_an_earning_once"],
    ),
    Guard(
        name="points.taken_back_as_it_is",
        file=EARNING,
        strip="    earned = Earning.objects.get(pk=found.pk)\n",
        put="    earned = found\n",
        tests=[f"{RACES}::test_what_is_taken_back_is_read_under_the_lock"],
    ),
    Guard(
        name="points.one_end",
        file="commerce/points/spending.py",
        strip="key=_ending(purchase_id), legs",
        put='key=f"{kind}:{purchase_id}", legs',
        tests=[
            "tests/commerce/points/test_spending.py::test_what_was_released_cannot_be_spent_nor_the_other_way_round"
        ],
    ),
    Guard(
        name="points.granted_once",
        file="commerce/points/granting.py",
        strip="    if known is not None:\n",
        put="    if False:\n",
        tests=[f"{RACES}::test_a_double_click_grants_once"],
    ),
    Guard(
        name="points.constraints",
        sql=[
            "ALTER TABLE commerce_points_earningrule DROP CONSTRAINT points_rate_at_most_the_whole",
            "ALTER TABLE commerce_points_earningrule DROP CONSTRAINT points_valid_for_a_day_at_least",
            "ALTER TABLE commerce_points_earning DROP CONSTRAINT points_earning_not_empty",
            "ALTER TABLE commerce_points_earning DROP CONSTRAINT points_earning_valid_for_a_day",
            "ALTER TABLE commerce_points_earning DROP CONSTRAINT points_taken_back_within_earned",
            "ALTER TABLE commerce_points_earning DROP CONSTRAINT points_reversed_when_all_is_taken_back",
            "ALTER TABLE commerce_points_earning DROP CONSTRAINT points_earned_by_rule_or_grant",
            "ALTER TABLE commerce_points_earning DROP CONSTRAINT commerce_points_earning_key_key",
        ],
        tests=["tests/commerce/points/test_held_by_database.py"],
        every=True,
    ),
]
