"""What guards the ledger, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES = "tests/concurrency/test_ledger.py"
HELD = "tests/commerce/ledger/test_held_by_database.py"
POSTING = "commerce/ledger/posting.py"
LOTS = "commerce/ledger/lots.py"


def drop(table: str, *constraints: str) -> list[str]:
    return [f"ALTER TABLE commerce_ledger_{table} DROP CONSTRAINT {name}" for name in constraints]


GUARDS = [
    Guard(
        name="ledger.take",
        file="commerce/locks.py",
        strip="._base_manager.select_for_update(no_key=True)",
        put="._base_manager.all()",
        tests=[f"{RACES}::test_two_who_spend_the_same_units_spend_them_once"],
    ),
    Guard(
        name="ledger.lock",
        file=POSTING,
        strip="held = lock(leg.account for leg in legs)",
        put="held = {leg.account.pk: leg.account for leg in legs if leg.account.balance is not None}",
        tests=[f"{RACES}::test_two_who_spend_the_same_units_spend_them_once"],
    ),
    Guard(
        name="ledger.lock_many",
        file="commerce/ledger/posting_many.py",
        strip="held = lock(account for account, change in changes.values() if change)",
        put="held = {pk: account for pk, (account, change) in changes.items() if change}",
        tests=[f"{RACES}::test_two_who_post_in_bulk_take_what_is_there_once"],
    ),
    Guard(
        name="ledger.known_many",
        file="commerce/ledger/posting_many.py",
        strip="    new = _new(postings)\n",
        put="    new = list(postings)\n",
        tests=["tests/commerce/ledger/test_posting_many.py"],
    ),
    Guard(
        name="ledger.key",
        file=POSTING,
        strip="ignore_conflicts=True",
        put="",
        tests=[f"{RACES}::test_the_same_key_between_accounts_that_nobody_locks_posts_once"],
    ),
    Guard(
        name="ledger.bears",
        file=POSTING,
        strip="return after <= 0 if account.kind == AccountKind.DEBT else after >= 0",
        put="return True",
        tests=[
            "tests/commerce/ledger/test_posting.py::test_accounts_without_lots_never_fall_below_zero_either",
            "tests/commerce/ledger/test_posting.py::test_a_debt_never_rises_above_zero",
        ],
        every=True,
    ),
    Guard(
        name="ledger.enough_lots",
        file=LOTS,
        strip="    if wanted:\n        raise InsufficientBalance\n",
        put="",
        tests=[
            "tests/commerce/ledger/test_posting.py::test_what_has_expired_cannot_be_spent_though_the_job_has_not_run"
        ],
    ),
    Guard(
        name="ledger.returned_within_spent",
        file=LOTS,
        strip="    raise ExceedsSpent\n",
        put="",
        tests=["tests/commerce/ledger/test_returning.py::test_more_than_was_spent_is_refused_and_leaves_no_row"],
    ),
    Guard(
        name="ledger.account_opened_once",
        file="commerce/ledger/accounts.py",
        strip=", ignore_conflicts=True",
        put="",
        tests=[f"{RACES}::test_an_account_is_opened_once_by_many"],
    ),
    Guard(
        name="ledger.expiry_lock",
        file="commerce/ledger/expiring.py",
        strip="    now = Lot.objects.expired(clock.now()).filter(pk=lot.pk).first()\n",
        put="    now = lot\n",
        tests=[f"{RACES}::test_the_job_takes_what_is_left_when_it_holds_the_lock"],
    ),
    Guard(
        name="ledger.constraints",
        sql=[
            *drop(
                "account",
                "ledger_account_once_an_owner",
                "ledger_account_one_owner",
                "ledger_account_balance_where_owned",
                "ledger_balance_never_negative",
                "ledger_debt_never_positive",
            ),
            *drop("entry", "ledger_entry_moves_something"),
            *drop("lot", "ledger_lot_holds_something", "ledger_lot_remaining_within_amount"),
            *drop("lotuse", "ledger_use_takes_something", "ledger_use_returned_within_amount"),
            "ALTER TABLE commerce_ledger_transaction DROP CONSTRAINT commerce_ledger_transaction_key_key",
            "DROP TRIGGER ledger_transaction_append_only ON commerce_ledger_transaction",
            "DROP TRIGGER ledger_entry_append_only ON commerce_ledger_entry",
            "DROP TRIGGER ledger_account_stays_what_it_is ON commerce_ledger_account",
            "DROP TRIGGER ledger_transaction_sums_to_zero ON commerce_ledger_transaction",
            "DROP TRIGGER ledger_entries_sum_to_zero ON commerce_ledger_entry",
            "DROP TRIGGER ledger_lot_follows_uses ON commerce_ledger_lot",
            "DROP TRIGGER ledger_use_follows_lot ON commerce_ledger_lotuse",
            "DROP TRIGGER ledger_lot_never_deleted ON commerce_ledger_lot",
            "DROP TRIGGER ledger_use_never_deleted ON commerce_ledger_lotuse",
        ],
        tests=[HELD],
        every=True,
    ),
]
