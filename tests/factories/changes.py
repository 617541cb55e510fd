"""Changes of products for tests, by the acts."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from commerce.catalog.models import Product
from commerce.changes import writing
from commerce.changes.models import Change
from tests.factories.catalog import a_product, seller_of
from tests.factories.complaints import a_complaint
from tests.factories.ideas import an_idea
from tests.factories.reviews import a_review


def a_change(
    product: Product | None = None,
    *,
    title: str = "The handle stays cool",
    source: str = "It is of wood now.",
    changed_on: dt.date | None = None,
    sources: Collection[Any] = (),
) -> Change:
    """A change that its vendor told; `sources` are references or the things themselves."""
    product = product or a_product()
    return writing.publish_change(
        by=seller_of(product.vendor),
        product=product,
        title=title,
        source=source,
        changed_on=changed_on,
        sources=[each if isinstance(each, tuple) else reference(each) for each in sources],
    )


def an_idea_for(product: Product, **fields: Any) -> Any:
    """The topic of an idea about what the product offers."""
    return an_idea(subjects=[product.subject], **fields).topic


def a_complaint_for(product: Product, **fields: Any) -> Any:
    """The topic of a complaint that the product's vendor owns."""
    return a_complaint(team=product.vendor.team, **fields).topic


def a_review_of(product: Product, **fields: Any) -> Any:
    return a_review(product.subject, **fields)


def reference(thing: Any) -> tuple[str, Any]:
    """A topic or review as acts name it."""
    return ("review" if thing._meta.model_name == "review" else "topic", thing.pk)
