"""What guards the checkout, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

RACES = "tests/concurrency/test_checkout.py"
BUYING, BACK = "tests/commerce/checkout/test_buying.py", "tests/commerce/checkout/test_giving_back.py"
GUARDS = [
    Guard(
        name="checkout.cart_lock",
        file="commerce/checkout/starting.py",
        strip='cart = locks.take_one("cart", cart_id) if cart_id else None',
        put="cart = Cart.objects.filter(pk=cart_id).first()",
        tests=[f"{RACES}::test_two_tabs_pay_one_cart_once"],
    ),
    Guard(
        name="checkout.one_claim",
        file="commerce/checkout/starting.py",
        strip="if claim is not None and purchase.claim == claim:",
        put="if False:",
        tests=[f"{BUYING}::test_of_one_claim_there_is_one_purchase"],
    ),
    Guard(
        name="checkout.price_rose",
        file="commerce/checkout/choosing.py",
        strip="if rose or (choice.agreed is not None and found.quote.total > choice.agreed):",
        put="if False:",
        tests=[
            f"{BUYING}::test_a_dearer_price_is_never_charged_without_asking",
            f"{BUYING}::test_more_than_the_sum_that_was_shown_is_not_charged",
        ],
        every=True,
    ),
    Guard(
        name="checkout.live_payment",
        file="commerce/checkout/giving_up.py",
        strip="if purchase.attempts.filter(state__in=(AttemptState.PENDING, AttemptState.AUTHORISED)).exists():",
        put="if False:",
        tests=[f"{BUYING}::test_what_is_still_being_paid_is_not_given_up"],
    ),
    Guard(
        name="checkout.no_more_than_came",
        file="commerce/checkout/giving_back.py",
        strip="sent = min(back.money, order.total - order.refunded)",
        put="sent = back.money",
        tests=[f"{BACK}::test_goodwill_is_the_vendors_and_comes_off_what_goes_back_later"],
    ),
]
