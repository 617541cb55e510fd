"""A chart's numbers as a CSV file that spreadsheets open without running anything in it."""

import csv

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.views.decorators.http import require_safe

from commerce.vendors import duties
from community.foundation.problems import NotThere

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as text; what a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection)."""
    text = force_str(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int | float) else text


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
