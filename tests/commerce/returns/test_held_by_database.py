"""What the database refuses of returns, whatever the code above it does."""

import pytest
from django.db import IntegrityError, transaction

from commerce.returns.models import Return, ReturnLine
from community.foundation import clock
from tests.factories.checkout import goods
from tests.factories.returns import a_return, an_arrived_order

pytestmark = pytest.mark.django_db


def refused(constraint, rows, **values):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows.update(**values)
    assert constraint in str(error.value)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("returns_open_ones_have_a_clock", {"due_at": None}),
        ("returns_open_ones_have_a_clock", {"state": "withdrawn"}),
        ("returns_open_ones_have_a_clock", {"ended_at": "now"}),
        ("returns_decided_has_a_day", {"state": "accepted"}),
        ("returns_no_comes_with_a_why", {"state": "rejected", "decided_at": "now", "due_at": None, "ended_at": "now"}),
        ("returns_received_has_a_day", {"state": "received", "decided_at": "now"}),
    ],
)
def test_of_a_return(constraint, values) -> None:
    row = a_return()
    moment = clock.now()
    told = {name: moment if value == "now" else value for name, value in values.items()}
    refused(constraint, Return.objects.filter(pk=row.pk), **told)


@pytest.mark.parametrize(
    "values",
    [
        {"quantity": 0},
        {"received": 3},
        {"good": 1},
        {"received": 1, "good": 2},
        {"refunded": 1},
        {"received": 1, "refunded": 2},
    ],
)
def test_of_a_line_the_counts_follow_each_other(values) -> None:
    row = a_return(an_arrived_order((goods(), 2)), 2)
    refused("returns_line_counts_follow_each_other", ReturnLine.objects.filter(of=row), **values)


def test_a_line_is_in_a_return_once() -> None:
    one = a_return(an_arrived_order((goods(), 2)), 1).lines.get()
    with pytest.raises(IntegrityError, match="returns_line_once_a_return"), transaction.atomic():
        ReturnLine.objects.create(of=one.of, line=one.line, quantity=1, reason="wrong")
