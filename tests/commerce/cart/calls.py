"""Each operation on carts, called once for real."""

from tests.factories.cart import a_cart_line
from tests.factories.catalog import a_variant
from tests.factories.delivery import a_method
from tests.factories.members import a_member
from tests.factories.specifications import VALUES, a_schema
from tests.rest.calls import Call, call


@call("cart_retrieve")
def _():
    line = a_cart_line(label="Mother")
    a_method(line.variant.vendor, free_from=50_000)
    variant = a_schema().product.variants.get()
    a_cart_line(line.cart, variant, 2, **VALUES)
    a_cart_line(line.cart, a_variant())
    return Call(by=line.cart.member)


@call("cart_lines_create")
def _():
    variant = a_schema().product.variants.get()
    body = {"variant": str(variant.pk), "quantity": 2, "specification": VALUES, "label": "Mother"}
    return Call(by=a_member(), body=body)


@call("cart_lines_update")
def _():
    line = a_cart_line()
    return Call(by=line.cart.member, kwargs={"line_id": line.pk}, body={"quantity": 3, "label": "Mother"})


@call("cart_lines_delete")
def _():
    line = a_cart_line()
    return Call(by=line.cart.member, kwargs={"line_id": line.pk})


@call("cart_explanation_list")
def _():
    line = a_cart_line()
    a_method(line.variant.vendor, free_from=50_000)
    return Call(by=line.cart.member)
