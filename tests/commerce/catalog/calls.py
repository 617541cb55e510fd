"""How the operations on products are called."""

from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.subjects import a_subject
from tests.rest.calls import Call, call


@call("products_list")
def _() -> Call:
    product = a_product("Green thermos")
    return Call(query={"q": "thermos", "vendor": product.vendor.slug, "order": "price", "min_price": "100"})


@call("products_compare")
def _() -> Call:
    return Call(query={"products": f"{a_product().slug},{a_product().slug}"})


@call("products_create")
def _() -> Call:
    shop, subject = a_shop(), a_subject("Green thermos")
    rows = [
        {"sku": "T-S", "price": "12000", "options": {"Size": "S"}},
        {"sku": "T-M", "price": "14000.00", "options": {"Size": "M"}},
    ]
    options = [{"name": "Size", "values": ["S", "M"]}]
    body = {"subject": subject.slug, "title": "Thermos", "options": options, "variants": rows}
    return Call(by=seller_of(shop), body=body)


@call("products_read")
def _() -> Call:
    return Call(kwargs={"product_slug": a_product().slug})


@call("products_change")
def _() -> Call:
    product = a_product()
    return Call(by=seller_of(product.vendor), kwargs={"product_slug": product.slug}, body={"state": "paused"})


@call("variants_change")
def _() -> Call:
    variant = a_variant()
    return Call(by=seller_of(variant.vendor), kwargs={"variant_id": variant.pk}, body={"price": "9000"})
