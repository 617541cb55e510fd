"""Values are held to the schema by the server, and cost what it says (2.13)."""

import pytest

from commerce.specifications.checking import check
from commerce.specifications.errors import SpecificationInvalid
from tests.factories.members import a_member
from tests.factories.specifications import DRAWING, ENGRAVING, VALUES, WIDTH, WOOD, a_schema
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


def refused(schema, values, **by):
    with pytest.raises(SpecificationInvalid) as invalid:
        check(schema, values, **by)
    assert (invalid.value.status, invalid.value.code) == (400, "invalid_specification")
    return {key: fault.code for key, fault in invalid.value.errors.items()}


def test_the_price_is_made_of_choices_measures_and_texts():
    checked = check(a_schema(lead_days=9), VALUES)
    assert checked.values == {"wood": "walnut", "width": "62.5", "engraving": "하늘"}
    assert checked.parts == {"wood": 30_000, "width": 20_813, "engraving": 5_000}  # 62.5 × 333 = 20812.5, half up
    assert (checked.price, checked.days) == (55_813, 9)


def test_what_is_left_out_costs_nothing():
    checked = check(a_schema(), {"wood": "oak", "width": 40, "engraving": "  "})
    assert (checked.values, checked.price) == ({"wood": "oak", "width": "40"}, 13_320)


def test_numbers_and_digits_are_the_same_measure():
    schema = a_schema(WIDTH)
    assert check(schema, {"width": 40.5}).values == check(schema, {"width": "40.50"}).values == {"width": "40.5"}


def test_every_fault_is_named_by_its_key():
    assert refused(a_schema(), {"wood": "plastic", "engraving": "x" * 13, "colour": "red"}) == {
        "wood": "invalid_choice",
        "width": "required",
        "engraving": "too_long",
        "colour": "unknown_field",
    }


@pytest.mark.parametrize(
    ("width", "code"),
    [
        ("39.5", "out_of_range"),
        ("120.5", "out_of_range"),
        ("50.3", "not_a_step"),
        ("-50", "not_a_number"),
        ("5e1", "not_a_number"),
        ("NaN", "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        ("wide", "not_a_number"),
        (True, "not_a_number"),
        ([50], "not_a_number"),
        ({"a": 1}, "not_a_number"),
        pytest.param(10**5000, "not_a_number", id="huge"),
        pytest.param("9" * 5000, "not_a_number", id="long"),
        ("５０", "not_a_number"),
        (None, "required"),
    ],
)
def test_measures_that_are_none_are_refused(width, code):
    assert refused(a_schema(WIDTH), {"width": width}) == {"width": code}


@pytest.mark.parametrize("wood", [1, True, ["oak"], {"value": "oak"}, "Oak", "oak\0"])
def test_choices_that_are_none_are_refused(wood):
    assert refused(a_schema(WOOD), {"wood": wood}) == {"wood": "invalid_choice"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (5, "not_a_text"),
        (["a"], "not_a_text"),
        pytest.param("x" * 2_000_000, "too_long", id="huge"),
        ("\0\0", "required"),
    ],
)
def test_texts_that_are_none_are_refused(text, code):
    assert refused(a_schema(ENGRAVING), {"engraving": text}) == {"engraving": code}


def test_control_letters_are_taken_out_of_texts():
    assert check(a_schema(ENGRAVING), {"engraving": "a\0b\u202ec"}).values == {"engraving": "abc"}


@pytest.mark.parametrize("values", [None, [], "wood", 5])
def test_what_is_no_object_is_refused(values):
    assert refused(a_schema(), values) == {"": "not_an_object"}


def test_a_flood_of_unknown_keys_is_not_repeated_whole():
    errors = refused(a_schema(WOOD), {"wood": "oak", **{f"k{number}": 1 for number in range(10_000)}})
    assert len(errors) == 20
    assert refused(a_schema(WOOD), {"wood": "oak", "k" * 10_000: 1}) == {"k" * 100: "unknown_field"}


def test_a_picture_of_ones_own_is_taken():
    member = a_member()
    upload = an_upload(owner=member)
    checked = check(a_schema(DRAWING), {"drawing": str(upload.pk)}, by=member)
    assert (checked.values, checked.price) == ({"drawing": str(upload.pk)}, 2_000)


def test_pictures_of_others_do_not_exist():
    schema, upload = a_schema(DRAWING), an_upload(owner=a_member())
    for value in (str(upload.pk), "no id", 7, "0" * 36):
        assert refused(schema, {"drawing": value}, by=a_member()) == {"drawing": "invalid_upload"}
    assert refused(schema, {"drawing": str(upload.pk)}) == {"drawing": "invalid_upload"}
