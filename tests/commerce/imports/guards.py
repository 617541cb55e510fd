"""What guards imported orders, and who notices when it is gone (run by `make prove`)."""

from tests.concurrency.stripping import Guard

TESTS = "tests/commerce/imports/test_importing.py"
HELD = "tests/commerce/imports/test_held_by_database.py"

GUARDS = [
    Guard(
        name="imports.alone",
        file="commerce/imports/running.py",
        strip="                raise ImportUnderWay\n",
        put="                pass\n",
        tests=[f"{TESTS}::test_one_import_of_a_vendor_at_a_time"],
    ),
    Guard(
        name="imports.known",
        file="commerce/imports/running.py",
        strip="        row = known.get(invoice.number)\n",
        put="        row = None\n",
        tests=[f"{TESTS}::test_a_second_run_doubles_nothing_and_takes_what_was_refused_before"],
    ),
    Guard(
        name="imports.constraints",
        sql=[
            "ALTER TABLE commerce_imports_importedinvoice DROP CONSTRAINT imports_invoice_once_a_vendor",
            "ALTER TABLE commerce_imports_importedinvoice DROP CONSTRAINT imports_sale_alone_has_an_order",
            "ALTER TABLE commerce_imports_importedinvoice DROP CONSTRAINT commerce_imports_importedinvoice_order_id_key",
        ],
        tests=[HELD],
        every=True,
    ),
]
