"""What guards payments, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES = "tests/concurrency/test_payments.py"
ATTEMPTING, APPLYING = "tests/commerce/payments/test_attempting.py", "tests/commerce/payments/test_applying.py"
REFUNDING, EVENTS = "tests/commerce/payments/test_refunding.py", "tests/commerce/payments/test_events.py"
CONTRACT = "tests/commerce/payments/test_contract.py"


def drop(table: str, *constraints: str) -> list[str]:
    return [f"ALTER TABLE commerce_payments_{table} DROP CONSTRAINT {name}" for name in constraints]


GUARDS = [
    Guard(
        name="payments.locks_of_news",
        file="commerce/payments/applying.py",
        strip="""    purchase = locks.take_one("purchase", purchase_id)
    ids = list(Order.objects.filter(purchase=purchase).values_list("pk", flat=True))
    orders = list(locks.take("order", ids).values())
    return purchase, orders, locks.take_one("attempt", attempt_id)
""",
        put="""    purchase = Purchase.objects.get(pk=purchase_id)
    return purchase, list(Order.objects.filter(purchase=purchase)), Attempt.objects.get(pk=attempt_id)
""",
        tests=[
            f"{RACES}::test_message_and_browser_at_once_call_checkout_once",
            f"{RACES}::test_one_message_delivered_twice_at_once_is_applied_once",
        ],
        every=True,
    ),
    Guard(
        name="payments.event_once",
        file="commerce/payments/applying.py",
        strip="if ProviderEvent.objects.filter(provider=provider, event_id=event_id).exists():",
        put="if False:",
        tests=[f"{APPLYING}::test_the_same_event_again_changes_nothing"],
    ),
    Guard(
        name="payments.newer_only",
        file="commerce/payments/moving.py",
        strip="if outcome.sequence is not None and outcome.sequence < attempt.sequence:",
        put="if False:",
        tests=[f"{APPLYING}::test_an_older_event_is_ignored"],
    ),
    Guard(
        name="payments.amount_fits",
        file="commerce/payments/moving.py",
        strip="if outcome.state in MONEY and not _fits(attempt, outcome):",
        put="if False:",
        tests=[
            f"{APPLYING}::test_a_wrong_amount_moves_nothing_and_waits_for_a_person",
            f"{APPLYING}::test_a_wrong_currency_moves_nothing",
        ],
        every=True,
    ),
    Guard(
        name="payments.refund_lock",
        file="commerce/payments/refunding.py",
        strip='locked = locks.take_one("attempt", attempt.pk)',
        put="locked = Attempt.objects.get(pk=attempt.pk)",
        tests=[f"{RACES}::test_rivals_give_back_no_more_than_came"],
    ),
    Guard(
        name="payments.refund_within_what_came",
        file="commerce/payments/refunding.py",
        strip="if locked.refunded + amount > locked.captured:",
        put="if False:",
        tests=[f"{REFUNDING}::test_no_more_goes_back_than_came"],
    ),
    Guard(
        name="payments.refund_claimed_once",
        file="commerce/payments/refunding.py",
        strip="return row if claimed else None",
        put="return row",
        tests=[f"{RACES}::test_two_workers_send_a_refund_once"],
    ),
    Guard(
        name="payments.refund_settled_once",
        file="commerce/payments/refunding.py",
        strip="""    attempt = locks.take_one("attempt", attempt_id)
    refund = Refund.objects.get(pk=refund_id)
    if told.reference:""",
        put="""    attempt = Attempt.objects.get(pk=attempt_id)
    refund = Refund.objects.get(pk=refund_id)
    if told.reference:""",
        tests=[f"{RACES}::test_answer_and_message_about_a_refund_at_once_tell_it_once"],
    ),
    Guard(
        name="payments.nothing_asked_inside",
        file="commerce/payments/providers.py",
        strip="if any(not block._from_testcase for block in connection.atomic_blocks):",
        put="if False:",
        tests=[f"{CONTRACT}::test_nothing_is_asked_inside_a_transaction"],
        every=True,
    ),
    Guard(
        name="payments.signature",
        file="commerce/payments/sandbox_remote.py",
        strip="if not fresh or not any(hmac.compare_digest(one.encode(), right.encode()) for one in given):",
        put="if False:",
        tests=[
            f"{EVENTS}::test_a_forged_message_is_refused_and_leaves_nothing[sandbox over HTTP]",
            f"{EVENTS}::test_an_old_message_or_one_of_the_future_is_refused",
        ],
        every=True,
    ),
    Guard(
        name="payments.constraints",
        sql=[
            "DROP INDEX payments_one_live_attempt_a_purchase",
            "DROP INDEX payments_reference_once_a_provider",
            *drop("attempt", "payments_refunded_captured_authorised", "payments_attempt_of_something"),
            *drop("refund", "payments_refund_of_something"),
            *drop("providerevent", "payments_event_once"),
            *drop("keptmethod", "payments_token_once_a_provider"),
        ],
        tests=[
            f"{ATTEMPTING}::test_the_database_holds_one_live_attempt_a_purchase",
            f"{ATTEMPTING}::test_the_database_holds_what_came_and_went_in_order",
            f"{ATTEMPTING}::test_nothing_to_pay_needs_no_provider",
            f"{ATTEMPTING}::test_the_database_holds_one_attempt_a_reference_and_one_row_an_event_and_a_token",
            f"{REFUNDING}::test_a_refund_is_of_something",
            f"{RACES}::test_without_the_lock_the_database_alone_lets_one_attempt_live",
            f"{RACES}::test_without_the_locks_the_database_alone_takes_one_message_once",
            f"{RACES}::test_without_the_lock_only_the_database_refuses",
        ],
        every=True,
    ),
]
