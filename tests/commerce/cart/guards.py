"""What guards carts, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES, ROWS = "tests/concurrency/test_cart.py", "tests/commerce/cart/test_asked_lines.py"
HELD = f"{ROWS}::TestHeldByTheDatabase"
LINES = 'CartLine.objects.select_for_update(of=("self",), no_key=True).filter(cart=cart)'

GUARDS = [
    Guard(
        name="cart.lock",
        file="commerce/cart/holding.py",
        strip='found = locks.take_one("cart", cart.pk)',
        put="found = Cart.objects.filter(pk=cart.pk).first()",
        tests=[f"{RACES}::test_two_clicks_on_a_new_thing_make_one_line", f"{RACES}::test_a_full_cart_takes_one_of_two"],
    ),
    Guard(
        name="cart.lines_lock",
        file="commerce/cart/holding.py",
        strip=LINES,
        put="CartLine.objects.filter(cart=cart)",
        tests=[f"{RACES}::test_a_purchase_that_is_paid_between_reading_and_writing_takes_its_lines"],
    ),
    Guard(
        name="cart.bought_lock",
        file="commerce/cart/removing.py",
        strip='select_for_update(of=("self",), no_key=True).',
        put="",
        tests=[f"{RACES}::test_two_purchases_take_out_no_more_than_they_bought"],
    ),
    Guard(
        name="cart.join_lock",
        file="commerce/cart/joining.py",
        strip='carts = locks.take("cart", [guests.pk, mine.pk])',
        put="carts = {guests.pk: guests, mine.pk: mine}",
        tests=[f"{RACES}::test_two_logins_at_once_bring_the_cart_along_once"],
    ),
    *(
        Guard(name=f"cart.{name}", sql=[f"ALTER TABLE commerce_cart_{table} DROP CONSTRAINT {name}"], tests=[test])
        for table, name, test in (
            ("cart", "cart_is_a_members_or_a_guests", f"{HELD}::test_a_cart_is_a_members_or_a_guests"),
            ("cartline", "cart_line_not_empty", f"{HELD}::test_no_empty_line"),
            ("cartline", "cart_line_price_not_negative", f"{HELD}::test_no_negative_price"),
        )
    ),
    Guard(
        name="cart.line_once",
        sql=["DROP INDEX cart_line_once"],
        tests=[f"{HELD}::test_the_same_thing_stands_in_a_cart_once_however_long_its_specification"],
    ),
]
