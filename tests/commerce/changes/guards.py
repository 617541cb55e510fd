"""What guards changes, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

WRITING, CREDITING = "tests/commerce/changes/test_writing.py", "tests/commerce/changes/test_crediting.py"
RACES = "tests/concurrency/test_changes.py"

GUARDS = [
    Guard(
        name="changes.product_lock",
        file="commerce/changes/writing.py",
        strip="    product = product_for_change(by=by, product_id=change.product_id)\n"
        "    row = Change.objects.select_for_update(no_key=True).get(pk=change.pk)\n",
        put="    product, row = change.product, Change.objects.get(pk=change.pk)\n",
        tests=[f"{RACES}::test_what_two_of_the_staff_write_at_once_stands_both"],
    ),
    Guard(
        name="changes.words_of_customers",
        file="commerce/changes/sources.py",
        strip="return rows.exclude(author__in=staff)",
        put="return rows",
        tests=[f"{WRITING}::test_what_is_no_customers_word_about_it_is_not_named"],
    ),
    Guard(
        name="changes.words_that_stand",
        file="commerce/changes/sources.py",
        strip=".filter(_STANDS[known])",
        put="",
        tests=[f"{CREDITING}::test_the_credit_and_the_points_go_with_an_idea_and_come_back_with_it"],
    ),
    Guard(
        name="changes.constraints",
        sql=[
            *(
                f"ALTER TABLE commerce_changes_change DROP CONSTRAINT {name}"
                for name in (
                    "changes_title_not_empty",
                    "changes_text_not_empty",
                    "changes_not_before_anything_was_sold",
                )
            ),
            "ALTER TABLE commerce_changes_cause DROP CONSTRAINT changes_cause_once_a_change",
            "ALTER TABLE commerce_changes_cause DROP CONSTRAINT changes_cause_known_kind",
        ],
        tests=[
            f"{WRITING}::test_the_database_refuses_what_cannot_be",
            f"{WRITING}::test_the_database_refuses_a_cause_twice_and_of_an_unknown_kind",
        ],
        every=True,
    ),
]
