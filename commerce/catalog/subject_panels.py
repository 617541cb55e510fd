"""What this app shows on a subject's page: who sells it, beside who talks about it."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog.reading import offers_of
from community.subjects import panels
from community.subjects.models import Subject


def register() -> None:
    panels.register(panels.Panel(name="offers", order=5, build=who_sells_it))


def who_sells_it(subject: Subject, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Every vendor's offer of the subject, cheapest first."""
    offers = offers_of(subject)
    return ("commerce/catalog/subject/_offers.html", {"offers": offers}) if offers else None
