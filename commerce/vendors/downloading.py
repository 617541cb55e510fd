"""A chart's numbers as a CSV file that spreadsheets open without running anything in it."""

import csv

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.views.decorators.http import require_safe

from commerce.vendors import duties
from community.foundation.exports import harmless
from community.foundation.problems import NotThere


def cell(value: object) -> str:
    """A value as text that no spreadsheet runs; numbers stay numbers."""
    return str(value) if isinstance(value, int | float) else harmless(force_str(value))


@require_safe
def figures(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers behind one chart of the desk's first page."""
    shown = next((one for one in duties.first_page(request)["charts"] if one.name == name), None)
    if shown is None:
        raise NotThere
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{shown.name}.csv"'
    written = csv.writer(answer)
    written.writerow([cell(column) for column in shown.columns])
    written.writerows([cell(value) for value in row] for row in shown.rows)
    return answer
