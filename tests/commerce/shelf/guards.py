"""What guards shelves, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

ADDING, INVITING = "tests/commerce/shelf/test_adding.py", "tests/commerce/shelf/test_inviting.py"
RACES = "tests/concurrency/test_shelf.py"

GUARDS = [
    Guard(
        name="shelf.member_lock",
        file="commerce/shelf/adding.py",
        strip="    Member.objects.select_for_update(no_key=True).get(pk=by.pk)\n",
        put="",
        tests=[f"{RACES}::test_there_is_room_for_so_many_whoever_adds_at_once"],
    ),
    Guard(
        name="shelf.put_once",
        file="commerce/shelf/shelving.py",
        strip="bulk_create(rows, ignore_conflicts=True)",
        put="bulk_create(rows)",
        tests=[f"{RACES}::test_two_workers_put_an_order_on_a_shelf_once"],
    ),
    Guard(
        name="shelf.asked_once",
        file="commerce/shelf/inviting.py",
        strip='.select_for_update(no_key=True, skip_locked=True, of=("self",))',
        put="",
        tests=[f"{RACES}::test_two_jobs_ask_once"],
    ),
    Guard(
        name="shelf.constraints",
        sql=[
            "ALTER TABLE commerce_shelf_thing DROP CONSTRAINT shelf_bought_here_or_told_by_hand",
            "ALTER TABLE commerce_shelf_thing DROP CONSTRAINT shelf_price_not_negative",
            "ALTER TABLE commerce_shelf_thing DROP CONSTRAINT commerce_shelf_thing_line_id_key",
            "ALTER TABLE commerce_shelf_invitation DROP CONSTRAINT shelf_asked_or_not_asked",
            "ALTER TABLE commerce_shelf_invitation DROP CONSTRAINT commerce_shelf_invitation_order_id_key",
        ],
        tests=[
            f"{ADDING}::test_the_database_refuses_what_cannot_be",
            f"{INVITING}::test_asked_and_dropped_exclude_each_other",
        ],
        every=True,
    ),
]
