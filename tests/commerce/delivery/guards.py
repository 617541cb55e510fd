"""What guards delivery methods and addresses, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

METHODS = "tests/commerce/delivery/test_fees.py::TestHeldByTheDatabase::test_no_method_that_cannot_be"
ADDRESSES = "tests/commerce/delivery/test_addressing.py::TestRemembering"

GUARDS = [
    Guard(
        name="delivery.vendor_lock",
        file="commerce/delivery/offering.py",
        strip="Vendor.objects.select_for_update(no_key=True).get(pk=vendor_id)",
        put="Vendor.objects.get(pk=vendor_id)",
        tests=["tests/concurrency/test_delivery.py::test_two_who_offer_the_last_method_are_not_both_served"],
    ),
    *(
        Guard(
            name=f"delivery.{name}", sql=[f"ALTER TABLE commerce_delivery_{table} DROP CONSTRAINT {name}"], tests=[test]
        )
        for table, name, test in (
            ("method", "delivery_fee_not_negative", METHODS),
            ("method", "delivery_abroad_fee_not_negative", METHODS),
            ("method", "delivery_free_from_not_negative", METHODS),
            ("method", "delivery_days_in_order", METHODS),
            ("method", "delivery_pickup_has_a_place", METHODS),
            ("address", "delivery_address_is_whole", f"{ADDRESSES}::test_the_database_keeps_no_half_address"),
            ("address", "delivery_address_once_a_member", f"{ADDRESSES}::test_nor_the_same_twice"),
        )
    ),
]
