"""Keyset pages neither lose nor double a row, in both directions, and refuse a forged cursor."""

import base64
import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation.paging import keyset
from community.foundation.problems import Invalid
from community.jobs.models import Run

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def runs() -> list[Run]:
    """25 rows, five at each moment, so that only the id breaks the tie."""
    return Run.objects.bulk_create(
        Run(name=f"run {n}", started_at=START + dt.timedelta(days=n // 5)) for n in range(25)
    )


@pytest.mark.parametrize("order", [("started_at",), ("-started_at",), ("-id",)])
def test_pages_follow_each_other_without_gap_or_double(runs, order) -> None:
    seen, cursor = [], None
    while True:
        page = keyset(Run.objects.all(), order=order, cursor=cursor, size=4)
        seen += [run.pk for run in page]
        cursor = page.next
        if cursor is None:
            break
    down = order[0].startswith("-")
    assert seen == sorted((run.pk for run in runs), reverse=down)


def test_back_leads_to_the_same_rows(runs) -> None:
    first = keyset(Run.objects.all(), order=("-started_at",), size=10)
    second = keyset(Run.objects.all(), order=("-started_at",), cursor=first.next, size=10)
    back = keyset(Run.objects.all(), order=("-started_at",), cursor=second.previous, size=10)
    assert [run.pk for run in back] == [run.pk for run in first]
    assert back.previous is None
    assert first.previous is None
    assert back.next == first.next


def test_a_row_that_comes_in_front_moves_nothing(runs) -> None:
    first = keyset(Run.objects.all(), order=("-started_at",), size=10)
    Run.objects.create(name="new", started_at=START + dt.timedelta(days=99))
    second = keyset(Run.objects.all(), order=("-started_at",), cursor=first.next, size=10)
    assert not {run.pk for run in first} & {run.pk for run in second}
    assert len(second) == 10


def test_a_page_is_one_query_and_no_offset(runs) -> None:
    page = keyset(Run.objects.all(), order=("-started_at",), size=10)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        keyset(Run.objects.all(), order=("-started_at",), cursor=page.next, size=10)
    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]
    assert ") < (" in queries[0]["sql"]


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "é",
        packed([0]),
        packed([0, "not a time", 1]),
        packed([0, "2026-01-01T00:00:00+00:00", "one"]),
        packed([2, "2026-01-01T00:00:00+00:00", 1]),
        packed([0, None, None]),
        packed([0, {"a": 1}, 1]),
        packed({"a": 1}),
        packed([0, "2026-01-01T00:00:00+00:00", 10**30]),
        "A" * 100_000,
    ],
)  # fmt: skip
def test_a_forged_cursor_is_refused(runs, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        keyset(Run.objects.all(), order=("-started_at",), cursor=cursor)
    assert refused.value.code == "invalid_cursor"
