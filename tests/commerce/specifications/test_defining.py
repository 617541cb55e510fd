"""A vendor says what can be specified; each change is a new version (2.13)."""

import pytest
from django.db import IntegrityError, transaction

from commerce.catalog.errors import NotYourProduct
from commerce.specifications.defining import define
from commerce.specifications.errors import NotMadeToOrder, SchemaInvalid
from commerce.specifications.models import Schema
from commerce.specifications.reading import current_schema, current_schemas
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.members import a_member
from tests.factories.specifications import FIELDS, WIDTH, WOOD, a_schema

pytestmark = pytest.mark.django_db


def faults(fields, **terms):
    product = a_product(kind="made_to_order")
    with pytest.raises(SchemaInvalid) as invalid:
        define(by=seller_of(product.vendor), product=product, fields=fields, **terms)
    assert not Schema.objects.exists()
    return {place: fault.code for place, fault in invalid.value.errors.items()}


def test_a_schema_is_kept_whole():
    schema = a_schema(WIDTH, lead_days=3, daily_capacity=4)
    assert schema.fields == [{**WIDTH, "hint": "", "hint_ko": "", "required": True}]
    assert (schema.version, schema.lead_days, schema.daily_capacity) == (1, 3, 4)


def test_a_change_is_a_new_version_and_the_same_again_is_none():
    schema = a_schema()
    again = a_schema(product=schema.product)
    changed = a_schema(WOOD, product=schema.product)
    assert (again.pk, changed.version) == (schema.pk, 2)
    assert current_schema(schema.product) == changed
    assert Schema.objects.get(version=1).fields == schema.fields


def test_current_schemas_of_many_are_one_query(django_assert_num_queries):
    one, two = a_schema(), a_schema(WOOD)
    newer = a_schema(WIDTH, product=one.product)
    with django_assert_num_queries(1):
        assert current_schemas([one.product_id, two.product_id]) == {one.product_id: newer, two.product_id: two}


def test_goods_become_made_to_order_by_their_schema():
    product = a_product()
    a_schema(product=product)
    product.refresh_from_db()
    assert (product.kind, product.available) == ("made_to_order", True)


def test_files_cannot_be_made_to_order():
    product = a_product(kind="digital")
    with pytest.raises(NotMadeToOrder):
        a_schema(product=product)


def test_other_vendors_and_members_define_nothing():
    product = a_product(kind="made_to_order")
    for stranger in (a_member(), seller_of(a_shop())):
        with pytest.raises(NotYourProduct):
            define(by=stranger, product=product, fields=FIELDS)
    assert not Schema.objects.exists()


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"kind": "colour"}, {"0.kind": "invalid_choice"}),
        ({"label": " "}, {"0.label": "required"}),
        ({"label": "x" * 61}, {"0.label": "too_long"}),
        ({"label": 5}, {"0.label": "too_long"}),
        ({"key": "Big Key"}, {"0.key": "invalid_key"}),
        ({"least": "9", "most": "3"}, {"0.most": "out_of_range"}),
        ({"least": "-9"}, {"0.least": "not_a_number"}),
        ({"step": "0"}, {"0.step": "out_of_range"}),
        ({"price_per_unit": -1}, {"0.price_per_unit": "out_of_range"}),
        ({"price_per_unit": 1.5}, {"0.price_per_unit": "out_of_range"}),
        ({"price_per_unit": True}, {"0.price_per_unit": "out_of_range"}),
        ({"price_per_unit": 10**20}, {"0.price_per_unit": "out_of_range"}),
        ({"choices": []}, {"0.choices": "unknown_field"}),
    ],
)
def test_measures_that_cannot_be_are_refused_at_their_place(change, places):
    assert faults([{**WIDTH, **change}]) == places


@pytest.mark.parametrize(
    ("choices", "places"),
    [
        ([], {"0.choices": "required"}),
        ("oak", {"0.choices": "required"}),
        ([{"label": f"{number}"} for number in range(51)], {"0.choices": "required"}),
        ([{"label": "Oak"}, {"label": "Oak"}], {"0.choices.1.value": "duplicate"}),
        (["oak"], {"0.choices.0.label": "required"}),
        ([{"label": "Oak", "price": "5"}], {"0.choices.0.price": "out_of_range"}),
    ],
)
def test_choices_that_cannot_be_are_refused_at_their_place(choices, places):
    assert faults([{**WOOD, "choices": choices}]) == places


def test_two_fields_of_one_key_are_refused():
    assert faults([WOOD, WIDTH, {**WOOD}]) == {"2.key": "duplicate"}


@pytest.mark.parametrize("fields", ["wood", {"kind": "text"}, [WIDTH] * 21, None])
def test_what_is_no_list_of_fields_is_refused(fields):
    assert faults(fields)["fields"] == "too_many"


@pytest.mark.parametrize("field", [None, 5, "text", [], {"kind": ["text"]}])
def test_what_is_no_field_is_refused(field):
    assert faults([field]) == {"0.kind": "invalid_choice"}


@pytest.mark.parametrize(
    ("terms", "place"),
    [
        ({"lead_days": -1}, "lead_days"),
        ({"lead_days": 366}, "lead_days"),
        ({"lead_days": True}, "lead_days"),
        ({"daily_capacity": 0}, "daily_capacity"),
        ({"daily_capacity": 1.5}, "daily_capacity"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms, place):
    assert faults([WOOD], **terms) == {place: "out_of_range"}


def test_the_database_refuses_a_version_twice_and_days_without_work():
    schema = a_schema()
    with pytest.raises(IntegrityError, match="specifications_version_once_a_product"), transaction.atomic():
        Schema.objects.create(product=schema.product, version=1, fields=[])
    with pytest.raises(IntegrityError, match="specifications_makes_one_a_day_at_least"), transaction.atomic():
        Schema.objects.update(daily_capacity=0)
