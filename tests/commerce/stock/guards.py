"""What guards stock, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES = "tests/concurrency/test_stock.py"
HOLDING, COUNTING = "tests/commerce/stock/test_holding.py", "tests/commerce/stock/test_counting.py"
CAPACITY = "tests/commerce/stock/test_capacity.py"


def drop(table: str, *constraints: str) -> list[str]:
    return [f"ALTER TABLE commerce_stock_{table} DROP CONSTRAINT {name}" for name in constraints]


GUARDS = [
    Guard(
        name="stock.hold_lock",
        file="commerce/stock/holding.py",
        strip='stocks = locks.take("stock", wanted)',
        put="stocks = {row.pk: row for row in Stock.objects.filter(pk__in=wanted)}",
        tests=[f"{RACES}::test_two_calls_of_one_source_hold_once"],
    ),
    Guard(
        name="stock.source_lock",
        file="commerce/stock/holding.py",
        strip='stocks = locks.take("stock", Hold.objects.of(source).values_list("stock", flat=True))',
        put="stocks = {row.pk: row for row in Stock.objects.filter(holds__in=Hold.objects.of(source))}",
        tests=[f"{RACES}::test_two_sales_of_one_source_sell_once"],
    ),
    Guard(
        name="stock.enough",
        file="commerce/stock/holding.py",
        strip=", available__gte=quantity",
        put="",
        tests=[
            f"{RACES}::test_the_guard_alone_sells_nothing_twice",
            f"{HOLDING}::test_lines_of_one_variant_are_one_demand",
        ],
        every=True,
    ),
    Guard(
        name="stock.reclaim",
        file="commerce/stock/holding.py",
        strip="freed = reclaim({key: stocks[key] for key in short}) if short else {}",
        put="freed: dict = {}",
        tests=[f"{HOLDING}::test_expired_holds_of_others_are_reclaimed_before_anyone_is_refused"],
    ),
    Guard(
        name="stock.count_lock",
        file="commerce/stock/counting.py",
        strip='locked = locks.take_one("stock", stock.pk)',
        put="locked = stock",
        tests=[f"{RACES}::test_two_counts_at_once_leave_the_number_counted"],
    ),
    Guard(
        name="stock.not_below_held",
        file="commerce/stock/counting.py",
        strip=', held__lte=F("on_hand") + change',
        put="",
        tests=[f"{COUNTING}::test_a_count_below_what_is_held_is_refused"],
    ),
    Guard(
        name="stock.restock_once",
        file="commerce/stock/returning.py",
        strip="return stock if done.exists() else move(",
        put="return move(",
        tests=[f"{COUNTING}::test_what_came_back_is_added_once_a_source"],
    ),
    Guard(
        name="stock.calendar_lock",
        file="commerce/stock/capacity.py",
        strip='return list(locks.take("capacity", ids).values())',
        put="return list(Calendar.objects.filter(pk__in=list(ids)))",
        tests=[f"{RACES}::test_rivals_for_a_place_get_different_days"],
    ),
    Guard(
        name="stock.constraints",
        sql=[
            *drop("stock", "stock_held_not_negative", "stock_held_at_most_on_hand"),
            *drop("hold", "stock_hold_not_empty", "stock_hold_once_a_source"),
            *drop("movement", "stock_movement_moves_something"),
            "DROP INDEX stock_movement_once_a_source",
            "DROP TRIGGER stock_movement_append_only ON commerce_stock_movement",
            *drop("capacity", "stock_capacity_once_a_day", "stock_capacity_never_overbooked"),
            *drop("capacityhold", "stock_capacity_hold_not_empty", "stock_capacity_hold_once_a_source"),
        ],
        tests=[
            f"{COUNTING}::test_the_database_refuses_impossible_numbers",
            f"{COUNTING}::test_the_database_refuses_movements_of_nothing",
            f"{COUNTING}::test_the_database_refuses_a_second_movement_of_a_source",
            f"{COUNTING}::test_the_database_refuses_to_change_or_delete_a_movement",
            f"{COUNTING}::test_the_database_refuses_impossible_holds",
            f"{CAPACITY}::test_the_database_refuses_an_overbooked_day",
            f"{CAPACITY}::test_the_database_refuses_two_rows_of_a_day_and_two_holds_of_a_source",
        ],
        every=True,
    ),
]
