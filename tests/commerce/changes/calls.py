"""Each operation on changes, called once for real."""

from tests.factories.catalog import a_product, seller_of
from tests.factories.changes import a_change, a_review_of, an_idea_for
from tests.rest.calls import Call, call


def _named():
    product = a_product()
    change = a_change(product, sources=[an_idea_for(product), a_review_of(product)])
    return change, {"product_slug": product.slug, "change_id": change.pk}


@call("products_changes_list")
def _():
    _change, kwargs = _named()
    return Call(kwargs={"product_slug": kwargs["product_slug"]})


@call("products_changes_create")
def _():
    product = a_product()
    sources = [{"kind": "idea", "id": str(an_idea_for(product).pk)}]
    body = {"title": "Cooler", "body": "Of wood now.", "changed_on": "2025-06-15", "sources": sources}
    return Call(by=seller_of(product.vendor), kwargs={"product_slug": product.slug}, body=body)


@call("products_changes_read")
def _():
    _change, kwargs = _named()
    return Call(kwargs=kwargs)


@call("products_changes_change")
def _():
    change, kwargs = _named()
    return Call(by=seller_of(change.product.vendor), kwargs=kwargs, body={"title": "Cool", "sources": []})


@call("products_changes_delete")
def _():
    change, kwargs = _named()
    return Call(by=seller_of(change.product.vendor), kwargs=kwargs)
