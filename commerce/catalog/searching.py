"""Finding products by their words; the search box of the whole site asks the same column."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVectorField
from django.db.models import QuerySet, Value
from django.db.models.functions import Cast

from commerce.catalog.models import Product
from community.foundation.analyser import search_document, search_query


def document(*, title: str, summary: str, text: str, subject: str, vendor: str, values: Iterable[object]) -> str:
    """The search vector's literal: the title before the thing, its seller and values, these before the description."""
    told = " ".join(str(value) for value in values if isinstance(value, str))
    return search_document((title, "A"), (f"{subject} {vendor} {summary} {told}", "B"), (text, "D"))


def index(product: Product) -> None:
    """Bring the search column up to date; part of every act that changes the words of a product."""
    options = [value for option in product.options for value in option["values"]]
    literal = document(
        title=product.title,
        summary=product.summary,
        text=product.source,
        subject=product.subject.name,
        vendor=product.vendor.name,
        values=[*options, *product.attributes.values()],
    )
    Product.objects.filter(pk=product.pk).update(search=Cast(Value(literal), SearchVectorField()))


def matching(rows: QuerySet[Product], words: str) -> QuerySet[Product]:
    """The rows that hold all `words`; none if there is no word in them. Raises TooLongToSearch."""
    query = search_query(words)
    return rows.filter(search=query.matching()) if query else rows.none()
