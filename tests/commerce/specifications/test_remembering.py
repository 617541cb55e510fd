"""What a member specified is kept, offered, changed, forgotten; a new schema says what fits no more (2.14)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.specifications.errors import NotMadeToOrder, SpecificationInvalid, TooManyKept
from commerce.specifications.fitting import fit_all
from commerce.specifications.models import Schema, Specification
from commerce.specifications.remembering import change, forget, note_use, remember, usual_of
from community.foundation.problems import NotThere
from community.members import erasure, export
from tests.factories.members import a_member
from tests.factories.specifications import ENGRAVING, VALUES, WIDTH, WOOD, a_schema, a_specification

pytestmark = pytest.mark.django_db


def test_the_same_values_again_are_counted_and_not_doubled():
    member, schema = a_member(), a_schema()
    first = remember(member, schema, VALUES, name="Window")
    again = remember(member, schema, {**VALUES, "width": 62.50})
    assert (again.pk, again.used_count, again.name) == (first.pk, 2, "Window")
    assert Specification.objects.count() == 1


def test_the_usual_is_what_was_specified_most_often():
    member, schema = a_member(), a_schema()
    often = remember(member, schema, VALUES)
    remember(member, schema, VALUES)
    remember(member, schema, {**VALUES, "wood": "oak"})
    assert usual_of(member, schema.product) == often
    assert usual_of(a_member(), schema.product) is None


def test_each_use_is_counted():
    kept = a_specification()
    note_use(by=kept.member, specification_id=kept.pk)
    kept.refresh_from_db()
    assert kept.used_count == 2


def test_values_that_do_not_fit_are_not_kept():
    with pytest.raises(SpecificationInvalid):
        a_specification(width="1000")
    assert not Specification.objects.exists()


def test_the_longest_unused_without_a_name_makes_room():
    member, schema = a_member(), a_schema()
    named = remember(member, schema, VALUES, name="Mine")
    oldest = remember(member, schema, {**VALUES, "width": "50"})
    for number in range(19):
        remember(member, schema, {**VALUES, "width": str(60 + number)})
    kept = Specification.objects.filter(member=member)
    assert (kept.count(), kept.filter(pk=named.pk).exists(), kept.filter(pk=oldest.pk).exists()) == (20, True, False)
    kept.update(name="Named")
    with pytest.raises(TooManyKept):
        remember(member, schema, {**VALUES, "width": "100"})


def test_it_is_renamed_and_changed_under_the_schema_in_force():
    kept = a_specification()
    newer = a_schema(WOOD, WIDTH, product=kept.product)
    changed = change(by=kept.member, specification_id=kept.pk, name="Door", values={"wood": "oak", "width": "70"})
    assert (changed.name, changed.schema, changed.values) == ("Door", newer, {"wood": "oak", "width": "70"})
    assert changed.version == 2


def test_a_name_alone_leaves_the_values_as_they_are():
    kept = a_specification()
    changed = change(by=kept.member, specification_id=kept.pk, name="Door")
    assert (changed.values, changed.schema) == (kept.values, kept.schema)


def test_nobody_touches_what_others_keep():
    kept, stranger = a_specification(), a_member()
    for act in (change, note_use):
        with pytest.raises(NotThere):
            act(by=stranger, specification_id=kept.pk)
    forget(by=stranger, specification_id=kept.pk)
    assert not Specification.objects.visible_to(stranger).exists()
    assert Specification.objects.get() == kept


def test_what_is_made_to_order_no_more_cannot_be_changed():
    kept = a_specification()
    other = a_schema()
    Specification.objects.update(schema=other)
    Schema.objects.filter(product=kept.product).delete()
    with pytest.raises(NotMadeToOrder):
        change(by=kept.member, specification_id=kept.pk, values=VALUES)


def test_it_is_forgotten_once_and_again():
    kept = a_specification()
    for _time in range(2):
        forget(by=kept.member, specification_id=kept.pk)
    assert not Specification.objects.exists()


def test_a_new_schema_keeps_what_fits_and_says_what_does_not():
    kept = a_specification()
    narrow, colour = {**WIDTH, "most": "60"}, {"key": "colour", "kind": "text", "label": "Colour"}
    a_schema(WOOD, narrow, colour, product=kept.product)
    [fitted] = fit_all([kept], by=kept.member)
    assert fitted.checked.values == {"wood": "walnut"}
    assert (sorted(fitted.lost), fitted.missing, fitted.fits) == (["너비", "새김 글"], ["Colour"], False)


def test_what_still_fits_costs_what_it_costs_today():
    kept = a_specification()
    a_schema(WOOD, {**WIDTH, "price_per_unit": 400}, ENGRAVING, product=kept.product)
    [fitted] = fit_all([kept], by=kept.member)
    assert (fitted.fits, fitted.checked.price) == (True, 30_000 + 25_000 + 5_000)


def test_many_are_fitted_by_as_few_queries_as_one():
    member, schema = a_member(), a_schema()
    rows = [remember(member, schema, {**VALUES, "width": str(50 + number)}) for number in range(20)]
    counted = []
    for kept in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            fit_all(kept, by=member)
        counted.append(len(queries))
    assert counted == [1, 1]  # the schemas; there is no picture among the values


def test_they_are_exported_and_erased_with_the_member():
    kept = a_specification(name="Window")
    rows = dict(export.rows(kept.member))["commerce_specifications.Specification.member"]
    assert [(row["name"], row["values"]) for row in rows] == [("Window", kept.values)]
    erasure.sweep(kept.member)
    assert not Specification.objects.exists()
