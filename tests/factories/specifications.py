"""Schemas and specifications for tests, by the acts."""

from typing import Any

from commerce.catalog.models import Product
from commerce.specifications.defining import define
from commerce.specifications.models import Schema, Specification
from commerce.specifications.remembering import remember
from community.members.models import Member
from tests.factories.catalog import a_product, seller_of
from tests.factories.members import a_member

WOOD = {
    "key": "wood",
    "kind": "choice",
    "label": "Wood",
    "label_ko": "나무",
    "choices": [
        {"value": "oak", "label": "Oak", "label_ko": "참나무", "price": 0},
        {"value": "walnut", "label": "Walnut", "label_ko": "호두나무", "price": 30_000},
    ],
}
WIDTH = {
    "key": "width",
    "kind": "measure",
    "label": "Width",
    "label_ko": "너비",
    "least": "40",
    "most": "120",
    "step": "0.5",
    "unit": "cm",
    "price_per_unit": 333,
}
ENGRAVING = {
    "key": "engraving",
    "kind": "text",
    "label": "Engraving",
    "label_ko": "새김 글",
    "required": False,
    "longest": 12,
    "price": 5_000,
}
DRAWING = {
    "key": "drawing",
    "kind": "upload",
    "label": "Your drawing",
    "label_ko": "그림",
    "required": False,
    "price": 2_000,
}
FIELDS = [WOOD, WIDTH, ENGRAVING, DRAWING]
VALUES = {"wood": "walnut", "width": "62.5", "engraving": "하늘"}


def a_schema(*fields: dict[str, Any], product: Product | None = None, **terms: Any) -> Schema:
    """The schema of a made-to-order product (a new one): wood, width, engraving and drawing unless fields are given."""
    product = product or a_product(kind="made_to_order", price=90_000)
    return define(by=seller_of(product.vendor), product=product, fields=list(fields or FIELDS), **terms)


def a_specification(
    by: Member | None = None, *, schema: Schema | None = None, name: str = "", **values: Any
) -> Specification:
    """What a member specified: VALUES with changes."""
    return remember(by or a_member(), schema or a_schema(), {**VALUES, **values}, name=name)
