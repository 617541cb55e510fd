"""What guards watches, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

WATCHING, TELLING = "tests/commerce/watches/test_watching.py", "tests/commerce/watches/test_telling.py"
RACES = "tests/concurrency/test_watches.py"

GUARDS = [
    Guard(
        name="watches.member_lock",
        file="commerce/watches/watching.py",
        strip="    Member.objects.select_for_update(no_key=True).get(pk=by.pk)\n",
        put="",
        tests=[
            f"{RACES}::test_there_is_room_for_so_many_whoever_presses_at_once",
            f"{RACES}::test_eight_presses_make_one_watch",
        ],
    ),
    Guard(
        name="watches.told_lock",
        file="commerce/watches/telling.py",
        strip="Watch.objects.select_for_update(no_key=True).filter(which, **wish)",
        put="Watch.objects.filter(which, **wish)",
        tests=[f"{RACES}::test_two_workers_at_one_fall_tell_once"],
    ),
    Guard(
        name="watches.true_when_told",
        file="commerce/watches/telling.py",
        strip="if product is None or variant.pk not in _can_be_bought(product):",
        put="if product is None:",
        tests=[f"{TELLING}::test_what_was_sold_again_before_anyone_was_told_is_not_told"],
    ),
    Guard(
        name="watches.constraints",
        sql=[
            f"ALTER TABLE commerce_watches_watch DROP CONSTRAINT {name}"
            for name in (
                "watches_once_a_member_and_thing",
                "watches_for_something",
                "watches_knows_a_price_to_fall_from",
                "watches_target_price_not_negative",
            )
        ],
        tests=[
            f"{WATCHING}::test_the_database_refuses_what_cannot_be",
            f"{WATCHING}::test_the_database_refuses_a_second_watch_of_a_thing_without_a_variant_too",
        ],
        every=True,
    ),
]
